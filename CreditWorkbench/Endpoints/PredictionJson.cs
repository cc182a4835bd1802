using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Writes answers of the stateless door straight into bytes. What differs from call to call on the same values (id, reference, time)
/// stands in front; the rest is written once per case.</summary>
internal static class PredictionJson
{
    /// <summary>Writes the answer as UTF-8 with its length.</summary>
    public static void Write(HttpResponse response, PredictionAnswer answer, bool withReasons, string language)
    {
        var tail = TailOf(answer, withReasons, language);
        var head = HeadOf(answer);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = head.Length + tail.Length;
        response.BodyWriter.Write(head);
        response.BodyWriter.Write(tail);
    }

    /// <summary>The answer as text.</summary>
    public static string Text(PredictionAnswer answer, bool withReasons, string language)
    {
        var tail = TailOf(answer, withReasons, language);
        return Encoding.UTF8.GetString(HeadOf(answer)) + Encoding.UTF8.GetString(tail);
    }

    // Valid until the thread writes the next one.
    private static ReadOnlySpan<byte> HeadOf(PredictionAnswer answer)
    {
        var head = Scratch.Mine.Head;
        var writer = head.Begin();
        writer.WriteStartObject();
        writer.WriteString("id"u8, answer.Record.Id);
        if (answer.Record.Reference is { } reference) writer.WriteString("reference"u8, reference);
        else writer.WriteNull("reference"u8);
        writer.WriteString("scoredAt"u8, answer.Record.At.UtcDateTime);
        return head.End();
    }

    // Everything but the head, with the comma in front and the closing brace behind; valid until the thread writes the next one.
    private static ReadOnlySpan<byte> TailOf(PredictionAnswer answer, bool withReasons, string language)
    {
        var isTheCallsOwn = !answer.Case.IsKept || answer.Record.Kind == PredictionKind.Roadmap || answer.Request.Top is not null || answer.Record.Warnings.Count > 0
            || answer.Request.Method != AttributionMethod.Interventional;
        return isTheCallsOwn
            ? Tail(answer, withReasons, language)
            : answer.Case.Written(
                answer.Record.Kind == PredictionKind.Explain ? "explain" : withReasons ? "reasons" : "predict", language, (answer, withReasons, language),
                static state => Tail(state.answer, state.withReasons, state.language).ToArray());
    }

    private static ReadOnlySpan<byte> Tail(PredictionAnswer answer, bool withReasons, string language)
    {
        var tail = Scratch.Mine.Tail;
        var writer = tail.Begin();
        writer.WriteStartObject();
        if (answer.Record.Kind == PredictionKind.Roadmap) WriteRoadmap(writer, answer);
        else WriteScore(writer, answer);
        if (answer.Record.Kind == PredictionKind.Explain) WriteExplanation(writer, answer, language);
        else if (withReasons) WriteReasons(writer, answer.Explained.Reasons, language);
        writer.WriteEndObject();
        var written = tail.End();
        written[0] = (byte)','; // where the object began
        return written;
    }

    private static void WriteScore(Utf8JsonWriter writer, PredictionAnswer answer)
    {
        var (served, policy) = (answer.Case.Served, answer.Explained.Policy);
        var (score, confidence) = (served.Scored.Score, served.Scored.Confidence);
        writer.WriteString("release"u8, served.Release.Hash.Hex);
        writer.WriteNumber("score"u8, score.Issued);
        writer.WriteNumber("scoreUnrounded"u8, score.Unrounded);
        writer.WriteString("grade"u8, score.Grade);
        writer.WriteString("riskLevel"u8, score.RiskLevel);
        WriteNumber(writer, "pd"u8, score.Pd);
        WriteNumber(writer, "scalePd"u8, score.ScalePd);
        WriteNumber(writer, "rawPd"u8, score.RawPd);
        writer.WriteString("decision"u8, WordOf(policy.Recommendation));
        writer.WriteStartObject("cutoffs"u8);
        writer.WriteNumber("approve"u8, policy.ApproveFrom);
        writer.WriteNumber("decline"u8, policy.DeclineBelow);
        writer.WriteEndObject();
        writer.WriteStartObject("confidence"u8);
        writer.WriteString("kind"u8, confidence.Kind);
        WriteNumber(writer, "value"u8, confidence.Value);
        writer.WriteNumber("low"u8, confidence.Low);
        writer.WriteNumber("high"u8, confidence.High);
        writer.WriteEndObject();
        writer.WriteString("modelVersion"u8, served.Release.Model);
        WriteWarnings(writer, answer);
    }

