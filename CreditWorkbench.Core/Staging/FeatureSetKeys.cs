using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Whose row each row of features is, and as of when.</summary>
/// <param name="Entities">Entity per row; empty where the key is missing.</param>
/// <param name="AsOf">As-of instant per row as a day number.</param>
internal sealed record FeatureSetKeys(string[] Entities, double[] AsOf)
{
    /// <summary>Column that names the entity: the applicant where the dictionary has one, else the base table's own key.</summary>
    public static string EntityColumn(ScorecardDefinition definition) => definition.Keys.Applicant ?? definition.Staging!.Table(definition.Staging.Base)!.Key;

    /// <summary>Reads the keys of worked-out features.</summary>
    /// <param name="definition">A staged dictionary.</param>
    /// <param name="features">Features.</param>
    /// <param name="asOf">As-of date of every row; null for each row's own.</param>
    /// <returns>The keys; <c>staging.entity.absent</c> when the features lack a column that is needed.</returns>
    public static Outcome<FeatureSetKeys> Of(ScorecardDefinition definition, StagedFeatures features, DateOnly? asOf)
    {
        var staging = definition.Staging!;
        if (features.Column(EntityColumn(definition)) is not { } entity) return Absent(EntityColumn(definition));
        var entities = new string[features.Rows];
        for (var row = 0; row < entities.Length; row++) entities[row] = TextOf(entity, row);
        var time = staging.AsOfTime.ToTimeSpan().TotalDays;
        if (asOf is { } day)
        {
            var same = new double[features.Rows];
            Array.Fill(same, day.DayNumber + time);
            return new FeatureSetKeys(entities, same);
        }

        if (features.Column(staging.AsOf) is not { } dates) return Absent(staging.AsOf);
        return new FeatureSetKeys(entities, Array.ConvertAll(dates.Cells, date => date == Math.Floor(date) ? date + time : date));
    }

    private static string TextOf(StagedColumn column, int row)
    {
        var cell = column.Cells[row];
        if (FeatureSetColumn.Of(column.Definition).IsText) return double.IsNaN(cell) ? "" : System.Text.Encoding.UTF8.GetString(column.Pool!.TextOf((int)cell));
        Span<byte> bytes = stackalloc byte[FeatureCell.LongestNumber];
        return System.Text.Encoding.UTF8.GetString(bytes[..FeatureCell.Write(bytes, column.Definition, cell)]);
    }

    /// <summary>The refusal of features without a column that is needed.</summary>
    public static Problem Absent(string column) =>
        new("staging.entity.absent", $"The features have no column {column}, so nobody could find them again.") { Field = column, Remedy = "Add the column to staging.output.columns of the dictionary." };
}
