using System.Text.Json;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>The record of a run: what was asked for, what the rows are, and everything that was measured. Pages, comparisons and reports are drawn
/// from it and from the rows kept beside it, at any later time.</summary>
/// <remarks>It holds no clock: a run that was killed and resumed leaves the same bytes as an undisturbed one.</remarks>
public sealed record LabRecord
{
    /// <summary>How records and what belongs to them are written: the first point of a ROC curve has an infinite cut.</summary>
    internal static JsonSerializerOptions Json { get; } = new(TrainingResultJson.Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Version of the shape.</summary>
    public int Version { get; init; } = 1;
    /// <summary>What was asked for.</summary>
    public required LabRequest Request { get; init; }
    /// <summary>Name of the data for people.</summary>
    public required string DataName { get; init; }
    /// <summary>What the rows are.</summary>
    public required LabFacts Facts { get; init; }
    /// <summary>Everything that was measured.</summary>
    public required TrainingRecord Training { get; init; }
    /// <summary>Leakage findings on data and model, by family.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<LeakageFinding>> Findings { get; init; }
    /// <summary>Why a candidate has no package, by family; whatever is acknowledged, it cannot be registered.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Problem>> NotPacked { get; init; }
    /// <summary>The dictionary as written.</summary>
    public required string Dictionary { get; init; }

    /// <summary>The record of a result.</summary>
    /// <param name="run">The run.</param>
    /// <param name="facts">What the rows are.</param>
    /// <param name="result">The result, with every candidate judged.</param>
    /// <param name="notPacked">Why candidates have no package, by family.</param>
    internal static LabRecord Of(LabRun run, LabFacts facts, TrainingResult result, IReadOnlyDictionary<string, IReadOnlyList<Problem>> notPacked) => new()
    {
        Request = run.Request,
        DataName = run.DataName,
        Facts = facts,
        Training = Timeless(TrainingRecord.Of(result, run.CreatedAt, facts.CodeVersion)),
        Findings = result.Records.ToDictionary(candidate => candidate.Family, candidate => result.Choosing(candidate.Family).Value.Leakage),
        NotPacked = notPacked,
        Dictionary = result.Definition.SourceText,
    };

    /// <summary>The record as bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>The record from its bytes.</summary>
    /// <exception cref="JsonException">These are no bytes of a record.</exception>
    public static LabRecord Of(byte[] bytes) => JsonSerializer.Deserialize<LabRecord>(bytes, Json) ?? throw new JsonException("The record is empty.");

    /// <summary>The same without any time that was taken.</summary>
    internal static TrainingResult Timeless(TrainingResult result) => result with
    {
        Seconds = 0,
        Tuning = Timeless(result.Tuning),
        Winner = result.Winner with { Seconds = 0 },
        Candidates = [.. result.Candidates.Select(candidate => candidate with { Seconds = 0 })],
        Records = [.. result.Records.Select(candidate => candidate with { Seconds = 0 })],
    };

    private static TrainingRecord Timeless(TrainingRecord record) => record with
    {
        Seconds = 0,
        Tuning = Timeless(record.Tuning),
        Candidates = [.. record.Candidates.Select(candidate => candidate with { Seconds = 0 })],
    };

    private static TuningReport? Timeless(TuningReport? tuning) => tuning is null ? null : tuning with { Seconds = 0, Board = [.. tuning.Board.Select(entry => entry with { Seconds = 0 })] };
}
