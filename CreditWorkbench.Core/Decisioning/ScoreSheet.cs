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
    private readonly string _model = line.Release.Model.Reference;

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

    /// <summary>Position of the cell that says why a row was not scored.</summary>
    internal int ErrorColumn { get; } = HeaderOf(line, idColumn, explanation, roadmap).ToList().IndexOf("error");

    /// <summary>How much explanation the rows carry.</summary>
    internal SheetExplanation Explanation => explanation;

    /// <summary>Whether roadmaps are added.</summary>
    internal bool HasRoadmap => roadmap;

    /// <summary>The line that scores.</summary>
    internal ServingLine Line => line;

    /// <summary>Writes a scored row.</summary>
    /// <param name="to">Receives one line.</param>
    /// <param name="id">Value of the id column; ignored without one.</param>
    /// <param name="row">One-based data row.</param>
    /// <param name="record">Accepted values.</param>
    /// <returns>What is recommended.</returns>
    internal Recommendation Write(CsvBuffer to, string? id, long row, InputRecord record)
    {
        var scored = line.Score(record, default);
        var (policy, error) = (scored.Policy, "");
        Span<ReasonPoints> reasons = new ReasonPoints[Reasons];
        var count = 0;
        Waterfall? bars = null;
        if (explanation != SheetExplanation.None || policy.Recommendation == Recommendation.Decline)
        {
            if (!line.Release.Explainer.GivesReasons) policy = PolicyEvaluator.WithReasons(policy, reasons: 0);
            else if (line.Reasons(scored).TryGet(out var found, out var problems))
            {
                policy = found.Policy;
                foreach (var reason in found.Reasons) reasons[count++] = new ReasonPoints(reason.Code, reason.Points);
            }
            else error = problems[0].Code;
        }

        if (explanation == SheetExplanation.Full && !line.Release.Explainer.Bars(scored.Values.Model, scored.Score, method).TryGet(out bars, out var refused)) error = refused[0].Code;
        Write(to, id, row, scored, policy.Recommendation, error, reasons[..count]);
        if (explanation == SheetExplanation.Full) WriteBars(to, bars, scored.Score.Margin);
        if (roadmap) WriteRoadmap(to, scored);
        to.EndLine();
        return policy.Recommendation;
    }

    /// <summary>Writes the cells that every scored row has, and its reasons; the line is not ended.</summary>
    internal void Write(CsvBuffer to, string? id, long row, ScoredCase scored, Recommendation recommendation, string error, ReadOnlySpan<ReasonPoints> reasons)
    {
        if (idColumn is not null) to.Text(CsvText.Harmless(id ?? ""));
        to.Number(row);
        to.Number(scored.Score.Issued);
        to.Number(scored.Score.Unrounded);
        to.Text(scored.Score.Grade);
        to.Text(scored.Score.RiskLevel);
        to.Number(scored.Score.Pd);
        to.Text(WordOf(recommendation));
        to.Number(scored.Confidence.Value);
        to.Text(_model);
        to.Text(error);
        if (explanation == SheetExplanation.None) return;
        for (var i = 0; i < Reasons; i++)
        {
            if (i < reasons.Length)
            {
                to.Text(reasons[i].Code);
                to.Number(reasons[i].Points);
            }
            else
            {
                to.Empty();
                to.Empty();
            }
        }
    }

    /// <summary>Writes a refused row: only id, row and error are filled.</summary>
    internal void WriteRefused(CsvBuffer to, string? id, long row, IReadOnlyList<Problem> problems)
    {
        if (idColumn is not null) to.Text(CsvText.Harmless(id ?? ""));
        to.Number(row);
        for (var column = idColumn is null ? 1 : 2; column < Header.Count; column++)
        {
            if (column == ErrorColumn) to.Text(CsvText.Harmless(string.Join(" | ", problems.Select(problem => (problem with { Row = null }).ToString()))));
            else to.Empty();
        }

        to.EndLine();
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

    private void WriteBars(CsvBuffer to, Waterfall? bars, double margin)
    {
        to.Text(line.Release.Scoring.Scale.IsOrdinal ? "z" : "logOdds");
        to.Number(margin);
        if (bars is null)
        {
            for (var i = 0; i < 2 * line.Release.Program.Columns.Count + 4; i++) to.Empty();
            return;
        }

        to.Number(bars.Attribution.Base);
        foreach (var contribution in bars.Attribution.Contributions) to.Number(contribution);
        to.Number(bars.BasePoints);
        foreach (var points in bars.Points) to.Number(points);
        to.Number(bars.Rounding);
        to.Number(bars.Clip);
    }

    private void WriteRoadmap(CsvBuffer to, ScoredCase scored)
    {
        var found = line.Plan(scored, default, line.DefaultTarget(scored.Score.Issued));
        to.Text(found.Outcome.ToString().ToLowerInvariant());
        to.Text(RoadmapJson.Write(found, line.Release.Definition));
    }

    private static string WordOf(Recommendation recommendation) => recommendation switch
    {
        Recommendation.Approve => "approve",
        Recommendation.Decline => "decline",
        _ => "refer",
    };
}
