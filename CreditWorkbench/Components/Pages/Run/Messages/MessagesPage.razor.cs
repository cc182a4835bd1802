using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Messages;

/// <summary>The message queues: what waits, what was laid aside and why; put back or discard.</summary>
public sealed partial class MessagesPage
{
    private Actor? _actor;
    private QueueOverview? _overview;
    private IReadOnlyList<DataColumn<DeadLetter>> _columns = [];
    private string? _message;
    private bool _failed;
    private bool _busy;

    /// <summary>The chosen dead letter.</summary>
    [SupplyParameterFromQuery(Name = "letter")] private string? Key { get; set; }

    private DeadLetter? Chosen => _overview?.Dead.FirstOrDefault(letter => letter.Key == Key);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _columns =
        [
            new("message", Texts.T("messages.message"), letter => letter.MessageId)
            {
                SortBy = letter => letter.MessageId,
                Cell = letter => builder => Cells.Link(builder, $"/queue?letter={Uri.EscapeDataString(letter.Key)}", letter.MessageId.Length > 0 ? letter.MessageId : Texts.T("messages.nameless")),
            },
            new("kind", Texts.T("messages.queue"), letter => Texts.T($"messages.kind.{letter.Kind}")) { SortBy = letter => letter.Kind, Filter = ColumnFilterKind.Choice, WideOnly = true },
            new("reason", Texts.T("messages.reason"), letter => letter.Reason.Message) { PhoneOrder = 2 },
            new("code", Texts.T("messages.code"), letter => letter.Reason.Code) { SortBy = letter => letter.Reason.Code, Filter = ColumnFilterKind.Choice, WideOnly = true },
            new("at", Texts.T("messages.at"), letter => letter.DeadAt is { } at ? Formats.Time(at, Zone) : Formats.Unknown) { SortBy = letter => letter.DeadAt, NoWrap = true, PhoneOrder = 1 },
        ];
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        _busy = true;
        try
        {
            var looked = await Desk.LookAsync(_actor!, Leaving);
            _failed = !looked.Succeeded;
            _overview = looked.TryGet(out var overview, out var problems) ? overview : null;
            _message = _failed ? Words.Of(problems) : null;
        }
        finally
        {
            _busy = false;
        }
    }

    private Task RequeueAsync(DeadLetter letter) => ChangeAsync(letter, Desk.RequeueAsync, "messages.requeued");

    private Task DiscardAsync(DeadLetter letter) => ChangeAsync(letter, Desk.DiscardAsync, "messages.discarded");

    private async Task ChangeAsync(DeadLetter letter, Func<DeadLetter, Actor, CancellationToken, Task<Outcome<bool>>> change, string done)
    {
        if (_busy) return;
        _busy = true;
        var outcome = await change(letter, _actor!, Leaving);
        await ReadAsync();
        if (_overview is null) return;
        _failed = !outcome.Succeeded;
        _message = _failed ? Words.Of(outcome.Problems) : Texts.T(done, letter.MessageId);
    }
}
