using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>What a file gave to the form.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Taken">Inputs that were filled.</param>
/// <param name="Refused">What was not taken: field, row and remedy.</param>
/// <param name="Unknown">Columns that are no inputs.</param>
/// <param name="Row">The row that was read where the file has several; 0 where it has one.</param>
public sealed record FillReport(string Name, IReadOnlyList<string> Taken, IReadOnlyList<Problem> Refused, IReadOnlyList<string> Unknown, int Row);

/// <summary>Fills the form from the first row of a CSV or JSON file: good values are taken, each other one is refused with its reason.</summary>
public static class RowFill
{
    private static readonly FileReadOptions Options = new() { MaxBytes = 8 << 20, MaxColumns = 1_000, MaxCellBytes = 4 << 10 };

    /// <summary>Reads the file and fills.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="content">Its bytes; disposed.</param>
    /// <param name="form">The form; only fields with a good value are touched.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The report, or why the file as a whole gives nothing.</returns>
    public static async Task<Outcome<FillReport>> ReadAsync(string name, Stream content, DataForm form, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await using (content) await content.CopyToAsync(whole, cancellationToken);
        whole.Position = 0;
        if (!(await TabularFile.OpenAsync(whole, Options, cancellationToken)).TryGet(out var rows, out var problems)) return Outcome<FillReport>.Refused(problems);
        await using var opened = rows;
        switch (await rows.ReadAsync(cancellationToken))
        {
            case RowState.Row:
                break;
            case RowState.End:
                return new Problem("file.empty", "The file is empty.") { Remedy = "Choose a CSV file with a header row and at least one data row." };
            default:
                return rows.Problem!;
        }

        var (taken, refused, unknown) = (new List<string>(), new List<Problem>(), new List<string>());
        for (var column = 0; column < rows.Columns.Count; column++) Take(form, rows, column, taken, refused, unknown);
        var several = await rows.ReadAsync(cancellationToken) == RowState.Row;
        return taken.Count + refused.Count == 0
            ? new Problem("fill.nothing", "No column of the file is a field of this form.") { Remedy = "Name the columns as the fields are named." }
            : new FillReport(name, taken, refused, unknown, several ? 1 : 0);
    }

    private static void Take(DataForm form, RowReader rows, int column, List<string> taken, List<Problem> refused, List<string> unknown)
    {
        var (header, text) = (rows.Columns[column].Name, rows.Text(column).Trim());
        var name = form.Definition.Read.RenamedColumns.GetValueOrDefault(header, header);
        if (form.Entries.FirstOrDefault(entry => entry.Input.Name == name) is not { } entry) unknown.Add(header);
        else if (text.Length == 0) return;
        else if (entry.IsClosed) refused.Add(new Problem("fill.closed", "No consent stands for the source of this field.") { Field = name, Row = 1, Remedy = "Ask for consent." });
        else if (Value(form, entry, text).TryGet(out var value, out var problems))
        {
            form.Fill(entry, value);
            (entry.Origin, entry.Evidence, entry.Error) = (Core.Applicants.ValueSources.Usual(entry.Input).Origin, "", null);
            taken.Add(name);
        }
        else refused.AddRange(problems.Select(problem => problem with { Row = 1 }));
    }

    // Files are invariant; what reads as a number in the reader's own way (16,5) is taken, too.
    private static Outcome<InputValue> Value(DataForm form, DataEntry entry, string text)
    {
        var raw = new Dictionary<string, RawValue> { [entry.Input.Name] = RawValue.OfText(text) };
        var validator = new RecordValidator(form.Definition);
        var strict = RecordReading.Strict with { DemandsRequired = false };
        var outcome = validator.Validate(raw, strict);
        if (!outcome.Succeeded && entry.Input.IsNumeric && validator.Validate(raw, strict with { Culture = CultureInfo.CurrentCulture }) is { Succeeded: true } typed) outcome = typed;
        return outcome.Then<InputValue>(record => record[entry.Input.Name]);
    }
}
