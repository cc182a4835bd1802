using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Runs the leakage checks at the two points of the line where they can see something.</summary>
internal static class LeakageStep
{
    /// <summary>Findings on the data.</summary>
    /// <param name="request">The request.</param>
    /// <param name="features">Vectors of all rows.</param>
    /// <param name="bad">Outcome per row.</param>
    /// <param name="cancellation">Stops between columns.</param>
    public static IReadOnlyList<LeakageFinding> OfData(TrainingRequest request, FeatureMatrix features, bool[] bad, CancellationToken cancellation)
    {
        var findings = LeakageAudit.OfColumns(features, bad, request.Settings.Limits, request.Settings.Seed, cancellation).ToList();
        findings.AddRange(request.LeftOutKeys.Select(column => new LeakageFinding(
            column, LeakageKinds.Identifier, LeakageSeverity.Warning, "Every row has a value of its own: it looks like a key and was left out.")));
        if (request.Records.Count == 0) return Acknowledge(findings, request);
        foreach (var (column, index, input) in Looked(request.Definition))
        {
            cancellation.ThrowIfCancellationRequested();
            if (OfInput(request, column, index, input) is { } finding) findings.Add(finding);
        }

        return Acknowledge(findings, request);
    }

    /// <summary>Columns that are somebody else's score, measured against the best candidate.</summary>
    /// <param name="request">The request.</param>
    /// <param name="features">Vectors of all rows.</param>
    /// <param name="bad">Outcome per row.</param>
    /// <param name="fullAuc">Cross-validated AUC of the best candidate.</param>
    /// <param name="cancellation">Stops between columns.</param>
    public static IReadOnlyList<LeakageFinding> OfForeignScores(TrainingRequest request, FeatureMatrix features, bool[] bad, double fullAuc, CancellationToken cancellation) =>
        Acknowledge(ForeignScores.In(features, bad, fullAuc, request.Settings.Limits, request.Settings.Seed, cancellation), request);

    /// <summary>Findings on the trained model and on the split.</summary>
    /// <param name="request">The request.</param>
    /// <param name="candidate">What was trained.</param>
    /// <param name="rows">On what.</param>
    /// <param name="predictor">The result.</param>
    /// <param name="held">Held-out rows that measure what a column is worth.</param>
    /// <param name="heldBad">Their outcomes.</param>
    /// <param name="test">Test rows.</param>
    /// <param name="cancellation">Stops training.</param>
    public static IReadOnlyList<LeakageFinding> OfModel(
        TrainingRequest request, Candidate candidate, TrainingRows rows, Predictor predictor, FeatureMatrix held, bool[] heldBad, FeatureMatrix test, CancellationToken cancellation)
    {
        var settings = request.Settings;
        var dominant = ModelLeakage.Dominant(ImportanceStep.Shares(predictor, held, settings, cancellation), rows.Features.Columns, Auc(predictor, held), column =>
            request.Parent is null
                ? Auc(candidate.Fit(rows.Without(column), (ulong)settings.Seed, settings.Threads, cancellation), TrainingRows.Without(held, column))
                // What learns on from a model keeps its columns: the column is worth what is lost where nothing is known of it.
                : Auc(predictor, Blanked(held, column)), settings.Limits);
        var duplicates = ModelLeakage.SplitDuplicates(rows.Features, test);
        return Acknowledge(new[] { dominant, duplicates }.OfType<LeakageFinding>(), request);

        double Auc(Predictor of, FeatureMatrix features) =>
            Ranking.Auc(Quantities.Risk(of, Quantities.Of(of, features, settings.Threads, cancellation)), heldBad);
    }

    private static FeatureMatrix Blanked(FeatureMatrix features, int column)
    {
        var values = (float[])features.Values.Clone();
        values.AsSpan(column * features.Rows, features.Rows).Fill(CodedNaN.Missing);
        return new FeatureMatrix(features.Columns, features.Rows, values);
    }

    // Inputs that features pass on, under the feature's name; and dates, whatever features make of them.
    private static IEnumerable<(string Column, int Index, InputDefinition Input)> Looked(ScorecardDefinition definition)
    {
        var passed = definition.ModelFeatures.Where(feature => feature.From is not null).ToLookup(feature => feature.From!, feature => feature.Name, StringComparer.Ordinal);
        foreach (var (index, input) in definition.Inputs.Index())
        {
            foreach (var feature in passed[input.Name]) yield return (feature, index, input);
            if (!input.Sensitive && !passed.Contains(input.Name) && input.Type is InputType.Date or InputType.DateTime) yield return (input.Name, index, input);
        }
    }

    private static LeakageFinding? OfInput(TrainingRequest request, string feature, int index, InputDefinition input)
    {
        var values = new double[request.Records.Count];
        for (var row = 0; row < values.Length; row++)
        {
            var value = request.Records[row].Values[index];
            values[row] = value.Kind == InputValueKind.Number ? value.Number : double.NaN;
        }

        return input.Type switch
        {
            InputType.Category => IdentityCheck.OfCategories(feature, values),
            InputType.Date or InputType.DateTime => request.Dataset.Times is { } times
                ? IdentityCheck.OfDates(feature, values, Array.ConvertAll(times, time => time?.DayNumber ?? double.NaN))
                : null,
            InputType.Number or InputType.Integer => IdentityCheck.OfNumbers(feature, values),
            _ => null,
        };
    }

    // Findings on a file speak of its columns, which a dictionary made from it may have had to rename.
    private static IReadOnlyList<LeakageFinding> Acknowledge(IEnumerable<LeakageFinding> findings, TrainingRequest request)
    {
        var inFile = request.IsInferred ? request.Definition.Read.RenamedColumns.ToDictionary(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal) : [];
        return [.. findings.Select(finding => request.Settings.Acknowledge(finding with { Column = inFile.GetValueOrDefault(finding.Column, finding.Column) }))];
    }
}
