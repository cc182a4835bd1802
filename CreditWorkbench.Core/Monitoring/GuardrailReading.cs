namespace CreditWorkbench.Core.Monitoring;

/// <summary>What is watched.</summary>
public enum Guardrail
{
    /// <summary>Difference of the approval rates.</summary>
    Approval,
    /// <summary>Approval of a group against that of the best group.</summary>
    Groups,
    /// <summary>Share of failed attempts.</summary>
    Errors,
    /// <summary>95th percentile of the time to score and explain.</summary>
    Latency,
}

/// <summary>What may be said of a limit.</summary>
public enum GuardrailVerdict
{
    /// <summary>Too few cases to say anything.</summary>
    Waiting,
    /// <summary>The limit holds, or what exceeds it may be chance.</summary>
    Holds,
    /// <summary>The limit is exceeded, beyond chance, and the champion does better.</summary>
    Broken,
}

/// <summary>A limit with what was measured.</summary>
/// <param name="Guardrail">Which.</param>
/// <param name="Verdict">Verdict.</param>
/// <param name="Champion">Figure of the champion; null without cases.</param>
/// <param name="Challenger">Figure of the challenger; null without cases.</param>
/// <param name="Value">What is held against the limit; null without cases.</param>
/// <param name="Limit">The limit.</param>
/// <param name="PValue">Chance of so much where nothing is wrong; null where it was not worked out.</param>
/// <param name="Cases">Cases of the smaller side.</param>
/// <param name="Needed">Cases that each side needs.</param>
public sealed record GuardrailReading(
    Guardrail Guardrail, GuardrailVerdict Verdict, double? Champion, double? Challenger, double? Value, double Limit, double? PValue, long Cases, long Needed)
{
    /// <summary>The group that the reading is about; null but for <see cref="Guardrail.Groups"/>.</summary>
    public GroupFigures? Group { get; init; }

    /// <summary>Judgements in a row that found the limit broken.</summary>
    public int Streak { get; init; }
}
