using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>The sections about facts: what it is for, who and what is asked, what is worked out.</summary>
/// <param name="definition">The dictionary.</param>
/// <param name="words">Language.</param>
internal sealed class DocumentFactSections(ScorecardDefinition definition, DocumentWords words)
{
    private readonly ExpressionWords _expressions = new(definition, words);

    /// <summary>What the score says and on what it rests.</summary>
    public DocumentSection Purpose() => new("purpose", words.Of("Purpose", "Tujuan"),
    [
        new DocumentParagraph(words.In(definition.Summary)),
        new DocumentFacts(
        [
            new(words.Of("Scorecard", "Kartu skor"), definition.Id),
            new(words.Of("Version", "Versi"), definition.Version),
            new(words.Of("Languages", "Bahasa"), DocumentWords.List(definition.Languages)),
            new(words.Of("Outcome", "Hasil yang diperkirakan"), words.In(definition.Target.Meaning)),
            .. Horizon(),
            new(words.Of("A score holds for", "Skor berlaku"), $"{words.Number(definition.ScoreValidDays)} {words.Unit("days")}"),
            new(words.Of("Currency", "Mata uang"), definition.Currency),
            new(words.Of("Scoring rules", "Aturan penilaian"), definition.ScoringHash.Short),
            new(words.Of("Texts", "Teks"), definition.PresentationHash.Short),
        ]),
    ]);

    /// <summary>Whom it scores and where facts about them come from.</summary>
    public DocumentSection People()
    {
        var who = definition.SubjectIsCompany ? words.Of("Companies apply.", "Pemohon adalah perusahaan.") : words.Of("Persons apply.", "Pemohon adalah perorangan.");
        var table = new DocumentTable(words.Of("Sources of facts", "Sumber data"),
            [words.Of("Source", "Sumber"), words.Of("Consent needed", "Perlu persetujuan"), words.Of("Consent valid for", "Persetujuan berlaku"), words.Of("Can be withdrawn and is trained for it", "Dapat ditarik dan model dilatih untuk itu")],
            [.. definition.Sources.Select(source => (IReadOnlyList<string>)[words.In(source.Label), words.Yes(source.NeedsConsent), source.NeedsConsent ? Validity(source) : "", words.Yes(source.Withdrawable)])]);
        return new DocumentSection("people", words.Of("Who is scored", "Siapa yang dinilai"), [new DocumentParagraph(who), table]);
    }

    /// <summary>The text that the applicant agrees to.</summary>
    public DocumentSection Consent() => new("consent", words.Of("Consent", "Persetujuan"),
    [
        new DocumentParagraph(words.In(definition.Consent.Text)),
        new DocumentFacts(
        [
            new(words.Of("Purposes", "Tujuan"), DocumentWords.List(definition.Consent.Purposes.Select(words.Purpose))),
            new(words.Of("Without these nothing is scored", "Tanpa ini tidak ada penilaian"), DocumentWords.List(definition.Consent.RequiredForScore.Select(words.Purpose))),
        ]),
    ]);

    /// <summary>What is asked, with ranges, codes and sources.</summary>
    public DocumentSection Inputs()
    {
        var asked = definition.Inputs.Where(input => input.Staged is null).ToArray();
        var table = new DocumentTable(words.Of("Facts that are asked", "Data yang ditanyakan"),
            [words.Of("Fact", "Data"), words.Of("Name", "Nama"), words.Of("Unit", "Satuan"), words.Of("Allowed", "Nilai yang boleh"), words.Of("Required", "Wajib"), words.Of("Special codes", "Kode khusus"), words.Of("Source", "Sumber"), words.Of("Use", "Kegunaan"), words.Of("How to find it", "Cara memperolehnya")],
            [.. asked.Select(InputRow)]);
        return new DocumentSection("inputs", words.Of("Facts asked", "Data yang ditanyakan"), [table]);
    }

    /// <summary>Tables that features are worked out from, and the rules on their rows; null for one flat file.</summary>
    public DocumentSection? Tables()
    {
        if (definition.Staging is not { } staging) return null;
        var tables = new DocumentTable(words.Of("Tables", "Tabel"), [words.Of("Table", "Tabel"), words.Of("File", "Berkas"), words.Of("Key", "Kunci"), words.Of("Rows", "Baris"), words.Of("Dated by", "Bertanggal menurut"), words.Of("Source", "Sumber")],
            [.. staging.Tables.Select(table => (IReadOnlyList<string>)[table.Name, table.File, table.Key, Join(table), table.Date ?? "", table.Source is { } source ? words.Source(source) : ""])]);
        var rules = new DocumentTable(words.Of("Rows that are kept out or noted", "Baris yang disisihkan atau dicatat"), [words.Of("Code", "Kode"), words.Of("Tables", "Tabel"), words.Of("What is wrong", "Masalah"), words.Of("What happens", "Tindakan")],
            [.. staging.Quarantine.Select(rule => (IReadOnlyList<string>)[rule.Code, rule.Tables.Contains("*") ? words.Of("all", "semua") : DocumentWords.List(rule.Tables), words.In(rule.Text), Verdict(rule.Verdict)])]);
        var moment = words.Of($"Nothing dated at or after {words.Name(staging.AsOf)} is ever used. A month of a window has {words.Number(staging.MonthDays)} days.",
            $"Data bertanggal pada atau setelah {words.Name(staging.AsOf)} tidak pernah dipakai. Satu bulan jendela adalah {words.Number(staging.MonthDays)} hari.");
        return new DocumentSection("tables", words.Of("Tables and their checks", "Tabel dan pemeriksaannya"), [new DocumentParagraph(moment), tables, rules, .. Gate(staging)]);
    }

