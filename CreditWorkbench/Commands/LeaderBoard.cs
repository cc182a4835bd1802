using System.Globalization;
using CreditWorkbench.Core.ModelBuilding;

namespace CreditWorkbench.Web.Commands;

/// <summary>Shows how far training is, and on standard error the leader board of tuning: its first three lines whenever the leader
/// changes or a configuration has been judged on more folds than it.</summary>
/// <param name="progress">Shows the phase and its share.</param>
internal sealed class LeaderBoard(ConsoleProgress progress)
{
    private const int Lines = 3;

    private (string Family, int Configuration, int Folds)? _leader;

    /// <summary>Shows a step.</summary>
    public void Tell(TrainingProgress step)
    {
        if (step.Board is [var first, ..] && (first.Family, first.Configuration, first.Folds) != _leader)
        {
            _leader = (first.Family, first.Configuration, first.Folds);
            progress.Done();
            foreach (var entry in step.Board.Take(Lines)) Console.Error.WriteLine(Line(entry));
        }

        progress.Report((step.Phase.ToString(), (double)step.Done / step.Total));
    }

    private static string Line(TuningEntry entry)
    {
        var invariant = CultureInfo.InvariantCulture;
        var spread = entry.Sd is { } sd ? string.Create(invariant, $"sd {sd:F4}, ") : "";
        var parameters = entry.Parameters.Count == 0 ? "defaults" : string.Join(' ', entry.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"));
        return string.Create(invariant, $"  {entry.Rank}. {entry.Family} {entry.MeanAuc:F4} ({spread}{entry.Folds} folds, {entry.Seconds:F1} s) {parameters}");
    }
}
