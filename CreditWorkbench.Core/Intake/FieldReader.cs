using System.Globalization;
using System.Text.RegularExpressions;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Turns one raw value into the accepted value of one input, or into the reason why not.</summary>
internal sealed class FieldReader
{
    private const int LongestText = 4000;
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(250);
    private readonly InputDefinition _input;
    private readonly FieldMessages _messages;
    private readonly Dictionary<string, int> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _specials = new(StringComparer.Ordinal);
    private readonly Dictionary<double, int> _specialNumbers = [];
    private readonly Regex? _pattern;

    public FieldReader(InputDefinition input)
    {
        (_input, _messages) = (input, new FieldMessages(input));
        for (var i = 0; i < input.Values.Count; i++) _categories.TryAdd(input.Values[i].Code, i);
        for (var i = 0; i < input.Specials.Count; i++)
        {
            _specials.TryAdd(input.Specials[i].Value, i + 1);
            if (NumberText.TryReadInvariant(input.Specials[i].Value, out var number)) _specialNumbers.TryAdd(number, i + 1);
        }

        if (input.Pattern is not null) _pattern = new Regex($"^(?:{input.Pattern})$", RegexOptions.CultureInvariant, PatternTime);
    }

    /// <summary>The problem of a value that is demanded and absent.</summary>
    public FieldProblem Required() => _messages.Required();

    /// <summary>The problem of a value of another type.</summary>
    public FieldProblem WrongType(string given) => _messages.WrongType(given);

    /// <summary>Reads a special code that is written as a text: its code or its tag.</summary>
    public bool TryReadCode(ReadOnlySpan<char> text, out InputValue value)
    {
        for (var i = 0; i < _input.Specials.Count; i++)
        {
            if (!text.SequenceEqual(_input.Specials[i].Value) && !text.SequenceEqual(_input.Specials[i].Tag)) continue;
            value = InputValue.OfSpecial(i + 1);
            return true;
        }

        value = InputValue.Missing;
        return false;
    }

    /// <summary>Reads any raw value.</summary>
    /// <param name="raw">The value.</param>
    /// <param name="reading">Culture and what is checked.</param>
    /// <param name="value">The accepted value.</param>
    /// <param name="finding">The problem when refused; a note, or null, when accepted.</param>
    public bool TryRead(RawValue raw, RecordReading reading, out InputValue value, out FieldProblem? finding)
    {
        (value, finding) = (InputValue.Missing, null);
        switch (raw.Kind)
        {
            case RawValueKind.Missing: return true;
            case RawValueKind.Text: return TryReadText(raw.Text, reading, out value, out finding);
            case RawValueKind.Special: return TryReadSpecial(raw.Text!, out value, out finding);
            case RawValueKind.Compound: return Refuse(_messages.Type(raw.Text!), out finding);
            case RawValueKind.Truth when _input.Type != InputType.Flag: return Refuse(_messages.Type(raw.Number == 1 ? "true" : "false"), out finding);
            default:
                return _input.IsNumeric
                    ? TryAcceptNumber(raw.Number, raw.Text, reading, out value, out finding)
                    : TryReadText(raw.Text ?? raw.Number.ToString("R", CultureInfo.InvariantCulture), reading, out value, out finding);
        }
    }

    /// <summary>Reads a text.</summary>
    public bool TryReadText(ReadOnlySpan<char> text, RecordReading reading, out InputValue value, out FieldProblem? finding)
    {
        text = text.Trim();
        (value, finding) = (InputValue.Missing, null);
        if (text.IsEmpty) return true;
        if (_specials.Count > 0 && _specials.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var code))
        {
            value = InputValue.OfSpecial(code);
            return true;
        }

