using System.Text;

namespace CreditWorkbench.Core.Registry;

/// <summary>A long text as UTF-8, decoded when it is read and not kept: a report of tens of megabytes would be twice as long in memory.</summary>
internal sealed record PackedText(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>Packs a text.</summary>
    public PackedText(string text) : this(Encoding.UTF8.GetBytes(text))
    {
    }

    /// <summary>No text.</summary>
    public static PackedText Empty { get; } = new(ReadOnlyMemory<byte>.Empty);

    /// <summary>The text.</summary>
    public string Text => Encoding.UTF8.GetString(Utf8.Span);

    /// <inheritdoc/>
    public bool Equals(PackedText? other) => other is not null && Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => Utf8.Length;
}
