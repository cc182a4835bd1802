using System.Buffers;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Reads the values of one case from JSON bytes as they come in, without a tree in between. Types are strict: numbers are JSON
/// numbers, categories, dates and texts are strings, flags are true, false, 1 or 0; a special code is written as its dictionary writes it.
/// Immutable; safe to share between threads.</summary>
public sealed class RecordJsonReader
{
    private const int MostUnknown = 20;
    private const int LongestName = 60;
    private const int CharsInFrame = 256;
    private const int InputsInFrame = 256;
    private readonly ScorecardDefinition _definition;
    private readonly FieldReader[] _readers;
    private readonly byte[][] _names;
    private readonly InputUse[] _uses;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>Prepares a dictionary.</summary>
    /// <param name="definition">The dictionary.</param>
    /// <param name="refused">Inputs that must not be given; nor are they demanded.</param>
    /// <param name="ignored">Inputs whose values are checked and then left out; nor are they demanded.</param>
    public RecordJsonReader(ScorecardDefinition definition, IReadOnlySet<string> refused, IReadOnlySet<string> ignored)
    {
        _definition = definition;
        _readers = [.. definition.Inputs.Select(input => new FieldReader(input))];
        _names = [.. definition.Inputs.Select(input => System.Text.Encoding.UTF8.GetBytes(input.Name))];
        _uses = [.. definition.Inputs.Select(input => refused.Contains(input.Name) ? InputUse.Refused : ignored.Contains(input.Name) ? InputUse.Ignored : InputUse.Scored)];
        for (var i = 0; i < definition.Inputs.Count; i++) _positions.Add(definition.Inputs[i].Name, i);
    }

    private enum InputUse
    {
        Scored,
        Refused,
        Ignored,
    }

    /// <summary>Reads an object of values; null is missing.</summary>
    /// <param name="reader">On the object's start; afterwards on its end.</param>
    /// <param name="ignoredAny">Whether a value was left out.</param>
    /// <returns>The record, or every problem in the order of the inputs, unknown names last.</returns>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    /// <exception cref="InvalidOperationException">A text holds half a surrogate pair.</exception>
    public Outcome<InputRecord> Read(ref Utf8JsonReader reader, out bool ignoredAny)
    {
        ignoredAny = false;
        var values = new InputValue[_readers.Length];
        Span<bool> seen = _readers.Length <= InputsInFrame ? stackalloc bool[_readers.Length] : new bool[_readers.Length];
        seen.Clear();
        List<(int Order, FieldProblem Problem)>? problems = null;
        var (expected, unknown) = (0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var input = IndexOf(ref reader, expected);
            if (input < 0)
            {
                if (++unknown <= MostUnknown) (problems ??= []).Add((int.MaxValue, Unknown(reader.GetString()!)));
                reader.Read();
                reader.Skip();
                continue;
            }

            expected = input + 1;
            var fault = seen[input] ? Twice(input) : null;
            seen[input] = true;
            reader.Read();
            if (!TryRead(ref reader, input, out var value, out var finding)) fault ??= finding;
            if (fault is null && value.Kind != InputValueKind.Missing && _uses[input] != InputUse.Scored)
            {
                if (_uses[input] == InputUse.Refused) fault = Personal(input);
                else ignoredAny = true;
                value = InputValue.Missing;
            }

            if (fault is null) values[input] = value;
            else (problems ??= []).Add((input, fault));
        }

        AddRequired(values, ref problems);
        if (problems is null) return new InputRecord(_definition, values);
        return Outcome<InputRecord>.Refused([.. problems.OrderBy(problem => problem.Order).Select(problem => problem.Problem)]);
    }

    // Clients mostly send values in the order of the dictionary: the next name is guessed before it is looked up.
    private int IndexOf(ref Utf8JsonReader reader, int expected)
    {
        if (expected < _names.Length && reader.ValueTextEquals(_names[expected])) return expected;
        return _positions.GetValueOrDefault(reader.GetString()!, -1);
    }

    private void AddRequired(InputValue[] values, ref List<(int Order, FieldProblem Problem)>? problems)
    {
        for (var input = 0; input < values.Length; input++)
        {
            if (values[input].Kind != InputValueKind.Missing || _uses[input] != InputUse.Scored || !_definition.Inputs[input].Required) continue;
            var at = input;
            if (problems?.Exists(problem => problem.Order == at) != true) (problems ??= []).Add((input, _readers[input].Required()));
        }
    }

    private bool TryRead(ref Utf8JsonReader reader, int input, out InputValue value, out FieldProblem? finding)
    {
        (value, finding) = (InputValue.Missing, null);
        var field = _readers[input];
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.Number when _definition.Inputs[input].IsNumeric:
                return field.TryAcceptNumber(reader.TryGetDouble(out var number) ? number : double.NaN, null, RecordReading.Strict, out value, out finding);
            case JsonTokenType.Number when _definition.Inputs[input].Type == InputType.Category:
            case JsonTokenType.String:
                return TryReadText(ref reader, input, out value, out finding);
            case JsonTokenType.True or JsonTokenType.False when _definition.Inputs[input].Type == InputType.Flag:
                value = InputValue.OfNumber(reader.TokenType == JsonTokenType.True ? 1 : 0);
                return true;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                finding = field.WrongType(reader.TokenType == JsonTokenType.StartArray ? "a list" : "an object");
                reader.Skip();
                return false;
            default:
                finding = field.WrongType(reader.TokenType switch { JsonTokenType.True => "true", JsonTokenType.False => "false", _ => "a number" });
                return false;
        }
    }

    private bool TryReadText(ref Utf8JsonReader reader, int input, out InputValue value, out FieldProblem? finding)
    {
        var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        var rented = length <= CharsInFrame ? null : ArrayPool<char>.Shared.Rent(length);
        Span<char> text = rented ?? stackalloc char[CharsInFrame];
        try
        {
            var used = reader.TokenType == JsonTokenType.String ? reader.CopyString(text) : System.Text.Encoding.UTF8.GetChars(reader.ValueSpan, text);
            var isNumeric = _definition.Inputs[input].IsNumeric;
            if (!isNumeric) return _readers[input].TryReadText(text[..used], RecordReading.Strict, out value, out finding);
            if (_readers[input].TryReadCode(text[..used], out value))
            {
                finding = null;
                return true;
            }

            finding = _readers[input].WrongType("a text");
            return false;
        }
        finally
        {
            if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        }
    }

    private FieldProblem Twice(int input) => new("field.duplicate", $"{_definition.Inputs[input].Name} is given twice.") { Field = _definition.Inputs[input].Name, Remedy = "Give it once." };

    private FieldProblem Personal(int input) => new("field.personal", $"{_definition.Inputs[input].Label.In("en")} is personal data, which this call does not take.")
    {
        Field = _definition.Inputs[input].Name,
        Remedy = "Leave it out, or open an application for the applicant.",
    };

    private FieldProblem Unknown(string name)
    {
        var shown = name.Length > LongestName ? name[..LongestName] + "..." : name;
        var near = name.Length > LongestName ? null : Spelling.Nearest(name, _positions.Keys);
        return new FieldProblem("field.unknown", $"The scorecard {_definition.Id} has no input {shown}.") { Field = shown, Suggestion = near, Remedy = near is null ? "Leave it out." : $"Did you mean {near}?" };
    }
}