        return _input.Type switch
        {
            InputType.Number or InputType.Integer => TryReadNumber(text, reading, out value, out finding),
            InputType.Flag => TryReadFlag(text, reading, out value, out finding),
            InputType.Category => TryReadCategory(text, out value, out finding),
            InputType.Date => TryReadDay(DateText.TryReadDate(text, reading.Culture, out var day), day, text, reading, out value, out finding),
            InputType.DateTime => TryReadDay(DateText.TryReadInstant(text, reading.Culture, out var instant), instant, text, reading, out value, out finding),
            _ => TryReadFreeText(text, out value, out finding),
        };
    }

    /// <summary>Judges a number that has been read already.</summary>
    /// <param name="number">The number.</param>
    /// <param name="text">As it stood in the source; null when it never was a text.</param>
    /// <param name="reading">What is checked.</param>
    /// <param name="value">The accepted value.</param>
    /// <param name="finding">The problem when refused; else null.</param>
    public bool TryAcceptNumber(double number, string? text, RecordReading reading, out InputValue value, out FieldProblem? finding)
    {
        (value, finding) = (InputValue.Missing, null);
        if (!double.IsFinite(number)) return Refuse(_messages.NotNumber(text ?? number.ToString("R", CultureInfo.InvariantCulture)), out finding);
        if (_specialNumbers.Count > 0 && _specialNumbers.TryGetValue(number, out var code))
        {
            value = InputValue.OfSpecial(code);
            return true;
        }

        if (_input.Type == InputType.Flag && number is not (0 or 1)) return Refuse(_messages.Flag(number.ToString("R", CultureInfo.InvariantCulture)), out finding);
        if (_input.Type == InputType.Integer && number != Math.Floor(number)) return Refuse(_messages.NotInteger(number), out finding);
        if (reading.ChecksRanges && (number < _input.Minimum || number > _input.Maximum)) return Refuse(_messages.Range(number), out finding);
        value = InputValue.OfNumber(number + 0.0);
        return true;
    }

    private bool TryReadSpecial(string codeOrTag, out InputValue value, out FieldProblem? finding)
    {
        (value, finding) = (InputValue.Missing, null);
        for (var i = 0; i < _input.Specials.Count; i++)
        {
            if (_input.Specials[i].Value != codeOrTag && _input.Specials[i].Tag != codeOrTag) continue;
            value = InputValue.OfSpecial(i + 1);
            return true;
        }

        return Refuse(_messages.Special(codeOrTag), out finding);
    }

    private bool TryReadNumber(ReadOnlySpan<char> text, RecordReading reading, out InputValue value, out FieldProblem? finding)
    {
        value = InputValue.Missing;
        if (reading.Culture is not null && _input.Unit == "percent" && text[^1] == '%') text = text[..^1];
        var read = reading.Culture is null ? NumberText.TryReadInvariant(text, out var number) : NumberText.TryReadTyped(text, reading.Culture, out number);
        return read ? TryAcceptNumber(number, null, reading, out value, out finding) : Refuse(_messages.NotNumber(text.ToString()), out finding);
    }

    private bool TryReadFlag(ReadOnlySpan<char> text, RecordReading reading, out InputValue value, out FieldProblem? finding)
    {
        (value, finding) = (InputValue.Missing, null);
        if (NumberText.TryReadInvariant(text, out var number)) return TryAcceptNumber(number, null, reading, out value, out finding);
        var yes = Is(text, "true") || Is(text, "yes") || Is(text, "y");
        if (!yes && !Is(text, "false") && !Is(text, "no") && !Is(text, "n")) return Refuse(_messages.Flag(text.ToString()), out finding);
        value = InputValue.OfNumber(yes ? 1 : 0);
        return true;
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool TryReadCategory(ReadOnlySpan<char> text, out InputValue value, out FieldProblem? finding)
    {
        (value, finding) = (InputValue.Missing, null);
        if (_categories.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var index) || TryReadNumericCode(text, out index))
        {
            value = InputValue.OfNumber(index);
            return true;
        }

        var given = text.ToString();
        if (!_input.Open) return Refuse(_messages.Category(given, Spelling.Nearest(given, _categories.Keys)), out finding);
        value = InputValue.OfNumber(_input.Values.Count - 1);
        finding = _messages.Other(given);
        return true;
    }

    // Files often write a code 1 as 1.0, because the column once held a blank.
    private bool TryReadNumericCode(ReadOnlySpan<char> text, out int index)
    {
        index = -1;
        return NumberText.TryReadInvariant(text, out var number)
            && (_categories.TryGetValue(number.ToString("R", CultureInfo.InvariantCulture), out index) || TryFindNumber(number, out index));
    }

    private bool TryFindNumber(double number, out int index)
    {
        foreach (var (code, at) in _categories)
        {
            index = at;
            if (NumberText.TryReadInvariant(code, out var declared) && declared == number) return true;
        }

        index = -1;
        return false;
    }

    private bool TryReadDay(bool read, double day, ReadOnlySpan<char> text, RecordReading reading, out InputValue value, out FieldProblem? finding)
    {
        (value, finding) = (InputValue.Missing, null);
        if (!read) return Refuse(_messages.Date(text.ToString()), out finding);
        if (reading.ChecksRanges && (day < _input.Minimum || day > _input.Maximum)) return Refuse(_messages.Range(day), out finding);
        value = InputValue.OfNumber(day);
        return true;
    }

    private bool TryReadFreeText(ReadOnlySpan<char> text, out InputValue value, out FieldProblem? finding)
    {
        (value, finding) = (InputValue.Missing, null);
        if (text.Length > LongestText) return Refuse(_messages.TooLong(LongestText), out finding);
        if (_pattern is not null && !Matches(text)) return Refuse(_messages.Pattern(text.ToString()), out finding);
        value = InputValue.OfText(text.ToString());
        return true;
    }

    // A text on which the pattern runs out of time does not match it.
    private bool Matches(ReadOnlySpan<char> text)
    {
        try
        {
            return _pattern!.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static bool Refuse(FieldProblem problem, out FieldProblem? finding)
    {
        finding = problem;
        return false;
    }
}
