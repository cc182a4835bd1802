using System.Text;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>One applicant's key, unwrapped, for the time of one call.</summary>
internal sealed class DataKey(byte[] key)
{
    public byte[] Seal(string text, string column, Guid row) => Envelope.Seal(key, Encoding.UTF8.GetBytes(text), Envelope.Place(column, row));

    public byte[]? SealOptional(string? text, string column, Guid row) => text is null ? null : Seal(text, column, row);

    public string Open(byte[] sealedBytes, string column, Guid row) => Encoding.UTF8.GetString(Envelope.Open(key, sealedBytes, Envelope.Place(column, row)));

    public byte[] SealBytes(ReadOnlySpan<byte> bytes, string column, Guid row) => Envelope.Seal(key, bytes, Envelope.Place(column, row));

    public byte[] OpenBytes(byte[] sealedBytes, string column, Guid row) => Envelope.Open(key, sealedBytes, Envelope.Place(column, row));

    public string? OpenOptional(byte[]? sealedBytes, string column, Guid row) => sealedBytes is null ? null : Open(sealedBytes, column, row);
}
