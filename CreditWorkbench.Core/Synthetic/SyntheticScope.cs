using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>The names of a generator: those of the feature program, factors, hidden draws, and z, u, e, v and x.</summary>
internal sealed class SyntheticScope
{
    private static readonly Dictionary<FunctionCall, FittedTransform> NoTransforms = [];
    private readonly ExpressionBinder _binder;

    public SyntheticScope(FeatureProgram features, SyntheticDefinition synthetic)
    {
        Scope = features.Scope.Extend();
        (Z, U, E, V, X) = (Scope.AddNumber("z"), Scope.AddNumber("u"), Scope.AddNumber("e"), Scope.AddNumber("v"), Scope.AddNumber("x"));
        foreach (var factor in synthetic.Factors) Scope.AddNumber(factor.Name);
        foreach (var draw in synthetic.Draws) AddHidden(draw);
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

    private void AddHidden(DrawDefinition draw)
    {
        if (Scope.SlotOf(draw.Name) is not null) return;
        var codes = ResultTexts(draw.Value).Distinct().ToArray();
        if (codes.Length > 0) Scope.AddCategory(draw.Name, codes);
        else Scope.AddNumber(draw.Name);
    }

    /// <summary>The texts that an expression can result in.</summary>
    private static IEnumerable<string> ResultTexts(Expression expression) => expression switch
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
