using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>The arithmetic of a serving line, step by step. <see cref="ServingChain"/> asks it and knows what to do when a step fails.</summary>
public interface IServingEngine
{
    /// <summary>Scores a record and asks policy.</summary>
    ScoredCase Score(ServingLine line, InputRecord record, ApplicationTerms terms);

    /// <summary>The same without calibrators: the raw margin stands for the calibrated one.</summary>
    ScoredCase ScoreRaw(ServingLine line, InputRecord record, ApplicationTerms terms);

    /// <summary>Explains a scored case.</summary>
    /// <param name="line">The line that scored it.</param>
    /// <param name="scored">The case.</param>
    /// <param name="method">How absent features are imagined.</param>
    /// <param name="briefly">Whether families and favourable sentences may be left out.</param>
    Outcome<(ScoreExplanation Explanation, PolicyOutcome Policy)> Explain(ServingLine line, ScoredCase scored, AttributionMethod method, bool briefly);

    /// <summary>The reasons alone.</summary>
    Outcome<(IReadOnlyList<Reason> Reasons, PolicyOutcome Policy)> Reasons(ServingLine line, ScoredCase scored);

    /// <summary>A way to a target score.</summary>
    Roadmap Plan(ServingLine line, ScoredCase scored, ApplicationTerms terms, int target);
}

/// <summary>The arithmetic as it is.</summary>
public sealed class ServingEngine : IServingEngine
{
    /// <inheritdoc/>
    public ScoredCase Score(ServingLine line, InputRecord record, ApplicationTerms terms) => line.Score(record, terms);

    /// <inheritdoc/>
    public ScoredCase ScoreRaw(ServingLine line, InputRecord record, ApplicationTerms terms) => line.ScoreRaw(record, terms);

    /// <inheritdoc/>
    public Outcome<(ScoreExplanation Explanation, PolicyOutcome Policy)> Explain(ServingLine line, ScoredCase scored, AttributionMethod method, bool briefly) =>
        briefly ? line.ExplainBriefly(scored, method) : line.Explain(scored, method);

    /// <inheritdoc/>
    public Outcome<(IReadOnlyList<Reason> Reasons, PolicyOutcome Policy)> Reasons(ServingLine line, ScoredCase scored) => line.Reasons(scored);

    /// <inheritdoc/>
    public Roadmap Plan(ServingLine line, ScoredCase scored, ApplicationTerms terms, int target) => line.Plan(scored, terms, target);
}
