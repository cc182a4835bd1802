using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Rollouts;

/// <summary>Starts a rollout: challenger, mode, share and limits, with a look ahead at what would change.</summary>
public sealed partial class StartRollout : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<RegisteredModel>? _staged;
    private RegisteredModel? _challenger;
    private RegisteredModel? _champion;
    private RolloutMode _mode;
    private string _share = "10";
    private string _why = "";
    private readonly GuardrailForm _limits = new(new RolloutGuardrails());
    private SwapSetReport? _preview;
    private string? _fault;
    private bool _busy;

    /// <summary>Who starts.</summary>
    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    /// <summary>NAME@V to start with; null: the newest in staging.</summary>
    [Parameter] public string? Chosen { get; set; }

    [Inject] private RolloutDesk Desk { get; set; } = null!;

    [Inject] private SwapSetDesk Swaps { get; set; } = null!;

    [Inject] private IModelStore Models { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private string Means => _mode == RolloutMode.Shadow
        ? Texts.T("rollout.shadowMeans", _challenger?.Reference)
        : Texts.T("rollout.canaryMeans", _challenger?.Reference, RolloutWords.ShareOf(GuardrailForm.Whole(_share)), _champion?.Reference);

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var models = await Models.ListAsync(null, _leaving.Token);
        var decided = models.Where(model => model.Stage == ModelStage.Production).Select(model => model.ScorecardId).ToHashSet();
        var staged = models.Where(model => model.Stage == ModelStage.Staging && decided.Contains(model.ScorecardId)).ToList();
        await TakeAsync(staged.Find(model => model.Reference == Chosen) ?? staged.FirstOrDefault());
        _staged = staged;
    }

    private Task ChooseAsync(ChangeEventArgs change) => TakeAsync(_staged!.First(model => model.Reference == (string?)change.Value));

    private async Task TakeAsync(RegisteredModel? challenger)
    {
        (_challenger, _preview, _fault) = (challenger, null, null);
        _champion = challenger is null ? null : await Models.InProductionAsync(challenger.ScorecardId, _leaving.Token);
    }

    private async Task PreviewAsync()
    {
        if (_busy) return;
        (_busy, _fault) = (true, null);
        var outcome = await Swaps.PreviewAsync(_challenger!.ReleaseHash, Actor, _leaving.Token);
        _busy = false;
        if (outcome.TryGet(out var preview, out var problems)) _preview = preview;
        else _fault = Words.Of(problems);
    }

    private async Task StartAsync()
    {
        if (_busy) return;
        (_busy, _fault) = (true, null);
        var request = new RolloutRequest(_challenger!.Reference, _mode, _mode == RolloutMode.Canary ? GuardrailForm.Whole(_share) : 0, _limits.Read(), _why);
        var outcome = await Desk.StartAsync(request, Actor, _leaving.Token);
        _busy = false;
        if (outcome.TryGet(out var rollout, out var problems)) Navigation.NavigateTo($"/rollouts/{rollout.Id}");
        else _fault = Words.Of(problems);
    }
}
