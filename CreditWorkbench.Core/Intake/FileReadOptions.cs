namespace CreditWorkbench.Core.Intake;

/// <summary>What the caller knows about a file, and limits against hostile ones.</summary>
public sealed record FileReadOptions
{
    /// <summary>Everything detected, a header expected.</summary>
    public static FileReadOptions Default { get; } = new();

    /// <summary>Whether the first record of a delimited file names the columns; without it they are c1..cN.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Delimiter to use; null detects comma, semicolon, tab, pipe or runs of spaces.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Largest number of bytes after unpacking.</summary>
    public long MaxBytes { get; init; } = 64L << 30;

    /// <summary>Largest ratio of unpacked to packed bytes, checked above <see cref="RatioFreeBytes"/>.</summary>
    public double MaxRatio { get; init; } = 100;

    /// <summary>Unpacked bytes below which the ratio does not matter.</summary>
    public long RatioFreeBytes { get; init; } = 16 << 20;

    /// <summary>Largest cell in bytes.</summary>
    public int MaxCellBytes { get; init; } = 256 << 10;

    /// <summary>Largest number of columns.</summary>
    public int MaxColumns { get; init; } = 20_000;
}
