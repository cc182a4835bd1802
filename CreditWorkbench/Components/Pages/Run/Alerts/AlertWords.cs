using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Run.Alerts;

/// <summary>Alerts in the reader's words.</summary>
public static class AlertWords
{
    /// <summary>The alert as a sentence; its kind and subject where no sentence is known.</summary>
    public static string Of(Alert alert) => alert.Kind switch
    {
        "rollout.rolledBack" => Texts.T("alert.rollout.rolledBack", alert.Facts.GetValueOrDefault("challenger"), Texts.TOr("Guardrail." + alert.Facts.GetValueOrDefault("guardrail"), "")),
        _ => Texts.TOr("alert." + alert.Kind, alert.Kind),
    };

    /// <summary>Tone of a severity.</summary>
    public static Tone ToneOf(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => Tone.Adverse,
        AlertSeverity.Warning => Tone.Caution,
        _ => Tone.Outline,
    };

    /// <summary>Where to look further; null where nothing is known.</summary>
    public static string? LinkOf(Alert alert) => alert.Kind.StartsWith("rollout.", StringComparison.Ordinal) ? $"/rollouts/{alert.SubjectId}" : null;
}
