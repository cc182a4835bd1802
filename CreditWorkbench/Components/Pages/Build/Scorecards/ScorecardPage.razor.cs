using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Scorecards;

/// <summary>One dictionary as a document that a credit person reads, with its parts on tabs of their own.</summary>
public sealed partial class ScorecardPage
{
    private static readonly Dictionary<string, string[]> SectionsOfTab = new(StringComparer.Ordinal)
    {
        ["document"] = [],
        ["inputs"] = ["inputs", "tables", "consent"],
        ["features"] = ["features"],
        ["actions"] = ["actions"],
        ["policy"] = ["grades", "policy", "costs"],
    };

    private static readonly string[] Tabs = ["document", "inputs", "features", "reasons", "actions", "policy", "yaml", "versions"];
    private Actor? _actor;
    private ShelvedScorecard? _card;
    private ScorecardDocument? _document;
    private IReadOnlyList<ScorecardVersion> _versions = [];
    private IReadOnlyList<Problem> _problems = [];
    private TextFile? _file;
    private string? _read;

    /// <summary>Scorecard of the address.</summary>
    [Parameter] public string Id { get; set; } = "";

    [SupplyParameterFromQuery] private string? Tab { get; set; }

    private string Current => Tabs.Contains(Tab) ? Tab! : Tabs[0];

    private ScorecardDefinition? Definition => _card?.Current;

    private string Title => Definition is { } definition ? Words.Of(definition.Title) : Id;

    private IReadOnlyList<DocumentSection> SectionsNow => SectionsOfTab[Current] is { Length: > 0 } keys ? [.. keys.Select(_document!.Section).OfType<DocumentSection>()] : _document!.Sections;

    private string? Fit => _card is { Production: { } model, Current: { } current }
        ? Texts.T(model.ScoringHash == current.ScoringHash ? "cards.modelFits" : "cards.modelOutdated", current.ScoringHash.Short)
        : null;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == Id) return;
        _read = Id;
        _actor = await ActorAsync();
        if (!(await Desk.FindAsync(Id, _actor, Leaving)).TryGet(out _card, out _problems)) return;
        _document = Definition is { } definition ? ScorecardDocument.Of(definition, Words.Here) : null;
        _versions = (await Desk.VersionsAsync(Id, _actor, Leaving)).TryGet(out var versions, out _) ? versions : [];
    }

    private void Export() => _file = new TextFile($"{Id}.yaml", "application/yaml;charset=utf-8", Definition!.SourceText);
}
