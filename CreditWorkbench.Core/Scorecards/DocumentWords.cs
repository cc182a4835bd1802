using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Words, numbers and names of a document in one language.</summary>
internal sealed class DocumentWords
{
    private const double LargestPlain = 1e15;
    private readonly ScorecardDefinition _definition;
    private readonly NumberFormatInfo _numbers;
    private readonly string _language;

    public DocumentWords(ScorecardDefinition definition, string language)
    {
        (_definition, _language) = (definition, language);
        Language = language.Length > 2 ? language[..2] : language;
        _numbers = Language == "id" ? new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } : NumberFormatInfo.InvariantInfo;
    }

    /// <summary>Two-letter code.</summary>
    public string Language { get; }

    /// <summary>The English or the Indonesian wording; other languages read English.</summary>
    public string Of(string english, string indonesian) => Language == "id" ? indonesian : english;

    /// <summary>A text of the dictionary; empty for none.</summary>
    public string In(LocalizedText? text) => text?.In(_language) ?? "";

    /// <summary>A number with grouped thousands and as many decimals as it has, at most ten.</summary>
    public string Number(double value) =>
        Math.Abs(value) >= LargestPlain ? value.ToString("R", _numbers) : value.ToString("#,##0.##########", _numbers);

    /// <summary>A share in per cent.</summary>
    public string Share(double value) => $"{Number(Math.Round(value * 100, 4))} %";

    /// <summary>Yes or no.</summary>
    public string Yes(bool value) => value ? Of("yes", "ya") : Of("no", "tidak");

    /// <summary>A unit: currencies as they are, the dictionary's English words in the document's language.</summary>
    public string Unit(string? unit, string? per = null)
    {
        var name = unit switch
        {
            null => "",
            "months" => Of("months", "bulan"),
            "years" => Of("years", "tahun"),
            "days" => Of("days", "hari"),
            "hours" => Of("hours", "jam"),
            "ratio" => Of("ratio", "rasio"),
            "percent" => "%",
            "count" => Of("count", "jumlah"),
            "score" => Of("score", "skor"),
            "points" => Of("points", "poin"),
            "people" => Of("people", "orang"),
            _ => unit,
        };
        return per switch
        {
            "month" => Of($"{name} per month", $"{name} per bulan"),
            "year" => Of($"{name} per year", $"{name} per tahun"),
            _ => name,
        };
    }

    /// <summary>An inclusive range; empty without limits.</summary>
    public string Range(double? minimum, double? maximum) => (minimum, maximum) switch
    {
        ({ } low, { } high) => Of($"{Number(low)} to {Number(high)}", $"{Number(low)} sampai {Number(high)}"),
        ({ } low, null) => Of($"from {Number(low)}", $"mulai {Number(low)}"),
        (null, { } high) => Of($"up to {Number(high)}", $"sampai {Number(high)}"),
        _ => "",
    };

    /// <summary>What an input, a feature or a column is called; its name where the dictionary labels none.</summary>
    public string Name(string name) =>
        _definition.Feature(name) is { } feature ? In(feature.Label)
        : _definition.Input(name) is { } input ? In(input.Label)
        : name switch
        {
            "amount" => Of("amount", "jumlah pinjaman"),
            "term_months" => Of("term in months", "jangka dalam bulan"),
            "change" => Of("the change", "perubahan"),
            "new" => Of("the new value", "nilai baru"),
            "old" => Of("the old value", "nilai lama"),
            "months" => Of("months passed", "bulan berlalu"),
            _ => name,
        };

    /// <summary>The label of a source.</summary>
    public string Source(string name) => In(_definition.Sources.FirstOrDefault(source => source.Name == name)?.Label) is { Length: > 0 } label ? label : name;

    /// <summary>The label of a category's code.</summary>
    public string Code(string code, IEnumerable<CategoryValue> values) => In(values.FirstOrDefault(value => value.Code == code)?.Label) is { Length: > 0 } label ? label : code;

    /// <summary>The purposes of consent in words.</summary>
    public string Purpose(string purpose) => purpose switch
    {
        "scoring" => Of("scoring", "penilaian"),
        "explanation" => Of("explanation", "penjelasan"),
        "improvement_plan" => Of("improvement plan", "rencana perbaikan"),
        "model_improvement" => Of("improvement of models", "perbaikan model"),
        "monitoring" => Of("monitoring", "pemantauan"),
        _ => purpose.Replace('_', ' '),
    };

    /// <summary>Texts after commas.</summary>
    public static string List(IEnumerable<string> texts) => string.Join(", ", texts.Where(text => text.Length > 0));
}
