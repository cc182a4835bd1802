using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Developers;

/// <summary>Keys of client systems: give one, see who uses which, take one back.</summary>
public sealed partial class KeysPage
{
    private readonly IReadOnlyList<Crumb> _crumbs = [new(Texts.T("nav.developers"), "/developers")];
    private Actor _actor = null!;
    private IReadOnlyList<ApiKey>? _keys;
    private IReadOnlyList<DataColumn<ApiKey>> _columns = [];
    private IReadOnlyList<string> _problems = [];
    private IReadOnlyList<string> _scopes = ["score:stateless"];
    private NewApiKey? _made;
    private bool _adding;
    private bool _busy;
    private string _name = "";
    private string _basis = "";
    private string _branch = "";
    private int? _days;
    private int? _limit;

    [Inject] private ApiKeyDesk Desk { get; set; } = null!;

    [Inject] private ApiSettings Settings { get; set; } = null!;

    [Inject] private ApiWindows Windows { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "key")] private string? KeyId { get; set; }

    private ApiKey? Chosen => Guid.TryParse(KeyId, out var id) ? _keys?.FirstOrDefault(key => key.Id == id) : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _columns =
        [
            new("name", Texts.T("dev.name"), key => key.Name) { SortBy = key => key.Name, Cell = key => builder => Cells.Link(builder, $"/developers/keys?key={key.Id}", key.Name) },
            new("scopes", Texts.T("dev.scopes"), key => string.Join(", ", key.Scopes)) { SortBy = key => string.Join(", ", key.Scopes), WideOnly = true },
            new("used", Texts.T("dev.used"), key => key.LastUsedAt is { } at ? Formats.Time(at, Zone) : Texts.T("dev.notYet")) { SortBy = key => key.LastUsedAt, NoWrap = true, PhoneOrder = 2 },
            new("expires", Texts.T("dev.expires"), key => key.ExpiresAt is { } at ? Formats.Time(at, Zone) : Texts.T("dev.never")) { SortBy = key => key.ExpiresAt, NoWrap = true, WideOnly = true },
            new("state", Texts.T("dev.state"), StateOf) { SortBy = StateOf, Filter = ColumnFilterKind.Choice, PhoneOrder = 1, Cell = key => builder => Cells.Badge(builder, ToneOf(key), StateOf(key)) },
        ];
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if ((await Desk.ListAsync(_actor, Leaving)).TryGet(out var keys, out var problems)) _keys = keys;
        else _problems = [.. problems.Select(problem => Words.Of(problem))];
    }

    private Task AddAsync() => DoAsync(async () =>
    {
        var order = new ApiKeyOrder(_name, _scopes)
        {
            RequestsPerMinute = _limit,
            LegalBasis = _basis.Length > 0 ? _basis : null,
            Branch = _branch.Length > 0 ? _branch : null,
            ExpiresAt = _days is { } days ? Time.GetUtcNow().AddDays(Math.Clamp(days, 1, 3650)) : null,
        };
        if (!(await Desk.AddAsync(order, _actor, Leaving)).TryGet(out var made, out var problems)) return problems;
        (_made, _adding, _name, _branch, _days, _limit) = (made, false, "", "", null, null);
        return [];
    });

    private Task RevokeAsync(ApiKey key) => DoAsync(async () => (await Desk.RevokeAsync(key.Id, _actor, Leaving)).Problems);

    private async Task DoAsync(Func<Task<IReadOnlyList<Problem>>> deed)
    {
        if (_busy) return;
        (_busy, _made) = (true, null);
        try
        {
            _problems = [.. (await deed()).Select(problem => Words.Of(problem))];
            await ReadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private void Tick(string scope, bool ticked) => _scopes = [.. ApiScopes.All.Where(each => each == scope ? ticked : _scopes.Contains(each))];

    private string StateOf(ApiKey key) => Texts.T(key.RevokedAt is not null ? "dev.revoked" : key.ActiveAt(Time.GetUtcNow()) ? "dev.active" : "dev.expired");

    private Tone ToneOf(ApiKey key) => key.RevokedAt is not null ? Tone.Neutral : key.ActiveAt(Time.GetUtcNow()) ? Tone.Favourable : Tone.Caution;
}
