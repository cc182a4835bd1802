using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Quality;

/// <summary>Profiles the inputs of accepted rows and says what stands out.</summary>
public static class QualityAudit
{
    private const double ManyMissing = 0.5;
    private const double MostlyOne = 0.995;
    private const double ManyOutliers = 0.01;

    /// <summary>Profiles rows. O(inputs x n log n).</summary>
    /// <param name="definition">Their dictionary.</param>
    /// <param name="records">Rows, in file order.</param>
    /// <param name="classes">Outcome per row, same order: rows are duplicates only when it agrees too.</param>
    /// <param name="cancellation">Stops between columns.</param>
    /// <exception cref="ArgumentException">Not one outcome per row.</exception>
    public static QualityReport Of(ScorecardDefinition definition, IReadOnlyList<InputRecord> records, byte[] classes, CancellationToken cancellation)
    {
        if (classes.Length != records.Count) throw new ArgumentException($"{records.Count} rows, {classes.Length} outcomes.", nameof(classes));
        var profiles = new ColumnProfile[definition.Inputs.Count];
        Parallel.For(0, profiles.Length, new ParallelOptions { CancellationToken = cancellation },
            input => profiles[input] = ColumnProfiler.Profile(definition.Inputs[input], input, records));
        var duplicates = DuplicateRows.Count(records, classes);
        var findings = profiles.SelectMany(profile => Findings(profile, records.Count)).ToList();
        if (duplicates > 0)
            findings.Add(new QualityFinding(null, "duplicateRows", QualitySeverity.Warning, Text($"{duplicates} of {records.Count} rows repeat an earlier row in every column.")));
        return new QualityReport(records.Count, duplicates, profiles, findings);
    }

    private static IEnumerable<QualityFinding> Findings(ColumnProfile profile, int rows)
    {
        if (rows == 0) yield break;
        var specials = profile.Specials.Sum(special => special.Count);
        if (profile.Missing == rows)
        {
            yield return new QualityFinding(profile.Name, "allMissing", QualitySeverity.Error, "No row has a value.");
            yield break;
        }

        if (profile.Type == "text") yield break;
        if (profile.Distinct <= 1 && profile.Missing == 0 && specials == 0)
            yield return new QualityFinding(profile.Name, "constant", QualitySeverity.Warning, "Every row has the same value.");
        else if (profile.Values.Count > 0 && profile.Values[0].Count >= MostlyOne * rows)
            yield return new QualityFinding(profile.Name, "mostlyOneValue", QualitySeverity.Note, Text($"{profile.Values[0].Count} of {rows} rows have the value {profile.Values[0].Value}."));
        if (profile.Missing > ManyMissing * rows)
            yield return new QualityFinding(profile.Name, "manyMissing", QualitySeverity.Warning, Text($"{profile.Missing} of {rows} rows have no value."));
        if (profile.Outliers > ManyOutliers * rows)
            yield return new QualityFinding(profile.Name, "outliers", QualitySeverity.Note,
                Text($"{profile.Outliers} of {rows} rows lie more than three interquartile ranges outside [{profile.LowerQuartile:R}, {profile.UpperQuartile:R}]."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