    private static void WriteExplanation(Utf8JsonWriter writer, PredictionAnswer answer, string language)
    {
        if (answer.Explained.Explanation is not { } explanation)
        {
            writer.WriteNull("explanation"u8);
            return;
        }

        var contributions = explanation.Contributions;
        if (answer.Request.Top is { } top && top < contributions.Count)
        {
            contributions = [.. contributions.OrderByDescending(each => Math.Abs(each.Points)).Take(top)];
            writer.WriteNumber("otherPoints"u8, explanation.Contributions.Except(contributions).Sum(each => each.Points));
        }

        var definition = answer.Case.Served.Scored.Record.Definition;
        writer.WriteNumber("basePoints"u8, explanation.BasePoints);
        var pieces = Scratch.Mine.Contributions;
        pieces.Clear();
        ContributionPieces.Of(definition, language).Write(pieces, contributions);
        writer.WritePropertyName("contributions"u8);
        writer.WriteRawValue(pieces.Written, skipInputValidation: true);
        writer.WriteNumber("rounding"u8, explanation.Rounding);
        writer.WriteNumber("clip"u8, explanation.Clip);
        WriteReasons(writer, explanation.Reasons, language);
        writer.WriteString("narrative"u8, explanation.Narrative.In(language));
        writer.WriteString("background"u8, explanation.Background.In(language));
        writer.WriteString("reasonBackground"u8, explanation.ReasonBackground.In(language));
    }

    private static void WriteReasons(Utf8JsonWriter writer, IReadOnlyList<Reason> reasons, string language)
    {
        writer.WriteStartArray("reasons"u8);
        foreach (var reason in reasons)
        {
            writer.WriteStartObject();
            writer.WriteString("code"u8, reason.Code);
            writer.WriteString("text"u8, reason.Text.In(language));
            writer.WriteNumber("points"u8, reason.Points);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRoadmap(Utf8JsonWriter writer, PredictionAnswer answer)
    {
        var served = answer.Case.Served;
        writer.WriteString("release"u8, served.Release.Hash.Hex);
        writer.WriteNumber("score"u8, served.Scored.Score.Issued);
        writer.WriteString("modelVersion"u8, served.Release.Model);
        WriteWarnings(writer, answer);
        foreach (var (name, value) in JsonNode.Parse(RoadmapJson.Write(answer.Roadmap!, served.Scored.Record.Definition))!.AsObject())
        {
            writer.WritePropertyName(name);
            if (name == "outcome") writer.WriteStringValue(answer.Roadmap!.Outcome switch { Core.Recourse.RoadmapOutcome.TimedOut => "timedOut", var other => other.ToString().ToLowerInvariant() });
            else if (value is null) writer.WriteNullValue();
            else value.WriteTo(writer);
        }
    }

    private static void WriteWarnings(Utf8JsonWriter writer, PredictionAnswer answer)
    {
        writer.WriteStartArray("warnings"u8);
        foreach (var warning in answer.Record.Warnings) writer.WriteStringValue(warning);
        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumber(name, value);
        else writer.WriteNull(name);
    }

    private static ReadOnlySpan<byte> WordOf(Recommendation recommendation) => recommendation switch
    {
        Recommendation.Approve => "approve"u8,
        Recommendation.Refer => "refer"u8,
        _ => "decline"u8,
    };

    // What a thread writes with, used again for every answer.
    private sealed class Scratch
    {
        [ThreadStatic]
        private static Scratch? mine;

        public static Scratch Mine => mine ??= new Scratch();

        public Sheet Head { get; } = new();

        public Sheet Tail { get; } = new();

        public JsonBytes Contributions { get; } = new();
    }

    [SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Lives as long as its thread, and its writer holds nothing but the buffer.")]
    private sealed class Sheet
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(1 << 14);
        private readonly Utf8JsonWriter _writer;

        public Sheet() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

        public Utf8JsonWriter Begin()
        {
            _buffer.ResetWrittenCount();
            _writer.Reset();
            return _writer;
        }

        public Span<byte> End()
        {
            _writer.Flush();
            return MemoryMarshal.AsMemory(_buffer.WrittenMemory).Span;
        }
    }
}
