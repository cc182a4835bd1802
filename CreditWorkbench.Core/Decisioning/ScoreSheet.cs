using System.Globalization;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>How much explanation the rows of a sheet carry.</summary>
public enum SheetExplanation
{
    /// <summary>None.</summary>
    None,
    /// <summary>Up to four reasons.</summary>
    Top4,
    /// <summary>Reasons, and every contribution in margin units and in points.</summary>
    Full,
}

/// <summary>The columns of a scored file, and a row's cells in their order. Numbers are invariant and round-trip.</summary>
/// <param name="line">The line that scores.</param>
/// <param name="idColumn">Name of the id column in front; null without.</param>
/// <param name="explanation">How much explanation.</param>
/// <param name="method">How absent features are imagined.</param>
/// <param name="roadmap">Whether roadmaps are added.</param>
public sealed class ScoreSheet(ServingLine line, string? idColumn, SheetExplanation explanation, AttributionMethod method, bool roadmap)
{
    private const int Reasons = 4;

    /// <summary>Opens a sheet; <c>background.missing</c> where the model lacks the rows that the explanation compares with. A model
    /// without a reason background has no reasons in its full, path-dependent explanations.</summary>
    public static Outcome<ScoreSheet> Open(ServingLine line, string? idColumn, SheetExplanation explanation, AttributionMethod method, bool roadmap)
    {
        var explainer = line.Release.Explainer;
        var explains = explanation switch
        {
            SheetExplanation.Full => explainer.Explains(method),
            SheetExplanation.Top4 => explainer.GivesReasons,
            _ => true,
        };
        return explains ? new ScoreSheet(line, idColumn, explanation, method, roadmap) : ScoreExplainer.BackgroundMissing;
    }

    /// <summary>Column names in order.</summary>
    public IReadOnlyList<string> Header { get; } = [.. HeaderOf(line, idColumn, explanation, roadmap)];

    /// <summary>The cells of a scored row.</summary>
    /// <param name="id">Value of the id column; ignored without one.</param>
    /// <param name="row">One-based data row.</param>
    /// <param name="record">Accepted values.</param>
    public IReadOnlyList<string> Row(string? id, long row, InputRecord record)
    {
        var scored = line.Score(record, default);
        var cells = new List<string>(Header.Count);
        if (idColumn is not null) cells.Add(id ?? "");
        var policy = scored.Policy;
        IReadOnlyList<Reason> reasons = [];
        Waterfall? bars = null;
        var error = "";
        if (explanation != SheetExplanation.None || policy.Recommendation == Recommendation.Decline)
        {
            if (!line.Release.Explainer.GivesReasons) policy = PolicyEvaluator.WithReasons(policy, reasons: 0);
            else if (line.Reasons(scored).TryGet(out var found, out var problems)) (reasons, policy) = found;
            else error = problems[0].Code;
        }

        if (explanation == SheetExplanation.Full && !line.Release.Explainer.Bars(scored.Values.Model, scored.Score, method).TryGet(out bars, out var refused)) error = refused[0].Code;
        cells.AddRange([
            Text(row), Text(scored.Score.Issued), Text(scored.Score.Unrounded), scored.Score.Grade, scored.Score.RiskLevel, Text(scored.Score.Pd),
            policy.Recommendation.ToString().ToLowerInvariant(), Text(scored.Confidence.Value), line.Release.Model.Reference, error,
        ]);
        if (explanation != SheetExplanation.None) AddReasons(cells, reasons);
        if (explanation == SheetExplanation.Full) AddBars(cells, bars, scored.Score.Margin);
        if (roadmap) AddRoadmap(cells, scored);
        return cells;
    }

    /// <summary>The cells of a refused row: only id, row and error are filled.</summary>
    public IReadOnlyList<string> Refused(string? id, long row, IReadOnlyList<Problem> problems)
    {
        var cells = new string[Header.Count];
        Array.Fill(cells, "");
        var at = 0;
        if (idColumn is not null) cells[at++] = id ?? "";
        cells[at] = Text(row);
        cells[Header.ToList().IndexOf("error")] = string.Join(" | ", problems.Select(problem => (problem with { Row = null }).ToString()));
        return cells;
    }

    private static IEnumerable<string> HeaderOf(ServingLine line, string? idColumn, SheetExplanation explanation, bool roadmap)
    {
        if (idColumn is not null) yield return idColumn;
        foreach (var name in (string[])["row", "score", "scoreUnrounded", "grade", "riskLevel", "pd", "decision", "confidence", "modelVersion", "error"]) yield return name;
        if (explanation != SheetExplanation.None)
        {
            for (var i = 1; i <= Reasons; i++)
            {
                yield return $"reason{i}_code";
                yield return $"reason{i}_points";
            }
        }

        if (explanation == SheetExplanation.Full)
        {
            foreach (var name in (string[])["unit", "margin", "base"]) yield return name;
            foreach (var column in line.Release.Program.Columns) yield return $"phi_{column.Name}";
            yield return "base_points";
            foreach (var column in line.Release.Program.Columns) yield return $"points_{column.Name}";
            yield return "rounding";
            yield return "clip";
        }

        if (roadmap)
        {
            yield return "roadmap_outcome";
            yield return "roadmap_json";
        }
    }

    private static void AddReasons(List<string> cells, IReadOnlyList<Reason> reasons)
    {
        for (var i = 0; i < Reasons; i++)
        {
            cells.Add(i < reasons.Count ? reasons[i].Code : "");
            cells.Add(i < reasons.Count ? Text(reasons[i].Points) : "");
        }
    }

    private void AddBars(List<string> cells, Waterfall? bars, double margin)
    {
        cells.Add(line.Release.Scoring.Scale.IsOrdinal ? "z" : "logOdds");
        cells.Add(Text(margin));
        var columns = line.Release.Program.Columns.Count;
        if (bars is null)
        {
            cells.AddRange(Enumerable.Repeat("", 2 * columns + 4));
            return;
        }

        cells.Add(Text(bars.Attribution.Base));
        foreach (var contribution in bars.Attribution.Contributions) cells.Add(Text(contribution));
        cells.Add(Text(bars.BasePoints));
        foreach (var points in bars.Points) cells.Add(Text(points));
        cells.Add(Text(bars.Rounding));
        cells.Add(Text(bars.Clip));
    }

    private void AddRoadmap(List<string> cells, ScoredCase scored)
    {
        var found = line.Plan(scored, default, line.DefaultTarget(scored.Score.Issued));
        cells.Add(found.Outcome.ToString().ToLowerInvariant());
        cells.Add(RoadmapJson.Write(found, line.Release.Definition));
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
