using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Which way scores went out.</summary>
public enum ScoreDoor
{
    /// <summary>Scores of applications.</summary>
    Application,
    /// <summary>Stateless predictions.</summary>
    Stateless,
}

/// <summary>Which counts to read, both days included.</summary>
/// <param name="ScorecardId">Scorecard.</param>
/// <param name="From">First day, UTC.</param>
/// <param name="To">Last day, UTC.</param>
/// <param name="Release">One release only; null for all of the scorecard.</param>
public sealed record ScoreCountQuery(string ScorecardId, DateOnly From, DateOnly To, ContentHash? Release = null)
{
    /// <summary>Which door; unless set, applications.</summary>
    public ScoreDoor Door { get; init; }
}

/// <summary>How many scores of a day fell into a bin.</summary>
/// <param name="Release">Release that scored; its package has the bins.</param>
/// <param name="Day">Day of scoring, UTC.</param>
/// <param name="Feature">Column of the model, or <see cref="Scoring.ScoreBins.Name"/> for the score itself.</param>
/// <param name="Bin">Zero-based bin.</param>
/// <param name="Count">Scores issued.</param>
public sealed record ScoreCount(ContentHash Release, DateOnly Day, string Feature, int Bin, long Count);

/// <summary>Reads what scoring counted: numbers of cases only, so that nobody decrypts a case to watch a model.</summary>
public interface IScoreCounts
{
    /// <summary>Counts that are not zero, by release, day, feature and bin.</summary>
    Task<IReadOnlyList<ScoreCount>> ReadAsync(ScoreCountQuery query, CancellationToken cancellationToken);
}
