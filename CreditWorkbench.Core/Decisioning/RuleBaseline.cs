using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>What is left when no model can score: the hard rules of policy. It never approves. Who is declined by a rule gets the highest
/// score of a decline, everybody else the middle of the referral zone; the confidence is 0.</summary>
public sealed class RuleBaseline
{
    /// <summary>Stands where a model's name and version would.</summary>
    public const string ModelName = "rules";

    private readonly ScorecardDefinition _definition;
    private readonly FeatureProgram _program;
    private readonly ScoreScale _scale;
    private readonly Dictionary<Expression, PolicyExpression?> _expressions = new(ReferenceEqualityComparer.Instance);

    /// <summary>Compiles the rules.</summary>
    /// <param name="definition">Dictionary with the policy.</param>
    /// <param name="program">Its features; null when what was fitted for them is lost: then rules that read such features do not fire.</param>
    public RuleBaseline(ScorecardDefinition definition, FeatureProgram? program)
    {
        (_definition, _scale) = (definition, ScoreScale.Of(definition));
        _program = program ?? Unfitted(definition);
        foreach (var expression in definition.Policy.Rules.SelectMany(rule => new[] { rule.When, rule.CapTo }).OfType<Expression>()) _expressions[expression] = Compiled(expression);
        Reference = new ReleaseReference(ContentHash.Of($"{ModelName}\n{ContentHash.Of(definition.SourceText)}"), ModelName, definition.Id, ModelPackage.CurrentNumericContract);
    }

    /// <summary>How records name it: by the dictionary's text.</summary>
    public ReleaseReference Reference { get; }

    /// <summary>Asks the rules about a record.</summary>
    public ScoredCase Score(InputRecord record, ApplicationTerms terms)
    {
        var values = _program.Evaluate(record, terms);
        var policy = _definition.Policy;
        var middle = Scored((policy.ApproveFrom + policy.DeclineBelow) / 2);
        var outcome = Ask(middle, values);
        var score = outcome.Recommendation == Recommendation.Decline ? Scored(policy.DeclineBelow - 1) : middle;
        return new ScoredCase(record, values, score, outcome, new Confidence("none", 0, _scale.Min, _scale.Max), null);
    }

    private PolicyOutcome Ask(Score score, FeatureValues values)
    {
        var outcome = PolicyEvaluator.Evaluate(_definition, expression => _expressions[expression]?.Evaluate(values) ?? double.NaN, score, GradeOf(score.Issued));
        return outcome.Recommendation == Recommendation.Approve ? outcome with { Recommendation = Recommendation.Refer } : outcome;
    }

    private Score Scored(int points)
    {
        var issued = Math.Clamp(points, _scale.Min, _scale.Max);
        var grade = GradeOf(issued);
        var (margin, pd) = _scale is OddsScale odds
            ? ((odds.Offset - issued) / odds.Factor, odds.PdOf(issued))
            : (issued, (double)(_scale.Max - issued) / (_scale.Max - _scale.Min));
        var level = _definition.RiskLevels.FirstOrDefault(each => pd <= each.UpTo)?.Name ?? grade.Band ?? (issued < _definition.Policy.DeclineBelow ? "high" : "moderate");
        return new Score(margin, margin, _scale.IsOrdinal ? double.NaN : margin, issued, issued, grade.Code, level, pd, pd, _scale.IsOrdinal ? double.NaN : pd, null);
    }

    private GradeDefinition GradeOf(int issued) => _definition.Grades.FirstOrDefault(grade => issued >= grade.From) ?? _definition.Grades[^1];

    // Without its transforms a dictionary's features cannot be worked out; its inputs still can be read.
    private static FeatureProgram Unfitted(ScorecardDefinition definition)
    {
        try
        {
            return FeatureProgram.Compile(definition, FittedTransforms.None);
        }
        catch (ArgumentException)
        {
            return FeatureProgram.Compile(definition with { Features = [] }, FittedTransforms.None);
        }
    }

    private PolicyExpression? Compiled(Expression expression)
    {
        try
        {
            return PolicyExpression.Compile(_program, expression);
        }
        catch (ArgumentException)
        {
            return null; // it reads a feature that cannot be worked out
        }
    }
}