    /// <summary>What is worked out, in words, with direction and reason.</summary>
    public DocumentSection Features()
    {
        var table = new DocumentTable(words.Of("What the score is worked out from", "Dasar perhitungan skor"),
            [words.Of("Feature", "Fitur"), words.Of("Family", "Kelompok"), words.Of("Worked out as", "Cara menghitung"), words.Of("When it rises, risk", "Bila naik, risiko"), words.Of("Said when it lowers the score", "Kalimat bila menurunkan skor"), words.Of("Advice", "Saran")],
            [.. StagedInputs.FeaturesOf(definition).Select(FeatureRow)]);
        return new DocumentSection("features", words.Of("Features", "Fitur"), [table]);
    }

    private IReadOnlyList<string> InputRow(InputDefinition input) =>
    [
        words.In(input.Label), input.Name, words.Unit(input.Unit, input.Per), Allowed(input), words.Yes(input.Required),
        string.Join("; ", input.Specials.Select(special => $"{special.Value}: {words.In(special.Label)}")),
        DocumentWords.List([words.Source(input.Source), .. input.AlsoFrom.Select(words.Source)]), Use(input), words.In(input.Help),
    ];

    private string Use(InputDefinition input) => DocumentWords.List(
    [
        input.Sensitive ? words.Of("sensitive: law and audit only, never the model", "peka: hanya untuk hukum dan audit, tidak pernah untuk model") : "",
        input.Pii is not null ? words.Of("personal: encrypted and masked", "data pribadi: disandikan dan disamarkan") : "",
        input.BlankNeverHelps ? words.Of("left blank it never helps", "bila dikosongkan tidak pernah menguntungkan") : "",
    ]);

    private string Allowed(InputDefinition input) => input.Values.Count == 0 ? words.Range(input.Minimum, input.Maximum)
        : string.Join("; ", input.Values.Select(value => value.Code == words.In(value.Label) ? value.Code : $"{value.Code}: {words.In(value.Label)}"));

    private IReadOnlyList<string> FeatureRow(FeatureDefinition feature)
    {
        var reason = feature.Reason is { } code ? definition.Reason(code) : null;
        var use = feature.Use switch
        {
            FeatureUse.Policy => words.Of(" (policy only)", " (hanya kebijakan)"),
            FeatureUse.Monitor => words.Of(" (monitoring only)", " (hanya pemantauan)"),
            FeatureUse.Audit => words.Of(" (fairness audit only)", " (hanya audit kesetaraan)"),
            _ => "",
        };
        return
        [
            words.In(feature.Label) + use, words.In(definition.Groups.FirstOrDefault(group => group.Name == feature.Group)?.Label),
            feature.Expression is null ? words.Of("as asked", "sebagaimana ditanyakan") : _expressions.Of(feature.Expression),
            feature.Direction switch { RiskDirection.Rises => words.Of("rises", "naik"), RiskDirection.Falls => words.Of("falls", "turun"), _ => words.Of("may go either way", "bisa naik atau turun") },
            reason is null ? "" : $"{reason.Code}: {words.In(reason.Adverse)}", words.In(reason?.Advice),
        ];
    }

    private IEnumerable<DocumentFact> Horizon() =>
        definition.Target.HorizonMonths == 0 ? [] : [new(words.Of("Watched for", "Diamati selama"), $"{words.Number(definition.Target.HorizonMonths)} {words.Unit("months")}")];

    private string Validity(SourceDefinition source) =>
        source.Months is { } months ? $"{words.Number(months)} {words.Unit("months")}" : $"365 {words.Unit("days")}";

    private string Join(StagingTable table) => table.Join switch
    {
        StagingJoin.Base => words.Of("one feature row each", "satu baris fitur per baris"),
        StagingJoin.One => words.Of("one per application", "satu per permohonan"),
        _ => words.Of("many per application", "banyak per permohonan"),
    };

    private string Verdict(QuarantineVerdict verdict) => verdict switch
    {
        QuarantineVerdict.Warn => words.Of("kept and noted", "dipakai dan dicatat"),
        QuarantineVerdict.RejectFile => words.Of("the file is refused", "berkas ditolak"),
        _ => words.Of("kept out", "disisihkan"),
    };

    private IEnumerable<DocumentBlock> Gate(StagingDefinition staging)
    {
        if (staging.Gate is not { } gate) yield break;
        yield return new DocumentParagraph(words.Of(
            $"A load replaces the last good one when at least {words.Share(gate.MinPassRate)} of the rows of each table pass.",
            $"Pemuatan menggantikan yang terakhir bila sedikitnya {words.Share(gate.MinPassRate)} baris setiap tabel lolos."));
        if (staging.Schedule is { } schedule)
            yield return new DocumentParagraph(string.Create(CultureInfo.InvariantCulture, $"{words.Of("Loaded daily at", "Dimuat setiap hari pukul")} {schedule.DailyAt:HH\\:mm} {schedule.Zone}."));
    }
}
