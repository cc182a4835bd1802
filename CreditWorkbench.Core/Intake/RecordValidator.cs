using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Judges the values of one case against a dictionary and reports every problem at once. Immutable; make one per
/// dictionary and keep it.</summary>
public sealed class RecordValidator
{
    private readonly FieldReader[] _readers;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>Prepares a dictionary.</summary>
    public RecordValidator(ScorecardDefinition definition)
    {
        Definition = definition;
        _readers = [.. definition.Inputs.Select(input => new FieldReader(input))];
        for (var i = 0; i < definition.Inputs.Count; i++) _positions.Add(definition.Inputs[i].Name, i);
    }

    /// <summary>The dictionary.</summary>
    public ScorecardDefinition Definition { get; }

    /// <summary>Validates values by input name.</summary>
    /// <param name="values">Raw values; an input that is not named is missing.</param>
    /// <param name="reading">Culture, and what is demanded.</param>
    /// <param name="notes">Receives what was accepted with a remark (an unlisted code of an open category); null drops them.</param>
    /// <returns>The record, or every problem, in the order of the inputs, unknown names last.</returns>
    public Outcome<InputRecord> Validate(IReadOnlyDictionary<string, RawValue> values, RecordReading reading, ICollection<Problem>? notes = null)
    {
        var accepted = new InputValue[_readers.Length];
        var problems = new List<Problem>();
        for (var i = 0; i < _readers.Length; i++)
        {
            var raw = values.GetValueOrDefault(Definition.Inputs[i].Name);
            if (Judge(i, raw, reading, out accepted[i]) is not { } finding) continue;
            if (finding.Code == "field.category.other") notes?.Add(finding);
            else problems.Add(finding);
        }

        foreach (var name in values.Keys.Where(name => !_positions.ContainsKey(name)).Order(StringComparer.Ordinal)) problems.Add(Unknown(name));
        return problems.Count > 0 ? problems : new InputRecord(Definition, accepted);
    }

    /// <summary>Checks one value alone, as a form does on blur.</summary>
    /// <returns>The problem or note; null when the value is good.</returns>
    /// <exception cref="ArgumentException">The dictionary has no such input.</exception>
    public FieldProblem? Check(string input, RawValue value, RecordReading reading) => _positions.TryGetValue(input, out var index)
        ? Judge(index, value, reading, out _)
        : throw new ArgumentException($"The scorecard {Definition.Id} has no input {input}.", nameof(input));

    /// <summary>Whether an input has a source that may be used.</summary>
    internal static bool IsOpen(InputDefinition input, RecordReading reading) =>
        reading.ClosedSources.Count == 0 || !reading.ClosedSources.Contains(input.Source) || input.AlsoFrom.Any(source => !reading.ClosedSources.Contains(source));

    private FieldProblem? Judge(int index, RawValue raw, RecordReading reading, out InputValue value)
    {
        value = InputValue.Missing;
        var input = Definition.Inputs[index];
        if (!IsOpen(input, reading)) return null;
        if (!_readers[index].TryRead(raw, reading, out value, out var finding)) return finding;
        return value.Kind == InputValueKind.Missing && input.Required && reading.DemandsRequired && !reading.KeptElsewhere.Contains(input.Name) ? _readers[index].Required() : finding;
    }

    private FieldProblem Unknown(string name)
    {
        var near = Spelling.Nearest(name, _positions.Keys);
        return new FieldProblem("field.unknown", $"The scorecard {Definition.Id} has no input {name}.")
        {
            Field = name,
            Suggestion = near,
            Remedy = near is null ? "Leave it out." : $"Did you mean {near}?",
        };
    }
}
