namespace CreditWorkbench.Core.Kernel;

/// <summary>An expected refusal: what is wrong, where, and what to do about it.</summary>
/// <param name="Code">Stable, dotted, lower case; part of the REST contract (<c>consent.missing</c>).</param>
/// <param name="Message">One sentence in English for logs and clients; pages translate by code.</param>
public record Problem(string Code, string Message)
{
    /// <summary>The field (input, column, setting) that the problem is about; null when it is about the whole.</summary>
    public string? Field { get; init; }

    /// <summary>One-based row of the file, counting data rows; null outside files.</summary>
    public long? Row { get; init; }

    /// <summary>What the reader can do; null when the message says it.</summary>
    public string? Remedy { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var where = (Row, Field) switch
        {
            ({ } row, { } field) => $"Row {row}, {field}: ",
            ({ } row, null) => $"Row {row}: ",
            (null, { } field) => $"{field}: ",
            _ => "",
        };
        return Remedy is null ? where + Message : $"{where}{Message} {Remedy}";
    }
}
