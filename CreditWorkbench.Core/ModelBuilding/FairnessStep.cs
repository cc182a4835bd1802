using System.Globalization;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Audits the test rows over every sensitive column of the data set.</summary>
internal static class FairnessStep
{
    private const int MostLevels = 8;

    /// <summary>One report per column with at least two groups.</summary>
    /// <param name="definition">States bands of numeric columns.</param>
    /// <param name="columns">Sensitive columns of the test rows.</param>
    /// <param name="pd">PD per row.</param>
    /// <param name="bad">Outcome per row.</param>
    /// <param name="threshold">PDs above it are declined.</param>
    public static IReadOnlyList<FairnessReport> Of(ScorecardDefinition definition, IReadOnlyList<CodedColumn> columns, double[] pd, bool[] bad, double threshold) =>
        [.. columns.Select(column => FairnessAudit.Of(column.Name, Groups(definition, column), pd, bad, threshold)).OfType<FairnessReport>()];

    // Many levels that all are numbers (ages, amounts) become bands; other columns keep their levels.
    private static string?[] Groups(ScorecardDefinition definition, CodedColumn column)
    {
        IReadOnlyList<double> bands = definition.Input(column.Name)?.Bands ?? [];
        double[] levels = [.. column.Levels.Select(level => double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];
        return (bands.Count > 0 || levels.Length > MostLevels) && levels.All(double.IsFinite)
            ? SensitiveGroups.OfNumbers(Array.ConvertAll(column.Codes, code => code < 0 ? double.NaN : levels[code]), bands)
            : [.. column.Codes.Select((_, row) => column[row])];
    }
}
