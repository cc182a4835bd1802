using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Store.Keys;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>A prediction as bytes: length (uint32), CRC-32C of the body (uint32), body. The body is canonical: the clear facts, then the
/// sealed snapshot of reference, legal basis and values. All integers little-endian, texts with a uint16 length in front.</summary>
internal static class PredictionFrame
{
    public const int HeaderSize = 8;

    /// <summary>Longer bodies are no frames: a torn length is recognised before memory is asked for.</summary>
    public const int LongestBody = 3 << 20;

    private const byte Version = 1;
    private const string Column = "Predictions.Snapshot";
    private const int GuidDigits = 32;

    private static ReadOnlySpan<byte> Place => "Predictions.Snapshot:"u8;

    /// <summary>The sealed part of a prediction; valid until the thread seals the next one.</summary>
    public static ReadOnlySpan<byte> Seal(Prediction prediction, KeyRing ring)
    {
        var scratch = Scratch.Mine;
        scratch.Buffer.ResetWrittenCount();
        scratch.Writer.Reset();
        scratch.Writer.WriteStartObject();
        if (prediction.Reference is not null) scratch.Writer.WriteString("reference"u8, prediction.Reference);
        scratch.Writer.WriteString("legalBasis"u8, prediction.LegalBasis);
        scratch.Writer.WritePropertyName("values"u8);
        scratch.Writer.WriteRawValue(prediction.Values.Span, skipInputValidation: true);
        scratch.Writer.WriteEndObject();
        scratch.Writer.Flush();
        Span<byte> place = stackalloc byte[Place.Length + GuidDigits];
        Envelope.Place(Place, prediction.Id, place);
        var sealedBytes = scratch.Sealed(KeyRing.SizeOf(scratch.Buffer.WrittenCount));
        ring.Seal(scratch.Buffer.WrittenSpan, place, sealedBytes);
        return sealedBytes;
    }

    /// <summary>Reads the sealed part into a prediction that has only its clear facts.</summary>
    public static Prediction Unseal(Prediction clear, byte[] snapshot, KeyRing ring)
    {
        using var document = JsonDocument.Parse(ring.Open(snapshot, Envelope.Place(Column, clear.Id)));
        var root = document.RootElement;
        return clear with
        {
            Reference = root.TryGetProperty("reference", out var reference) ? reference.GetString() : null,
            LegalBasis = root.GetProperty("legalBasis").GetString()!,
            Values = Encoding.UTF8.GetBytes(root.GetProperty("values").GetRawText()),
        };
    }

    /// <summary>The reference in the sealed part; null without.</summary>
    public static string? ReferenceOf(Guid id, byte[] snapshot, KeyRing ring)
    {
        var reader = new Utf8JsonReader(ring.Open(snapshot, Envelope.Place(Column, id)));
        while (reader.Read() && reader.TokenType != JsonTokenType.PropertyName)
        {
        }

        if (!reader.ValueTextEquals("reference"u8)) return null; // it would stand in front of everything else
        reader.Read();
        return reader.GetString();
    }

    /// <summary>Adds a frame to a buffer.</summary>
    public static void Write(ArrayBufferWriter<byte> target, Prediction prediction, ReadOnlySpan<byte> snapshot)
    {
        var release = prediction.Release;
        var warnings = prediction.Warnings.Count == 0 ? "" : string.Join(',', prediction.Warnings);
        var most = HeaderSize + 256 + snapshot.Length + 3 * (release.Model.Length + release.ScorecardId.Length + prediction.Grade.Length + warnings.Length);
        var span = target.GetSpan(most);
        var at = HeaderSize;
        span[at++] = Version;
        prediction.Id.TryWriteBytes(span[at..], bigEndian: true, out _);
        prediction.ClientId.TryWriteBytes(span[(at + 16)..], bigEndian: true, out _);
        at += 32;
        BinaryPrimitives.WriteInt64LittleEndian(span[at..], prediction.At.ToMicroseconds().UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(span[(at + 8)..], prediction.MarginBits);
        BinaryPrimitives.WriteInt64LittleEndian(span[(at + 16)..], BitConverter.DoubleToInt64Bits(prediction.Pd));
        BinaryPrimitives.WriteInt32LittleEndian(span[(at + 24)..], prediction.Issued);
        BinaryPrimitives.WriteInt32LittleEndian(span[(at + 28)..], release.NumericContract);
        at += 32;
        span[at++] = (byte)prediction.Kind;
        span[at++] = (byte)prediction.Decision;
        span[at++] = prediction.FromCache ? (byte)1 : (byte)0;
        Convert.FromHexString(release.Hash.Hex, span.Slice(at, 32), out _, out _);
        Convert.FromHexString(prediction.InputHash.Hex, span.Slice(at + 32, 32), out _, out _);
        at += 64;
        WriteText(span, ref at, release.ScorecardId);
        WriteText(span, ref at, release.Model);
        WriteText(span, ref at, prediction.Grade);
        WriteText(span, ref at, warnings);
        BinaryPrimitives.WriteInt32LittleEndian(span[at..], snapshot.Length);
        snapshot.CopyTo(span[(at + 4)..]);
        at += 4 + snapshot.Length;
        BinaryPrimitives.WriteInt32LittleEndian(span, at - HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], Checksum(span[HeaderSize..at]));
        target.Advance(at);
    }

