using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Quality;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Where a run comes from: the same data, dictionary, seed and settings give the same candidates.</summary>
public sealed record RunLineage
{
    /// <summary>Name of the file.</summary>
    public required string Source { get; init; }
    /// <summary>Hash of the data set, hexadecimal.</summary>
    public required string DataHash { get; init; }
    /// <summary>Scoring hash of the dictionary, hexadecimal.</summary>
    public required string ScoringHash { get; init; }
    /// <summary>Seed of everything random.</summary>
    public required int Seed { get; init; }
    /// <summary>Version of the program; null where the line was run without saying it.</summary>
    public string? CodeVersion { get; init; }
    /// <summary>When the run ended.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>NAME@V of the model that was refitted; null for a new one.</summary>
    public string? Parent { get; init; }
    /// <summary>Balance of the classes: none, weights or smote.</summary>
    public required string Balance { get; init; }
}

/// <summary>Rows of the parts of a run.</summary>
/// <param name="Train">Rows that trained.</param>
/// <param name="Calibration">Rows that calibrated; 0 where training rows did, out of fold.</param>
/// <param name="Test">Rows that were judged once.</param>
/// <param name="OutOfTime">Rows from <paramref name="OutOfTimeFrom"/> on.</param>
/// <param name="OutOfTimeFrom">Date; null without an out-of-time part.</param>
/// <param name="ByApplicant">Whether the rows of one applicant stayed on one side.</param>
public sealed record RunParts(int Train, int Calibration, int Test, int OutOfTime, DateOnly? OutOfTimeFrom, bool ByApplicant);

/// <summary>Everything that a run found out, without a row of its data: pages and reports are drawn from it at any later time.</summary>
/// <remarks>What needs rows (moving a threshold, comparing candidates) reads <see cref="EvidenceRows"/>, which is kept apart because it speaks of
/// people.</remarks>
public sealed record TrainingRecord
{
    /// <summary>Version of the shape that is written today.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the shape.</summary>
    public int Version { get; init; } = CurrentVersion;
    /// <summary>Id of the scorecard.</summary>
    public required string Scorecard { get; init; }
    /// <summary>Its title, in English.</summary>
    public required string Title { get; init; }
    /// <summary>Accepted, labelled rows.</summary>
    public required int Rows { get; init; }
    /// <summary>Bad rows among them.</summary>
    public required int Bads { get; init; }
    /// <summary>Rows of the file that were left out.</summary>
    public required long RejectedRows { get; init; }
    /// <summary>Features of the candidates.</summary>
    public required IReadOnlyList<string> Features { get; init; }
    /// <summary>Parts.</summary>
    public required RunParts Parts { get; init; }
    /// <summary>What rows weigh; null where all count alike.</summary>
    public RowWeighting? Weights { get; init; }
    /// <summary>Where it comes from.</summary>
    public required RunLineage Lineage { get; init; }
    /// <summary>Profile of the data; null where only vectors were kept.</summary>
    public required QualityReport? Quality { get; init; }
    /// <summary>What later data of the same kind are held to; null without a profile.</summary>
    public DataContract? Contract { get; init; }
    /// <summary>Findings on data, model and split, acknowledged ones with who, when and why.</summary>
    public required IReadOnlyList<LeakageFinding> Leakage { get; init; }
    /// <summary>The candidates, best cross-validated AUC first.</summary>
    public required IReadOnlyList<CandidateRecord> Candidates { get; init; }
    /// <summary>Candidates that could be cross-validated but not judged, with the reason.</summary>
    public required IReadOnlyList<Problem> NotJudged { get; init; }
    /// <summary>Family that was chosen.</summary>
    public required string Chosen { get; init; }
    /// <summary>What tuning tried; null without a budget.</summary>
    public required TuningReport? Tuning { get; init; }
    /// <summary>Challenger and parent on the test part; null where no model was refitted.</summary>
    public required RefitComparison? Refit { get; init; }
    /// <summary>Costs that cut-offs were reckoned with.</summary>
    public required DecisionCosts Costs { get; init; }
    /// <summary>Why the chosen candidate may not be registered; empty when it may.</summary>
    public required IReadOnlyList<Problem> Refusals { get; init; }
    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<Problem> Notes { get; init; }
    /// <summary>Time of the whole run.</summary>
    public required double Seconds { get; init; }

    /// <summary>The record of a family; null when there is none.</summary>
    public CandidateRecord? Of(string family) => Candidates.FirstOrDefault(candidate => candidate.Family == family);

    /// <summary>The record of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="at">When the run ended.</param>
    /// <param name="codeVersion">Version of the program; null where it is not known.</param>
    public static TrainingRecord Of(TrainingResult result, DateTimeOffset at, string? codeVersion)
    {
        var (request, settings) = (result.Request, result.Request.Settings);
        return new TrainingRecord
        {
            Scorecard = result.Definition.Id,
            Title = result.Definition.Title.In("en"),
            Rows = request.Dataset.Rows,
            Bads = request.Dataset.ClassCounts[request.PdClass],
            RejectedRows = request.Manifest.RejectedRows,
            Features = [.. result.Model.Scoring.Columns.Select(column => column.Name)],
            Parts = new RunParts(
                result.Split.Train.Length, result.Split.Calibration.Length, result.Split.Test.Length, result.Split.OutOfTime.Length,
                settings.Split.OutOfTimeFrom, request.Dataset.Groups is not null),
            Lineage = new RunLineage
            {
                Source = request.Manifest.Source,
                DataHash = request.Manifest.Content.Hex,
                ScoringHash = result.Definition.ScoringHash.Hex,
                Seed = settings.Seed,
                CodeVersion = codeVersion,
                At = at,
                Parent = request.Parent?.Reference,
                Balance = settings.Balance,
            },
            Weights = RowWeighting.Of(request.Dataset),
            Quality = result.Quality,
            Contract = result.Quality is { } quality ? DataContract.Of(quality) : null,
            Leakage = result.Leakage,
            Candidates = result.Records,
            NotJudged = result.NotJudged,
            Chosen = result.Winner.Family,
            Tuning = result.Tuning,
            Refit = result.Refit,
            Costs = result.Costs,
            Refusals = result.Refusals,
            Notes = result.Notes,
            Seconds = result.Seconds,
        };
    }
}
