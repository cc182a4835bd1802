using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>The names of a generator: those of the feature program, factors, hidden draws, and z, u, e, v and x.</summary>
internal sealed class SyntheticScope
{
    private static readonly Dictionary<FunctionCall, FittedTransform> NoTransforms = [];
    private readonly ExpressionBinder _binder;

    public SyntheticScope(FeatureProgram features, SyntheticDefinition synthetic) : this(features.Scope.Extend(), synthetic.Factors, synthetic.Draws)
    {
    }

    /// <summary>The names of a table that is drawn, on top of those around it.</summary>
    /// <param name="around">Owned by the scope from now on.</param>
    /// <param name="factors">Factors of the table.</param>
    /// <param name="draws">Draws of the table.</param>
    public SyntheticScope(ExpressionScope around, IReadOnlyList<FactorDefinition> factors, IReadOnlyList<DrawDefinition> draws)
    {
        Scope = around;
        (Z, U, E, V, X) = (Slot("z"), Slot("u"), Slot("e"), Slot("v"), Slot("x"));
        foreach (var factor in factors) Scope.AddNumber(factor.Name);
        foreach (var draw in draws) AddHidden(draw);
        _binder = new ExpressionBinder(Scope, NoTransforms);
    }

    public ExpressionScope Scope { get; }

    public int Z { get; }

    public int U { get; }

    public int E { get; }

    public int V { get; }

    public int X { get; }

    /// <summary>The slot of a factor, draw or input.</summary>
    /// <exception cref="ArgumentException">Unknown.</exception>
    public int SlotOf(string name) => Scope.SlotOf(name) ?? throw new ArgumentException($"The generator has no {name}.", nameof(name));

    /// <summary>Compiles an expression; a text result is a category of <paramref name="target"/>.</summary>
    public ExpressionProgram Compile(Expression expression, string? target = null) => ExpressionCompiler.Compile(_binder.Bind(expression, target));

    private int Slot(string name) => Scope.SlotOf(name) ?? Scope.AddNumber(name);

    private void AddHidden(DrawDefinition draw)
    {
        if (Scope.SlotOf(draw.Name) is not null) return;
        var codes = ResultTexts(draw.Value).Distinct().ToArray();
        if (codes.Length > 0) Scope.AddCategory(draw.Name, codes);
        else Scope.AddNumber(draw.Name);
    }

    /// <summary>The texts that an expression can result in.</summary>
    public static IEnumerable<string> ResultTexts(Expression expression) => expression switch
    {
        TextLiteral text => [text.Value],
        FunctionCall { Name: "if" or "choose" or "map" } call => call.Arguments.Index()
            .Where(argument => call.Name switch
            {
                "if" => argument.Index > 0,
                "choose" => argument.Index % 2 == 1,
                _ => argument.Index > 0 && (argument.Index % 2 == 0 || argument.Index == call.Arguments.Count - 1),
            })
            .SelectMany(argument => ResultTexts(argument.Item)),
        _ => [],
    };
}