    /// <summary>The body of the next frame; empty where the bytes hold no whole, undamaged one.</summary>
    public static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize) return [];
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length is <= 0 or > LongestBody || bytes.Length - HeaderSize < length) return [];
        var body = bytes.Slice(HeaderSize, length);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == Checksum(body) ? body : [];
    }

    /// <summary>The identity in a body.</summary>
    public static Guid IdOf(ReadOnlySpan<byte> body) => new(body.Slice(1, 16), bigEndian: true);

    /// <summary>The clear facts and the sealed snapshot of a body.</summary>
    public static (Prediction Clear, byte[] Snapshot) Read(ReadOnlySpan<byte> body)
    {
        if (body[0] != Version) throw new InvalidDataException($"A prediction has version {body[0]}, which this version of the program does not know.");
        var at = 1 + 32 + 32 + 3 + 64;
        var (scorecard, model, grade, warnings) = (ReadText(body, ref at), ReadText(body, ref at), ReadText(body, ref at), ReadText(body, ref at));
        var snapshot = body.Slice(at + 4, BinaryPrimitives.ReadInt32LittleEndian(body[at..])).ToArray();
        var clear = new Prediction
        {
            Id = IdOf(body),
            ClientId = new Guid(body.Slice(17, 16), bigEndian: true),
            At = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(body[33..]), TimeSpan.Zero),
            MarginBits = BinaryPrimitives.ReadInt64LittleEndian(body[41..]),
            Pd = BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(body[49..])),
            Issued = BinaryPrimitives.ReadInt32LittleEndian(body[57..]),
            Kind = (PredictionKind)body[65],
            Decision = (Recommendation)body[66],
            FromCache = body[67] == 1,
            Release = new ReleaseReference(new ContentHash(Convert.ToHexStringLower(body.Slice(68, 32))), model, scorecard, BinaryPrimitives.ReadInt32LittleEndian(body[61..])),
            InputHash = new ContentHash(Convert.ToHexStringLower(body.Slice(100, 32))),
            Grade = grade,
            Warnings = warnings.Length == 0 ? [] : warnings.Split(','),
            LegalBasis = "",
            Values = default,
        };
        return (clear, snapshot);
    }

    private static void WriteText(Span<byte> span, ref int at, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, span[(at + 2)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(span[at..], checked((ushort)length));
        at += 2 + length;
    }

    private static string ReadText(ReadOnlySpan<byte> body, ref int at)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(body[at..]);
        var text = Encoding.UTF8.GetString(body.Slice(at + 2, length));
        at += 2 + length;
        return text;
    }

    private static uint Checksum(ReadOnlySpan<byte> body)
    {
        var checksum = uint.MaxValue;
        for (; body.Length >= sizeof(ulong); body = body[sizeof(ulong)..]) checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(body));
        foreach (var each in body) checksum = BitOperations.Crc32C(checksum, each);
        return ~checksum;
    }

    private sealed class Scratch
    {
        [ThreadStatic]
        private static Scratch? mine;

        private byte[] _sealed = new byte[4096];

        private Scratch() => Writer = new Utf8JsonWriter(Buffer);

        public static Scratch Mine => mine ??= new Scratch();

        public ArrayBufferWriter<byte> Buffer { get; } = new(4096);

        public Utf8JsonWriter Writer { get; }

        public Span<byte> Sealed(int length)
        {
            if (_sealed.Length < length) _sealed = new byte[length * 2];
            return _sealed.AsSpan(0, length);
        }
    }
}
