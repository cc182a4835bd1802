using System.Text;

namespace CreditWorkbench.Core.Intake;

/// <summary>Finds the encoding of a text from its first bytes.</summary>
internal static class TextEncoding
{
    /// <summary>The Western code page that stands for every single-byte file: a superset of latin-1's letters.</summary>
    public static Encoding Western { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>UTF-8 that refuses what is not.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Encoding and length of the byte order mark, by mark first, then by whether the sample is valid UTF-8.</summary>
    /// <param name="sample">First bytes of the file; may end inside a character.</param>
    public static (Encoding Encoding, int MarkLength) Detect(ReadOnlySpan<byte> sample)
    {
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return (Utf8, 3);
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return (Encoding.Unicode, 2);
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return (Encoding.BigEndianUnicode, 2);
        return (IsUtf8(sample) ? Utf8 : Western, 0);
    }

    private static bool IsUtf8(ReadOnlySpan<byte> sample)
    {
        if (System.Text.Unicode.Utf8.IsValid(sample)) return true;
        // A sample may be cut inside the last character, which is at most four bytes long.
        for (var cut = 1; cut <= 3 && cut < sample.Length; cut++)
        {
            if (sample[^cut] >= 0xC0) return System.Text.Unicode.Utf8.IsValid(sample[..^cut]);
        }

        return false;
    }
}
