using System.Buffers;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>Prediction to row and back.</summary>
internal static class PredictionMap
{
    /// <summary>A row of a body of the log; the snapshot stays sealed as it is.</summary>
    public static PredictionRow Write(ReadOnlySpan<byte> body, Guid blockId, int place, KeyRing ring, BlindIndex index)
    {
        var (clear, snapshot) = PredictionFrame.Read(body);
        var reference = PredictionFrame.ReferenceOf(clear.Id, snapshot, ring);
        return new PredictionRow
        {
            Id = clear.Id,
            At = clear.At,
            ClientId = clear.ClientId,
            ScorecardId = clear.Release.ScorecardId,
            ReleaseHash = clear.Release.Hash.Hex,
            Model = clear.Release.Model,
            NumericContract = clear.Release.NumericContract,
            InputHash = clear.InputHash.Hex,
            Kind = clear.Kind.ToString(),
            Issued = clear.Issued,
            Grade = clear.Grade,
            Decision = clear.Decision,
            MarginBits = clear.MarginBits,
            Pd = double.IsNaN(clear.Pd) ? null : clear.Pd,
            Warnings = string.Join(',', clear.Warnings),
            FromCache = clear.FromCache,
            ReferenceToken = reference is null ? null : index.ReferenceOf(clear.ClientId, reference),
            Snapshot = snapshot,
            BlockId = blockId,
            Place = place,
        };
    }

    /// <summary>The clear facts of a row.</summary>
    public static Prediction Clear(PredictionRow row) => new()
    {
        Id = row.Id,
        At = row.At,
        ClientId = row.ClientId,
        Kind = Enum.Parse<PredictionKind>(row.Kind),
        LegalBasis = "",
        Release = new ReleaseReference(new ContentHash(row.ReleaseHash), row.Model, row.ScorecardId, row.NumericContract),
        InputHash = new ContentHash(row.InputHash),
        Values = default,
        MarginBits = row.MarginBits,
        Issued = row.Issued,
        Grade = row.Grade,
        Pd = row.Pd ?? double.NaN,
        Decision = row.Decision,
        Warnings = row.Warnings.Length == 0 ? [] : row.Warnings.Split(','),
        FromCache = row.FromCache,
    };

    /// <summary>The whole prediction of a row.</summary>
    public static Prediction Read(PredictionRow row, KeyRing ring) => PredictionFrame.Unseal(Clear(row), row.Snapshot, ring);

    /// <summary>The frame that a row came from, byte for byte.</summary>
    public static byte[] FrameOf(PredictionRow row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        PredictionFrame.Write(buffer, Clear(row), row.Snapshot);
        return buffer.WrittenSpan.ToArray();
    }
}
