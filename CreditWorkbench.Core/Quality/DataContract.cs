using System.Globalization;

namespace CreditWorkbench.Core.Quality;

/// <summary>What a column held when a model was built.</summary>
/// <param name="Name">Name of the input.</param>
/// <param name="Type">Declared type.</param>
/// <param name="Minimum">Smallest regular number; null without numbers.</param>
/// <param name="Maximum">Largest regular number; null without numbers.</param>
/// <param name="Values">All regular values where few occurred and all are known; empty otherwise.</param>
/// <param name="Missing">Share of missing values.</param>
public sealed record ContractColumn(string Name, string Type, double? Minimum, double? Maximum, IReadOnlyList<string> Values, double Missing);

/// <summary>What later data of the same kind are held to.</summary>
/// <param name="Columns">One per input.</param>
public sealed record DataContract(IReadOnlyList<ContractColumn> Columns)
{
    // Share of missing values that may come on top before it is said.
    private const double MoreMissing = 0.10;

    /// <summary>The contract that a profile makes.</summary>
    public static DataContract Of(QualityReport report) => new([.. report.Columns.Select(column => new ContractColumn(
        column.Name, column.Type, column.Minimum, column.Maximum, column.Values.Count == column.Distinct ? [.. column.Values.Select(value => value.Value).Order(StringComparer.Ordinal)] : [],
        report.Rows == 0 ? 0.0 : (double)column.Missing / report.Rows))]);

    /// <summary>Where later data break the contract: columnAbsent and typeChanged (errors), outOfRange, unknownValue and missingRose (warnings).</summary>
    /// <param name="later">Profile of the later data.</param>
    public IReadOnlyList<QualityFinding> Check(QualityReport later)
    {
        var columns = later.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return [.. Columns.SelectMany(column => Check(column, columns.GetValueOrDefault(column.Name), later.Rows))];
    }

    private static IEnumerable<QualityFinding> Check(ContractColumn column, ColumnProfile? later, int rows)
    {
        if (later is null)
        {
            yield return new QualityFinding(column.Name, "columnAbsent", QualitySeverity.Error, "The column is not there any more.");
            yield break;
        }

        if (later.Type != column.Type) yield return new QualityFinding(column.Name, "typeChanged", QualitySeverity.Error, $"The column was {column.Type} and is {later.Type}.");
        if (later.Minimum < column.Minimum || later.Maximum > column.Maximum)
            yield return new QualityFinding(column.Name, "outOfRange", QualitySeverity.Warning, Text($"Values run from {later.Minimum:R} to {later.Maximum:R}; they ran from {column.Minimum:R} to {column.Maximum:R}."));
        string[] unknown = column.Values.Count == 0 ? [] : [.. later.Values.Select(value => value.Value).Except(column.Values, StringComparer.Ordinal)];
        if (unknown.Length > 0 && column.Type is ("category" or "flag"))
            yield return new QualityFinding(column.Name, "unknownValue", QualitySeverity.Warning, $"{unknown.Length} values were not there before, such as {unknown[0]}.");
        if (rows > 0 && (double)later.Missing / rows > column.Missing + MoreMissing)
            yield return new QualityFinding(column.Name, "missingRose", QualitySeverity.Warning, Text($"{(double)later.Missing / rows:P0} of the rows have no value; {column.Missing:P0} had none."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
