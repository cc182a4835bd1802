using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>How the rows of a request are dealt into parts, counted.</summary>
internal static class LabRowsSplit
{
    /// <summary>Parts with rows, in the order of the line.</summary>
    public static Outcome<IReadOnlyList<LabPartRows>> Of(TrainingRequest request) =>
        StratifiedSplit.Of(request.Dataset, request.Settings.Split, request.Settings.Seed).Then(split =>
        {
            (LabPart Part, int[] Rows)[] parts = [(LabPart.Train, split.Train), (LabPart.Calibration, split.Calibration), (LabPart.Test, split.Test), (LabPart.OutOfTime, split.OutOfTime)];
            return Outcome<IReadOnlyList<LabPartRows>>.Success([.. parts.Where(part => part.Rows.Length > 0)
                .Select(part => new LabPartRows(part.Part, part.Rows.Length, part.Rows.Count(row => request.Dataset.Outcomes[row] == request.PdClass)))]);
        });
}
