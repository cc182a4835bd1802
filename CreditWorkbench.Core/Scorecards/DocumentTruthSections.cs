using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>The section about made-up data: the mechanism that its outcomes follow, and what was measured on it.</summary>
/// <param name="definition">The dictionary.</param>
/// <param name="words">Language.</param>
internal sealed class DocumentTruthSections(ScorecardDefinition definition, DocumentWords words)
{
    private readonly ExpressionWords _expressions = new(definition, words);

    /// <summary>The stated truth; null without a generator.</summary>
    public DocumentSection? Truth()
    {
        if (definition.Synthetic is not { } synthetic) return null;
        var said = words.Of(
            "Made-up rows follow the mechanism below, so that what a model finds can be held against it. They stand for no real person. Figures are shares or AUC and were measured on a seeded run.",
            "Baris buatan mengikuti mekanisme di bawah ini, sehingga temuan model dapat dibandingkan dengannya. Baris itu bukan orang nyata. Angka berupa bagian atau AUC dan diukur pada satu pembangkitan dengan benih tetap.");
        return new DocumentSection("truth", words.Of("Made-up data and its truth", "Data buatan dan kebenarannya"),
            [new DocumentParagraph(said), Facts(synthetic), Terms(synthetic), .. Masks(synthetic), .. Switches(synthetic), .. Verified(synthetic)]);
    }

    private DocumentFacts Facts(SyntheticDefinition synthetic) => new(
    [
        new(words.Of("Rows by default", "Baris baku"), words.Number(synthetic.Rows)),
        new(words.Of("Period", "Masa"), string.Create(CultureInfo.InvariantCulture, $"{synthetic.Period.First:yyyy-MM-dd} – {synthetic.Period.Last:yyyy-MM-dd}")),
        synthetic.Cuts.Count > 0
            ? new(words.Of("Cuts of the log-odds between classes", "Batas log-odds antar kelas"), string.Join("; ", synthetic.Cuts.Select(words.Number)))
            : new(words.Of("Log-odds before any term", "Log-odds sebelum suku apa pun"), words.Number(synthetic.Intercept)),
        new(words.Of("Chance that nobody observes (standard deviation of log-odds)", "Kebetulan yang tidak teramati (simpangan baku log-odds)"), words.Number(synthetic.Noise)),
    ]);

    private DocumentTable Terms(SyntheticDefinition synthetic) => new(words.Of("Terms of the log-odds of a bad outcome", "Suku log-odds hasil buruk"),
        [words.Of("Term", "Suku"), words.Of("Weight", "Bobot"), words.Of("Shape", "Bentuk"), words.Of("Value", "Nilai")],
        [.. synthetic.Terms.Select(term => (IReadOnlyList<string>)[term.Name.Replace('_', ' '), words.Number(term.Weight), Shape(term.Kind), _expressions.Of(term.Value)])]);

    private string Shape(string? kind) => kind switch
    {
        "interaction" => words.Of("interaction", "interaksi"),
        "nonlinear" => words.Of("curved", "melengkung"),
        null => words.Of("straight", "lurus"),
        _ => kind,
    };

    private IEnumerable<DocumentBlock> Masks(SyntheticDefinition synthetic)
    {
        var masks = synthetic.Specials.Concat(synthetic.Tables.SelectMany(table => table.Specials)).Concat(synthetic.Missing).ToArray();
        if (masks.Length == 0) return [];
        return
        [
            new DocumentTable(words.Of("Values that are hidden", "Nilai yang disembunyikan"), [words.Of("Fact", "Data"), words.Of("Written instead", "Ditulis sebagai"), words.Of("How often", "Seberapa sering"), words.Of("Kind", "Jenis")],
                [.. masks.Select(mask => (IReadOnlyList<string>)[words.Name(mask.Input), mask.Code ?? words.Of("nothing", "kosong"), HowOften(mask), mask.Kind ?? ""])]),
        ];
    }

    private string HowOften(MaskDefinition mask) =>
        mask.Probability is { } share ? words.Share(share)
        : mask.Logit is { } logit ? words.Of($"log-odds {_expressions.Of(logit)}", $"log-odds {_expressions.Of(logit)}")
        : mask.When is { } when ? words.Of($"where {_expressions.Of(when)}", $"bila {_expressions.Of(when)}") : "";

    private IEnumerable<DocumentBlock> Switches(SyntheticDefinition synthetic)
    {
        var effects = synthetic.Drift.Select(effect => (Switch: words.Of("drift", "pergeseran"), effect)).Concat(synthetic.Bias.Select(effect => (Switch: words.Of("bias", "bias"), effect))).ToArray();
        if (effects.Length == 0) return [];
        return
        [
            new DocumentTable(words.Of("What the switches do (x from 0 to 1)", "Kerja sakelar (x dari 0 sampai 1)"), [words.Of("Switch", "Sakelar"), words.Of("Changes", "Mengubah"), words.Of("To", "Menjadi"), words.Of("Kind", "Jenis")],
                [.. effects.Select(each => (IReadOnlyList<string>)[each.Switch, Changed(each.effect), _expressions.Of(each.effect.DrawValue ?? each.effect.AddToRisk ?? each.effect.TermFactor ?? each.effect.Keep), each.effect.Kind ?? ""])]),
        ];
    }

    private string Changed(SwitchEffect effect) =>
        effect.Draw is { } draw ? words.Name(draw)
        : effect.AddToRisk is not null ? words.Of("log-odds, added", "log-odds, ditambah")
        : effect.Term is { } term ? words.Of($"term {term}, times", $"suku {term}, dikali")
        : words.Of("share of rows kept", "bagian baris yang dipakai");

    private IEnumerable<DocumentBlock> Verified(SyntheticDefinition synthetic) => synthetic.Verified.Count == 0 ? [] :
    [
        new DocumentTable(words.Of("Measured", "Terukur"), [words.Of("Figure", "Angka"), words.Of("Value", "Nilai")],
            [.. synthetic.Verified.Select(figure => (IReadOnlyList<string>)[figure.Key.Replace('_', ' '), words.Number(figure.Value)])]),
    ];
}
