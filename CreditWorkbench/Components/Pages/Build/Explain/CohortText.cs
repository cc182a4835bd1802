using System.Globalization;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>Conditions of a cohort as they stand in the address: <c>score:lt:600</c>, <c>f.income:ge:2500000</c>, <c>outcome:is:1</c>,
/// <c>f.age:na:0</c>; several are joined by <c>,</c>. Values are before scaling, invariant.</summary>
public static class CohortText
{
    /// <summary>Name of the issued score.</summary>
    public const string Score = "score";

    /// <summary>Name of the outcome.</summary>
    public const string Outcome = "outcome";

    private static readonly Dictionary<string, CohortTest> Tests = new() { ["ge"] = CohortTest.AtLeast, ["lt"] = CohortTest.Below, ["is"] = CohortTest.Is, ["na"] = CohortTest.Missing };

    /// <summary>Reads conditions; what cannot be read is left out.</summary>
    public static CohortFilter Read(string? text, IReadOnlyList<FeatureColumn> columns) =>
        new([.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => One(part, columns)).OfType<CohortCondition>()]);

    /// <summary>Writes conditions; null for none.</summary>
    public static string? Write(CohortFilter filter, IReadOnlyList<FeatureColumn> columns) => filter.Conditions.Count == 0 ? null
        : string.Join(',', filter.Conditions.Select(condition => string.Create(CultureInfo.InvariantCulture, $"{NameOf(condition, columns)}:{Tests.First(pair => pair.Value == condition.Test).Key}:{condition.Value}")));

    /// <summary>Conditions as a reader says them.</summary>
    public static string Say(CohortFilter filter, StudyWords terms) => filter.Conditions.Count == 0
        ? Texts.T("explain.everybody")
        : string.Join(Texts.T("explain.and"), filter.Conditions.Select(condition => Say(condition, terms)));

    private static string Say(CohortCondition condition, StudyWords terms)
    {
        var name = condition.Subject switch { CohortSubject.Score => Texts.T("chart.score"), CohortSubject.Outcome => Texts.T("explain.outcome"), _ => terms.Label(condition.Feature) };
        var value = condition.Subject switch
        {
            CohortSubject.Score => Formats.Integer((long)condition.Value),
            CohortSubject.Outcome => Texts.T(condition.Value == 1 ? "explain.bad" : "explain.good"),
            _ => terms.Value(condition.Feature, (float)condition.Value),
        };
        return Texts.T("explain.test." + condition.Test, name, value);
    }

    private static string NameOf(CohortCondition condition, IReadOnlyList<FeatureColumn> columns) => condition.Subject switch
    {
        CohortSubject.Score => Score,
        CohortSubject.Outcome => Outcome,
        _ => Uri.EscapeDataString("f." + columns[condition.Feature].Name),
    };

    private static CohortCondition? One(string part, IReadOnlyList<FeatureColumn> columns)
    {
        var pieces = part.Split(':');
        if (pieces.Length < 2 || !Tests.TryGetValue(pieces[1], out var test)) return null;
        var value = 0.0;
        if (test != CohortTest.Missing && (pieces.Length < 3 || !double.TryParse(pieces[2], NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !double.IsFinite(value))) return null;
        if (pieces[0] == Score) return new CohortCondition(CohortSubject.Score, 0, test, value);
        if (pieces[0] == Outcome) return new CohortCondition(CohortSubject.Outcome, 0, test, value);
        var name = Uri.UnescapeDataString(pieces[0]);
        for (var feature = 0; feature < columns.Count; feature++)
        {
            if (name == "f." + columns[feature].Name) return new CohortCondition(CohortSubject.Feature, feature, test, value);
        }

        return null;
    }
}
