namespace CreditWorkbench.Core.Intake;

/// <summary>Refuses bytes whose CRC-32 is not the one that the archive states; the framework's reader of zips does not look.</summary>
/// <remarks>CRC of ISO 3309 with the reflected polynomial EDB88320, byte by byte.</remarks>
internal sealed class ChecksummedStream(Stream inner, uint expected) : ForwardStream(inner)
{
    private static readonly uint[] Table = MakeTable();

    private uint _crc = uint.MaxValue;

    public override int Read(Span<byte> buffer)
    {
        var read = Inner.Read(buffer);
        Check(buffer[..read]);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Check(buffer.Span[..read]);
        return read;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB8_8320 ^ (crc >> 1);
            table[i] = crc;
        }

        return table;
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty && ~_crc != expected) throw new InvalidDataException("the checksum of the zipped file does not match.");
        foreach (var letter in bytes) _crc = Table[(byte)(_crc ^ letter)] ^ (_crc >> 8);
    }
}
