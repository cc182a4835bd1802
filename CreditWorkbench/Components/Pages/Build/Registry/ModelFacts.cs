using System.Globalization;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Registry;

/// <summary>A fact of two versions.</summary>
/// <param name="Name">What it is.</param>
/// <param name="One">Of the first.</param>
/// <param name="Other">Of the second.</param>
public sealed record ComparedFact(string Name, string One, string Other)
{
    /// <summary>Whether they differ.</summary>
    public bool Differs => One != Other;

    /// <summary>Facts of both in the order of the first; what only one has is unknown for the other.</summary>
    public static IReadOnlyList<ComparedFact> Of(IReadOnlyList<(string Name, string Value)> one, IReadOnlyList<(string Name, string Value)> other)
    {
        var (first, second) = (ToDictionary(one), ToDictionary(other));
        return [.. one.Concat(other).Select(fact => fact.Name).Distinct().Select(name => new ComparedFact(name, first.GetValueOrDefault(name, Formats.Unknown), second.GetValueOrDefault(name, Formats.Unknown)))];
    }

    private static Dictionary<string, string> ToDictionary(IReadOnlyList<(string Name, string Value)> facts) => facts.DistinctBy(fact => fact.Name).ToDictionary(fact => fact.Name, fact => fact.Value);
}

/// <summary>Everything by which versions are compared, in words.</summary>
public static class ModelFacts
{
    /// <summary>Facts of a version.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(ModelView view, ModelPackage package, TimeZoneInfo zone)
    {
        var (model, lineage, invariant) = (view.Model, package.Lineage, CultureInfo.InvariantCulture);
        return
        [
            (Texts.T("models.stage"), Words.Of(model.Stage)), (Texts.T("queue.scorecard"), model.ScorecardId), (Texts.T("models.family"), RegistryWords.Family(model)),
            .. RegistryWords.Measures.Select(measure => (Texts.T(measure.Key), RegistryWords.FigureText(model, measure.Digits, measure.Path))),
            (Texts.T("registry.gates"), RegistryWords.Count(view.Gates)),
            .. view.Gates.Select(gate => (Words.Of(gate.Gate), RegistryWords.Of(gate.State))),
            (Texts.T("registry.approveFrom"), model.ApproveFrom?.ToString(invariant) ?? Formats.Unknown), (Texts.T("registry.declineBelow"), model.DeclineBelow?.ToString(invariant) ?? Formats.Unknown),
            (Texts.T("registry.scoring"), model.ScoringHash.Short), (Texts.T("registry.presentation"), model.PresentationHash?.Short ?? Formats.Unknown), (Texts.T("registry.policy"), model.PolicyHash?.Short ?? Formats.Unknown),
            (Texts.T("registry.dataHash"), lineage.DataHash.Length > 12 ? lineage.DataHash[..12] : lineage.DataHash), (Texts.T("models.rows"), Formats.Integer(lineage.Rows)), (Texts.T("registry.bad"), Formats.Integer(lineage.Positives)),
            (Texts.T("registry.seed"), lineage.Seed.ToString(invariant)), (Texts.T("registry.codeVersion"), lineage.CodeVersion),
            .. ReportText.Parameters(lineage.ParametersJson),
            .. ReportText.Findings(model.ReportJson).Select(finding => ($"{finding.Column}, {finding.Kind}", finding.Evidence)),
            (Texts.T("registry.referenceScores"), Formats.Integer(package.ReferenceScores.Length)), (Texts.T("registry.medianScore"), package.ReferenceScores is { Length: > 0 } scores ? Formats.Integer(scores[scores.Length / 2]) : Formats.Unknown),
            (Texts.T("registry.refits"), Formats.Integer(package.Refits.Count)), (Texts.T("models.package"), model.PackageHash.Short), (Texts.T("models.created"), Formats.Time(model.CreatedAt, zone)),
        ];
    }
}
