using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Run.Staging;

/// <summary>Runs of staging in the reader's words.</summary>
public static class StagingWords
{
    /// <summary>Tone of how a run ended.</summary>
    public static Tone ToneOf(StagingRunState state) => state switch
    {
        StagingRunState.Published => Tone.Favourable,
        StagingRunState.Refused or StagingRunState.Failed => Tone.Adverse,
        StagingRunState.Running => Tone.Accent,
        _ => Tone.Neutral,
    };

    /// <summary>Rows read of all tables; null before the rules were applied.</summary>
    public static long? RowsRead(StagingRun run) => run.Report?.Tables.Sum(table => table.RowsRead);

    /// <summary>Share of rows that no rule kept out; null before the rules were applied.</summary>
    public static double? PassRate(StagingRun run) => run.Report is not { } report ? null : RowsRead(run) is > 0 and var read ? report.Tables.Sum(table => table.RowsUsed) / (double)read : 1;

    /// <summary>Bytes in a unit that people read.</summary>
    public static string Size(long bytes) => bytes < 1 << 20 ? $"{Formats.Number(bytes / 1024.0)}\u00A0KiB" : $"{Formats.Number(bytes / (double)(1 << 20))}\u00A0MiB";

    /// <summary>A change against the run before, signed; empty without one or without a change.</summary>
    public static string Change(double now, double? before, int decimals = 0) => before is { } then && now != then ? $"({Formats.Signed(now - then, decimals)})" : "";

    /// <summary>An age in days, hours or minutes.</summary>
    public static string Age(TimeSpan age) => age.TotalHours >= 48 ? Texts.T("features.days", Formats.Number(age.TotalDays)) : age.TotalHours >= 1 ? Texts.T("features.hours", Formats.Number(age.TotalHours)) : Texts.T("features.minutes", Formats.Integer((long)age.TotalMinutes));

    /// <summary>Why a run ended as it did.</summary>
    public static IEnumerable<string> Reasons(StagingRun run) => run.Problems.Select(Words.Of).Concat(run.Alerts.Select(alert => alert.Text));
}
