using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Registry;

/// <summary>What serving says to the rows that a model was trained on.</summary>
/// <param name="Rows">Rows that were served, every one of the data set.</param>
/// <param name="Differing">Rows whose margin differs from training's in any bit.</param>
/// <param name="Largest">Largest difference of margins.</param>
/// <param name="MatchesPackage">Whether the margins have the fingerprint that was packed when the model was trained; null where none was.</param>
/// <param name="Sample">Served vectors of some rows, evenly spaced, for the check of waterfalls.</param>
public sealed record RowEvidence(long Rows, long Differing, double Largest, bool? MatchesPackage, FeatureMatrix Sample);

/// <summary>Finds the rows that a model's lineage names and serves each of them.</summary>
public interface IRowEvidence
{
    /// <summary>Serves every row; null where the data set is not within reach.</summary>
    Task<RowEvidence?> MeasureAsync(Release release, CancellationToken cancellationToken);
}
