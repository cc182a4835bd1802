using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>What a design would deal from the rows at hand.</summary>
/// <param name="Rows">Labelled rows.</param>
/// <param name="Bad">Bad ones among them.</param>
/// <param name="RejectedRows">Rows of the file that were left out.</param>
/// <param name="Features">Columns that models would learn from.</param>
/// <param name="Parts">Parts with rows; empty where the design cannot be dealt.</param>
/// <param name="Problems">Why it cannot.</param>
public sealed record LabPreview(int Rows, int Bad, long RejectedRows, int Features, IReadOnlyList<LabPartRows> Parts, IReadOnlyList<Problem> Problems)
{
    /// <summary>First and last date of the rows; null without a time column.</summary>
    public (DateOnly First, DateOnly Last)? Dates { get; init; }

    /// <summary>Whether rows of one applicant stay on one side of every split.</summary>
    public bool ByApplicant { get; init; }

    /// <summary>Distinct applicants where they are known.</summary>
    public int? Applicants { get; init; }

    /// <summary>What rows weigh; null where all count alike.</summary>
    public RowWeighting? Weights { get; init; }

    /// <summary>Whether classes are ordered: then forests alone can learn them.</summary>
    public bool IsOrdinal { get; init; }

    internal static LabPreview Of(LabRows opened, LabRequest request)
    {
        var asked = opened.ToRequest(request.ToSettings(opened.Definition, 1));
        var dealt = LabRowsSplit.Of(asked);
        var known = opened.Dataset.Times?.OfType<DateOnly>().ToList();
        return new LabPreview(
            opened.Dataset.Rows, opened.Dataset.ClassCounts[asked.PdClass], opened.Manifest.RejectedRows, opened.Definition.ModelFeatures.Count,
            dealt.Succeeded ? dealt.Value : [], dealt.Problems)
        {
            Dates = known is { Count: > 0 } ? (known.Min(), known.Max()) : null,
            ByApplicant = opened.Dataset.Groups is not null,
            Applicants = opened.Dataset.Groups?.Levels.Count,
            Weights = RowWeighting.Of(opened.Dataset),
            IsOrdinal = opened.Definition.Target.IsOrdinal,
        };
    }
}
