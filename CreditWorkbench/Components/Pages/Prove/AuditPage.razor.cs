using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Prove;

/// <summary>The trail: search, one entry in full, check of the chain, export. Subject, kind and cursor stand in the address.</summary>
public sealed partial class AuditPage
{
    private const int Take = 50;
    private const int Links = 6;
    private const int MostExported = 100_000;
    private Actor? _actor;
    private IReadOnlyList<AuditView>? _entries;
    private IReadOnlyList<AuditView> _newest = [];
    private IReadOnlyList<DataColumn<AuditView>> _columns = [];
    private IReadOnlyList<string> _kinds = [];
    private AuditView? _chosen;
    private AuditVerification? _verified;
    private DateTimeOffset _verifiedAt;
    private TextFile? _file;
    private string _typed = "";
    private string? _shown;
    private bool _busy;

    [SupplyParameterFromQuery] private string? Subject { get; set; }

    [SupplyParameterFromQuery] private string? Kind { get; set; }

    [SupplyParameterFromQuery] private long? Before { get; set; }

    private string ProofWords => _verified switch
    {
        null => Texts.T("audit.notCheckedText"),
        { Intact: true } => Texts.T("audit.intactText", Formats.Integer(_verified.Entries)),
        { FirstBroken: { } broken } => Texts.T("audit.brokenText", Formats.Integer(broken), Formats.Integer(broken - 1)),
        _ => _verified.Message,
    };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _columns =
        [
            new("time", Texts.T("audit.time"), e => Formats.Utc(e.Entry.At)) { NoWrap = true, PhoneOrder = 2 },
            new("entry", Texts.T("audit.number"), e => e.Entry.Sequence == 0 ? Texts.T("audit.unnumbered") : Formats.Integer(e.Entry.Sequence)) { Numeric = true, PhoneOrder = 1 },
            new("who", Texts.T("audit.who"), e => e.ActorName) { PhoneOrder = 3 },
            new("action", Texts.T("audit.action"), e => KindWords(e.Entry.Kind)) { Cell = OpenCell },
            new("subject", Texts.T("audit.about"), SubjectWords) { FullRow = true, PhoneOrder = 4 },
            new("hash", Texts.T("audit.hash"), e => Formats.Short(e.Entry.Hash.Hex)) { WideOnly = true, NoWrap = true },
        ];
        _newest = await Reader.SearchAsync(new AuditQuery { Take = Links }, Leaving);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var asked = $"{Subject}|{Kind}|{Before}";
        if (asked == _shown) return;
        (_shown, _typed) = (asked, Subject ?? "");
        _entries = await Reader.SearchAsync(Query() with { Before = Before, Take = Take }, Leaving);
        _kinds = [.. _kinds.Concat(_entries.Select(e => e.Entry.Kind)).Concat(Kind is null ? [] : [Kind]).Distinct().Order(StringComparer.Ordinal)];
    }

    private AuditQuery Query() => new(string.IsNullOrWhiteSpace(Kind) ? null : Kind, string.IsNullOrWhiteSpace(Subject) ? null : Subject.Trim());

    private async Task VerifyAsync()
    {
        _busy = true;
        StateHasChanged();
        (_verified, _verifiedAt) = (await Reader.VerifyAsync(Leaving), Clock.Now);
        await NoteAsync("audit.verified", ("intact", _verified.Intact ? "true" : "false"), ("entries", _verified.Entries.ToString(CultureInfo.InvariantCulture)));
        _busy = false;
    }

    private async Task ExportAsync()
    {
        _busy = true;
        StateHasChanged();
        var rows = new List<IReadOnlyList<string>>();
        await foreach (var view in Reader.ReadAllAsync(Query(), Leaving))
        {
            if (rows.Count == MostExported) break;
            var entry = view.Entry;
            rows.Add([
                entry.Sequence.ToString(CultureInfo.InvariantCulture), entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), view.ActorName, entry.Kind, entry.SubjectId,
                view.Payload is null ? "" : string.Join("; ", view.Payload.Select(fact => $"{fact.Key}={fact.Value}")), entry.PreviousHash.Hex, entry.Hash.Hex,
            ]);
        }
        await NoteAsync("audit.exported", ("rows", rows.Count.ToString(CultureInfo.InvariantCulture)));
        _file = TextFile.Csv("audit", Csv.Write(["sequence", "at", "actor", "kind", "subject", "payload", "previousHash", "hash"], rows, $"{Kind ?? "*"}; {Subject ?? "*"}; {Clock.Now.UtcDateTime:O}"));
        _busy = false;
    }

    private Task NoteAsync(string kind, params (string Name, string Value)[] facts) =>
        Trail.AppendAsync([new AuditDraft(_actor!, kind, "trail", facts.ToDictionary(fact => fact.Name, fact => (string?)fact.Value))], Leaving);

    private void GoTo(string? subject, string? kind) => Navigation.NavigateTo(Address(subject, kind, null));

    private string Address(string? subject, string? kind, long? before) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["subject"] = string.IsNullOrWhiteSpace(subject) ? null : subject.Trim(),
        ["kind"] = string.IsNullOrWhiteSpace(kind) ? null : kind,
        ["before"] = before,
    });

    private static string SubjectWords(AuditView view) =>
        view.Payload?.GetValueOrDefault("application") ?? (Guid.TryParse(view.Entry.SubjectId, out _) ? Formats.Short(view.Entry.SubjectId) : view.Entry.SubjectId);

    private static string KindWords(string kind) => Texts.TOr("audit.kind." + kind, kind);

    private RenderFragment OpenCell(AuditView view) => builder =>
    {
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "type", "button");
        builder.AddAttribute(2, "class", "link-button");
        builder.AddAttribute(3, "onclick", EventCallback.Factory.Create(this, () => _chosen = view));
        builder.AddContent(4, KindWords(view.Entry.Kind));
        builder.CloseElement();
    };
}
