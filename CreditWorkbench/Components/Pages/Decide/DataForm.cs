using System.Globalization;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>The form that a dictionary describes: entries, checks on leaving a field and on the whole, and the record that is saved.</summary>
public sealed class DataForm
{
    private readonly RecordValidator _validator;
    private readonly RecordReading _reading;

    private readonly CultureInfo _culture;

    /// <summary>Makes the form of a dictionary in a reader's culture, filled from stored values where they can be read.</summary>
    /// <param name="definition">The dictionary.</param>
    /// <param name="valuesJson">Values as stored.</param>
    /// <param name="culture">The reader's.</param>
    /// <param name="sourcesJson">Where the values come from, as stored.</param>
    /// <param name="closed">Sources without consent: what comes only from them is not asked.</param>
    public DataForm(ScorecardDefinition definition, string valuesJson, CultureInfo culture, string sourcesJson = ValueSources.None, IReadOnlySet<string>? closed = null)
    {
        _culture = culture;
        closed ??= new HashSet<string>();
        (Definition, _validator, _reading) = (definition, new RecordValidator(definition), RecordReading.Form(culture) with { ClosedSources = closed });
        Entries = [.. definition.Inputs.Select(input => new DataEntry(input) { IsClosed = closed.Contains(input.Source) && input.AlsoFrom.All(closed.Contains) })];
        var sources = ValueSources.FromText(sourcesJson);
        foreach (var entry in Entries)
        {
            if (sources.GetValueOrDefault(entry.Input.Name) is { } source) (entry.Origin, entry.Evidence) = (source.Origin, source.Evidence ?? "");
        }

        if (!InputRecordJson.FromText(definition, valuesJson).TryGet(out var stored, out _)) return;
        foreach (var entry in Entries) Fill(entry, stored[entry.Input.Name]);
    }

    /// <summary>The dictionary.</summary>
    public ScorecardDefinition Definition { get; }

    /// <summary>One entry per input, in the dictionary's order.</summary>
    public IReadOnlyList<DataEntry> Entries { get; }

    /// <summary>How many fields are answered.</summary>
    public int Answered => Entries.Count(entry => entry.Answered);

    /// <summary>Where the values that are given come from, by input.</summary>
    public IReadOnlyDictionary<string, ValueSource> Sources => Entries.Where(entry => entry.HasSource)
        .ToDictionary(entry => entry.Input.Name, entry => new ValueSource(entry.Origin, entry.Evidence.Trim() is { Length: > 0 } evidence ? evidence : null));

    /// <summary>Puts an accepted value into its field.</summary>
    public void Fill(DataEntry entry, InputValue value) => entry.Take(value, (input, one) => AsTyped(input, one, _culture));

    /// <summary>Checks one entry as its field is left: an empty one is not blamed yet.</summary>
    public void Check(DataEntry entry)
    {
        var problem = entry.Answered ? _validator.Check(entry.Input.Name, entry.Raw, _reading with { DemandsRequired = false }) : null;
        Blame(entry, problem is { Code: "field.category.other" } ? null : problem);
    }

    /// <summary>Checks the whole form.</summary>
    /// <returns>The record, or every problem; problems stand at their entries too.</returns>
    public Outcome<InputRecord> CheckAll()
    {
        var outcome = _validator.Validate(Entries.ToDictionary(entry => entry.Input.Name, entry => entry.Raw), _reading);
        foreach (var entry in Entries) Blame(entry, outcome.Problems.FirstOrDefault(problem => problem.Field == entry.Input.Name));
        return outcome;
    }

    /// <summary>What is good so far, the rest missing: the draft.</summary>
    public InputRecord Draft() => _validator.Validate(
        Entries.Where(entry => entry.Error is null).ToDictionary(entry => entry.Input.Name, entry => entry.Raw), _reading with { DemandsRequired = false }) is { Succeeded: true } good
        ? good.Value
        : new InputRecord(Definition, [.. Definition.Inputs.Select(_ => InputValue.Missing)]);

    private static void Blame(DataEntry entry, Problem? problem)
    {
        entry.Error = problem is null ? null : Words.Of(problem);
        entry.Suggestion = (problem as FieldProblem)?.Suggestion;
    }

    private static string AsTyped(InputDefinition input, InputValue value, CultureInfo culture) => (input.Type, value.Kind) switch
    {
        (_, InputValueKind.Text) => value.Text ?? "",
        (InputType.Category, _) => input.Values[(int)value.Number].Code,
        (InputType.Flag, _) => value.Number != 0 ? "1" : "0",
        (InputType.Date, _) => DateOnly.FromDayNumber((int)value.Number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (InputType.DateTime, _) => new DateTime((long)(value.Number * TimeSpan.TicksPerDay), DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        _ => value.Number.ToString("#,##0.######", culture),
    };
}
