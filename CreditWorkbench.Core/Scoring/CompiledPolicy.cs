using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Scoring;

/// <summary>The policy of a dictionary with its conditions compiled once. Safe to share between threads.</summary>
public sealed class CompiledPolicy
{
    private readonly ScoringModel _model;
    private readonly Dictionary<Expression, PolicyExpression> _expressions = new(ReferenceEqualityComparer.Instance);

    /// <summary>Compiles every condition and cap.</summary>
    /// <param name="model">The model whose scores are judged; its program computes what the rules read.</param>
    public CompiledPolicy(ScoringModel model)
    {
        _model = model;
        foreach (var rule in model.Program.Definition.Policy.Rules)
        {
            _expressions[rule.When] = PolicyExpression.Compile(model.Program, rule.When);
            if (rule.CapTo is { } cap) _expressions[cap] = PolicyExpression.Compile(model.Program, cap);
        }
    }

    /// <summary>Judges one case.</summary>
    /// <param name="values">Inputs and features of the case.</param>
    /// <param name="score">Its score.</param>
    public PolicyOutcome Evaluate(FeatureValues values, Score score) =>
        PolicyEvaluator.Evaluate(_model.Program.Definition, expression => _expressions[expression].Evaluate(values), score, _model.GradeOf(score.Issued));
}
