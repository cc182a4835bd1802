using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Sets candidates of one run beside each other on the same test rows.</summary>
public static class LabComparison
{
    /// <summary>AUC of two candidates: paired DeLong. Identical predictions give 0 [0, 0].</summary>
    /// <param name="study">The run.</param>
    /// <param name="first">Family of the first candidate.</param>
    /// <param name="second">Family of the second.</param>
    public static PairedMetric Auc(LabStudy study, string first, string second)
    {
        var rows = study.Rows.Test;
        var difference = DeLong.Compare(rows.Of(first)!.Risk, rows.Of(second)!.Risk, rows.Bad);
        var half = Normal * difference.StandardError;
        return new PairedMetric(
            "auc", study.Of(first)!.Test.Report.Auc, study.Of(second)!.Test.Report.Auc, difference.Difference, difference.Difference - half, difference.Difference + half, difference.PValue);
    }

    /// <summary>Everything that tells two candidates apart, with the seed of the run.</summary>
    /// <param name="study">The run.</param>
    /// <param name="first">Family of the first candidate.</param>
    /// <param name="second">Family of the second.</param>
    public static CandidateComparison Of(LabStudy study, string first, string second) =>
        Comparing.Of(study.Rows.Test, study.Rows.Test.Of(first)!, study.Rows.Test.Of(second)!, study.Record.Request.Seed);

    private const double Normal = 1.959963984540054;
}
