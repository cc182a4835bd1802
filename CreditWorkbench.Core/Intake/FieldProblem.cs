using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>A problem with one input, with the facts that a page needs to say it in another language.</summary>
/// <param name="Code"><c>field.required</c>, <c>field.unknown</c>, <c>field.notNumber</c>, <c>field.notInteger</c>, <c>field.range</c>,
/// <c>field.category</c>, <c>field.category.other</c> (a note), <c>field.flag</c>, <c>field.date</c>, <c>field.pattern</c>,
/// <c>field.tooLong</c>, <c>field.special</c>, <c>field.type</c>.</param>
/// <param name="Message">One sentence in English.</param>
public sealed record FieldProblem(string Code, string Message) : Problem(Code, Message)
{
    /// <summary>The value as it came in; null when there was none or when it is personal data.</summary>
    public string? Given { get; init; }

    /// <summary>Smallest allowed value; null without a limit.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest allowed value; null without a limit.</summary>
    public double? Maximum { get; init; }

    /// <summary>Allowed codes; empty where they are not the point.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The value that was probably meant; null when none is near.</summary>
    public string? Suggestion { get; init; }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
