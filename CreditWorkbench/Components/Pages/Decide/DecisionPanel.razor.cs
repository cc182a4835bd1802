using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Where a person decides: verdict, terms, reason of an override, justification, second pair of eyes.</summary>
public sealed partial class DecisionPanel
{
    private static readonly Verdict[] Verdicts = [Verdict.Approve, Verdict.CounterOffer, Verdict.Refer, Verdict.Decline];
    private Verdict _verdict = Verdict.Approve;
    private AuthorityVerdict? _weighed;
    private string _amount = "";
    private string _term = "";
    private string _rate = "";
    private string _overrideReason = "";
    private string _justification = "";
    private IReadOnlyList<Problem> _problems = [];
    private string? _done;
    private bool _busy;
    private Guid _filled;
    private (string Amount, string Term, string Rate) _given = ("", "", "");

    /// <summary>The case; it has a score.</summary>
    [Parameter, EditorRequired] public CaseFile File { get; set; } = null!;

    /// <summary>What is filed with it.</summary>
    [Parameter, EditorRequired] public CaseFolder Folder { get; set; } = null!;

    private ReviewCase? Case => File.View.Case;

    private bool Mine => Case is { State: CaseState.Claimed } open && open.ClaimedBy == File.Reader.Id;

    private CaseDecision? Pending => File.View.Decisions.FirstOrDefault(decision => decision.NeedsSecond && decision.SecondBy is null);

    private bool Unsaved => Mine && (_justification.Trim().Length > 0 || _overrideReason.Length > 0 || (_amount, _term, _rate) != _given);

    private bool Grants => _verdict is Verdict.Approve or Verdict.CounterOffer;

    private string Currency => File.View.Application.Amount?.Currency ?? File.View.Definition.Currency;

    private string Symbol => Currency == "IDR" ? "Rp" : Currency;

    private int Least => _weighed is { Override: not OverrideKind.None } ? DecisionRules.ShortestOverrideJustification : DecisionRules.ShortestJustification;

    // The largest amount that the officer's own roles cover; null where the policy names no authority for them.
    private decimal? Limit => File.View.Definition.Policy.Authority.Where(authority => AuthorityCheck.PermissionOf(authority.Role) is { } permission && File.Reader.May(permission))
        .Select(authority => (decimal?)authority.UpTo).Max();

    private decimal Amount => Typed.TryDecimal(_amount, out var amount) ? amount : 0;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Case is null || !Mine || _filled == Case.Id) return;
        _filled = Case.Id;
        _amount = File.View.Application.Amount is { } amount ? Typed.Amount(amount.Major) : "";
        _term = File.View.Application.TermMonths?.ToString(CultureInfo.CurrentCulture) ?? "";
        _verdict = File.View.Score!.Policy.Recommendation switch
        {
            Recommendation.Approve => Verdict.Approve,
            Recommendation.Decline => Verdict.Decline,
            _ => Verdict.Refer,
        };
        if (RateAsked is { } rate) _rate = rate.ToString("0.##", CultureInfo.CurrentCulture);
        _given = (_amount, _term, _rate);
        await WeighAsync();
    }

    // The rate that the applicant entered, where the scorecard asks for one; in per cent.
    private double? RateAsked
    {
        get
        {
            var input = File.View.Definition.Inputs.FirstOrDefault(each => each.Role == InputRole.Rate);
            if (input is null || !InputRecordJson.FromText(File.View.Definition, File.View.Score!.ValuesJson).TryGet(out var record, out _)) return null;
            return record[input.Name] is { Kind: InputValueKind.Number } value ? value.Number : null;
        }
    }

    private async Task ChooseAsync(Verdict verdict)
    {
        _verdict = verdict;
        await WeighAsync();
    }

    private async Task AmountChangedAsync(ChangeEventArgs change)
    {
        _amount = change.Value?.ToString() ?? "";
        if (Typed.TryDecimal(_amount, out var amount)) _amount = Typed.Amount(amount);
        await WeighAsync();
    }

    private async Task TakeAsync(CounterOffer offer)
    {
        _amount = Typed.Amount((decimal)offer.Amount);
        if (offer.TermMonths is { } months) _term = months.ToString(CultureInfo.CurrentCulture);
        await WeighAsync();
    }

    private async Task WeighAsync()
    {
        var weighed = await Desk.WeighAsync(Case!.Id, _verdict, Grants ? Amount : 0, File.Reader, Leaving);
        _weighed = weighed.Succeeded ? weighed.Value : null;
    }

    private Task OpenAsync() => DoAsync(async () => (await Desk.OpenAsync(File.View.Application.Id, File.Reader, Leaving)).Problems, "decision.opened");

    private Task SecondAsync(bool agrees) => Case?.State != CaseState.SecondApproval
        ? Task.CompletedTask
        : DoAsync(async () => (await Desk.SecondAsync(Case!.Id, agrees, File.Reader, Leaving)).Problems, agrees ? "decision.stands" : "decision.returned");

    private Task DecideAsync()
    {
        // The second press of a double click arrives when the first has decided.
        if (!Mine) return Task.CompletedTask;
        var request = new DecisionRequest(
            _verdict, _justification,
            Grants ? Money.FromMajor(Amount, Currency) : null,
            Grants && Typed.TryDecimal(_rate, out var rate) ? (double)rate / 100 : null,
            Grants && Typed.TryWhole(_term, out var term) ? term : null,
            _overrideReason.Length > 0 ? _overrideReason : null);
        return DoAsync(async () => (await Desk.DecideAsync(Case!.Id, request, File.Reader, Leaving)).Problems,
            _verdict == Verdict.Refer ? "decision.returned" : _weighed is { NeedsSecond: true } ? "decision.sent" : "decision.stands");
    }

    private async Task DoAsync(Func<Task<IReadOnlyList<Problem>>> deed, string done)
    {
        if (_busy) return;
        (_busy, _done) = (true, null);
        _problems = await deed();
        if (_problems.Count == 0)
        {
            (_done, _justification, _overrideReason) = (Texts.T(done), "", "");
            await File.ReloadAsync();
        }
        _busy = false;
    }
}
