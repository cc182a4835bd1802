using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>Which files are accepted as documents: by their first bytes, never by the name or type that the sender states.</summary>
public static class DocumentRules
{
    /// <summary>Largest document in bytes: 5 MiB.</summary>
    public const int MostBytes = 5 * 1024 * 1024;

    /// <summary>Most documents of a case.</summary>
    public const int MostDocuments = 20;

    /// <summary>Longest file name that is kept.</summary>
    public const int LongestName = 120;

    /// <summary>What documents show; pages translate the codes.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["income", "employment", "identity", "home", "collateral", "other"];

    /// <summary>The media type that a file's first bytes stand for.</summary>
    /// <returns>The type, or <c>document.empty</c>, <c>document.size</c>, <c>document.type</c>.</returns>
    public static Outcome<string> TypeOf(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty) return new Problem("document.empty", "The file is empty.") { Field = "document", Remedy = "Choose another file." };
        if (content.Length > MostBytes) return new Problem("document.size", "The file is larger than 5 MB.") { Field = "document", Remedy = "Choose a smaller file." };
        if (content.StartsWith("%PDF-"u8)) return Outcome<string>.Success("application/pdf");
        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return Outcome<string>.Success("image/png");
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Outcome<string>.Success("image/jpeg");
        return new Problem("document.type", "The file is no PDF, PNG or JPEG.") { Field = "document", Remedy = "Choose a PDF, PNG or JPEG." };
    }

    /// <summary>The last part of a path without signs that a file system or a header would read; never empty.</summary>
    public static string PlainName(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new string([.. last.Where(sign => !char.IsControl(sign) && sign is not ('"' or '<' or '>' or ':' or '|' or '?' or '*' or ';'))]).Trim(' ', '.');
        if (kept.Length > LongestName) kept = kept[^LongestName..];
        return kept.Length == 0 ? "document" : kept;
    }
}
