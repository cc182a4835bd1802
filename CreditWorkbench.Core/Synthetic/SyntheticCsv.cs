using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Writes generated rows as a comma-separated file: keys, inputs in the dictionary's order, outcome.</summary>
public static class SyntheticCsv
{
    private const int RowsPerFlush = 1000;

    /// <summary>Writes a header and <paramref name="count"/> rows, streaming.</summary>
    /// <param name="generator">Generator.</param>
    /// <param name="count">Rows, at least 0.</param>
    /// <param name="switches">Seed, drift and bias.</param>
    /// <param name="writer">Where to; line ends are line feeds whatever its setting.</param>
    /// <param name="progress">Receives the number of rows written from time to time; null for none.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public static async Task WriteAsync(
        SyntheticGenerator generator, int count, SyntheticSwitches switches, TextWriter writer, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var definition = generator.Definition;
        await writer.WriteAsync(Line(Header(definition)).AsMemory(), cancellationToken).ConfigureAwait(false);
        var written = 0;
        foreach (var row in generator.Rows(count, switches))
        {
            await writer.WriteAsync(Line(Cells(generator, row)).AsMemory(), cancellationToken).ConfigureAwait(false);
            if (++written % RowsPerFlush == 0) progress?.Report(written);
        }

        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        progress?.Report(written);
    }

    private static IEnumerable<string> Header(ScorecardDefinition definition) =>
        [.. Keys(definition).Select(key => key.Name), .. definition.Inputs.Select(input => input.Name), definition.Target.Column];

    private static IEnumerable<string> Cells(SyntheticGenerator generator, SyntheticRow row)
    {
        foreach (var (_, cell) in Keys(generator.Definition)) yield return cell(row);
        for (var i = 0; i < row.Record.Values.Count; i++) yield return Cell(generator.Definition.Inputs[i], row.Record.Values[i]);
        yield return generator.OutcomeText(row.Outcome);
    }

    // A key that is an input as well is written once, among the inputs.
    private static IEnumerable<(string Name, Func<SyntheticRow, string> Cell)> Keys(ScorecardDefinition definition)
    {
        var keys = definition.Keys;
        if (keys.Id is { } id && definition.Input(id) is null) yield return (id, row => row.Id);
        if (keys.Applicant is { } applicant && applicant != keys.Id && definition.Input(applicant) is null) yield return (applicant, row => "P-" + row.Id);
        if (keys.Time is { } time && definition.Input(time) is null) yield return (time, row => DateText.WriteDate(row.Date.DayNumber));
    }

    private static string Cell(InputDefinition input, InputValue value) => value.Kind switch
    {
        InputValueKind.Missing => "",
        InputValueKind.Special => input.Specials[(int)value.Number - 1].Value,
        InputValueKind.Text => value.Text!,
        _ => input.Type switch
        {
            InputType.Category => input.Values[(int)value.Number].Code,
            InputType.Date => DateText.WriteDate(value.Number),
            InputType.DateTime => DateText.WriteInstant(value.Number),
            _ => value.Number.ToString("R", CultureInfo.InvariantCulture),
        },
    };

    private static string Line(IEnumerable<string> cells) => CsvText.Line(cells) + "\n";
}
