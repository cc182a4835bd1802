using System.IO.Compression;
using System.Text;

namespace CreditWorkbench.Tests.Intake;

/// <summary>Packs bytes as files.</summary>
internal static class Packed
{
    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal)) gzip.Write(bytes);
        return target.ToArray();
    }

    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return target.ToArray();
    }
}
