using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Run.Rollouts;

/// <summary>Limits of a rollout as somebody types them.</summary>
public sealed class GuardrailForm
{
    private const int Decimals = 6;

    /// <summary>Fills the fields.</summary>
    /// <param name="guardrails">Limits to begin with.</param>
    public GuardrailForm(RolloutGuardrails guardrails)
    {
        Approval = Formats.Plain(100 * guardrails.ApprovalGap, Decimals);
        Groups = Formats.Plain(guardrails.GroupRatio, Decimals);
        Errors = Formats.Plain(100 * guardrails.ErrorShare, Decimals);
        Latency = Formats.Plain(guardrails.LatencyMilliseconds, Decimals);
        Minimum = Formats.Plain(guardrails.MinimumCases, Decimals);
        Window = Formats.Plain(guardrails.WindowHours, Decimals);
        Confirmations = Formats.Plain(guardrails.Confirmations, Decimals);
    }

    /// <summary>Largest gap of approval, percentage points.</summary>
    public string Approval { get; set; }

    /// <summary>Least ratio of a group.</summary>
    public string Groups { get; set; }

    /// <summary>Largest share of errors, percent.</summary>
    public string Errors { get; set; }

    /// <summary>Largest 95th percentile, milliseconds.</summary>
    public string Latency { get; set; }

    /// <summary>Cases per side.</summary>
    public string Minimum { get; set; }

    /// <summary>Window, hours.</summary>
    public string Window { get; set; }

    /// <summary>Looks in a row.</summary>
    public string Confirmations { get; set; }

    /// <summary>What was typed; what is no number lies outside every range, so the desk refuses it by name.</summary>
    public RolloutGuardrails Read() => new()
    {
        ApprovalGap = Percent(Approval),
        GroupRatio = Number(Groups),
        ErrorShare = Percent(Errors),
        LatencyMilliseconds = Number(Latency),
        MinimumCases = Whole(Minimum),
        WindowHours = Whole(Window),
        Confirmations = Whole(Confirmations),
    };

    /// <summary>A whole number; -1 for anything else.</summary>
    public static int Whole(string text) => Typed.TryDecimal(text, out var value) && value == decimal.Truncate(value) && Math.Abs(value) <= 1_000_000 ? (int)value : -1;

    private static double Number(string text) => Typed.TryDecimal(text, out var value) ? (double)value : double.NaN;

    // Divided as a decimal: 7 % is .07 and not a bit beside it, so an untouched field is no change.
    private static double Percent(string text) => Typed.TryDecimal(text, out var value) ? (double)(value / 100) : double.NaN;
}
