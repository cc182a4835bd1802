using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Where a function may be used.</summary>
internal enum FunctionFamily
{
    /// <summary>Everywhere.</summary>
    Plain,
    /// <summary>In features only: fitted on training rows.</summary>
    Fitted,
    /// <summary>In synthetic draws only.</summary>
    Draw,
}

/// <summary>A function of the language.</summary>
/// <param name="Family">Where it may be used.</param>
/// <param name="Least">Fewest arguments.</param>
/// <param name="Most">Most arguments.</param>
/// <param name="Argument">Kind of its arguments where they share one.</param>
internal sealed record ExpressionFunction(FunctionFamily Family, int Least, int Most, ExpressionKind Argument)
{
    /// <summary>Whether the number of arguments has to be odd: pairs after the first.</summary>
    public bool InPairs { get; init; }

    /// <summary>Number of arguments in words.</summary>
    public string Counts => (Least == Most, Most == int.MaxValue, InPairs) switch
    {
        (true, _, _) => Least == 1 ? "one argument" : string.Create(CultureInfo.InvariantCulture, $"{Least} arguments"),
        (_, _, true) => "a value and pairs",
        (_, true, _) => string.Create(CultureInfo.InvariantCulture, $"{Least} arguments or more"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Least} to {Most} arguments"),
    };

    /// <summary>Whether a number of arguments is right.</summary>
    public bool Takes(int count) => count >= Least && count <= Most && (!InPairs || count % 2 == 1);
}

/// <summary>The functions of the language, aggregates aside.</summary>
internal static class ExpressionFunctions
{
    private const int Any = int.MaxValue;

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, ExpressionFunction> All { get; } = new Dictionary<string, ExpressionFunction>
    {
        ["min"] = Numeric(2, Any),
        ["max"] = Numeric(2, Any),
        ["clamp"] = Numeric(3, 3),
        ["log"] = Numeric(1, 1),
        ["log1p"] = Numeric(1, 1),
        ["exp"] = Numeric(1, 1),
        ["sqrt"] = Numeric(1, 1),
        ["abs"] = Numeric(1, 1),
        ["floor"] = Numeric(1, 1),
        ["ceil"] = Numeric(1, 1),
        ["round"] = Numeric(1, 2),
        ["mean_of"] = Numeric(1, Any),
        ["if"] = Mixed(3, 3),
        ["coalesce"] = Mixed(2, Any),
        ["is_missing"] = Mixed(1, 1),
        ["is_special"] = Mixed(2, 2),
        ["map"] = Mixed(3, Any),
        ["days_between"] = new(FunctionFamily.Plain, 2, 2, ExpressionKind.Date),
        ["months_between"] = new(FunctionFamily.Plain, 2, 2, ExpressionKind.Date),
        ["years_between"] = new(FunctionFamily.Plain, 2, 2, ExpressionKind.Date),
        ["zscore_within"] = new(FunctionFamily.Fitted, 2, 2, ExpressionKind.Unknown),
        ["winsorize"] = new(FunctionFamily.Fitted, 3, 3, ExpressionKind.Number),
        ["frequency"] = new(FunctionFamily.Fitted, 1, 1, ExpressionKind.Unknown),
        ["phi"] = new(FunctionFamily.Draw, 1, 1, ExpressionKind.Number),
        ["logistic"] = new(FunctionFamily.Draw, 1, 1, ExpressionKind.Number),
        ["poisson"] = new(FunctionFamily.Draw, 2, 2, ExpressionKind.Number),
        ["choose"] = new(FunctionFamily.Draw, 3, Any, ExpressionKind.Unknown) { InPairs = true },
    };

    private static ExpressionFunction Numeric(int least, int most) => new(FunctionFamily.Plain, least, most, ExpressionKind.Number);

    private static ExpressionFunction Mixed(int least, int most) => new(FunctionFamily.Plain, least, most, ExpressionKind.Unknown);
}
