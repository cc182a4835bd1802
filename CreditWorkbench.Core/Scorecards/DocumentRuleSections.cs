namespace CreditWorkbench.Core.Scorecards;

/// <summary>The sections about rules: what can be changed, bands, policy, costs and how models are built.</summary>
/// <param name="definition">The dictionary.</param>
/// <param name="words">Language.</param>
internal sealed class DocumentRuleSections(ScorecardDefinition definition, DocumentWords words)
{
    private readonly ExpressionWords _expressions = new(definition, words);

    /// <summary>What an applicant can change; null where nothing can.</summary>
    public DocumentSection? Actions()
    {
        if (definition.Actions.Count == 0) return null;
        var table = new DocumentTable(words.Of("What the applicant can change", "Yang dapat diubah pemohon"),
            [words.Of("Action", "Tindakan"), words.Of("Moves", "Mengubah"), words.Of("As far as", "Sampai"), words.Of("Smallest step", "Langkah terkecil"), words.Of("Shown after", "Terlihat setelah"), words.Of("Effort", "Upaya"), words.Of("Only if", "Hanya bila"), words.Of("How", "Caranya")],
            [.. definition.Actions.Select(ActionRow)]);
        return new DocumentSection("actions", words.Of("Actions", "Tindakan"), [new DocumentParagraph(words.Of("Everything that is not named here counts as beyond the applicant's control.", "Semua yang tidak disebut di sini dianggap di luar kendali pemohon.")), table]);
    }

    /// <summary>Scale and bands.</summary>
    public DocumentSection Grades()
    {
        var scale = definition.Scale;
        var rises = definition.Target.IsOrdinal
            ? words.Of($"Scores run from {scale.Min} to {scale.Max}. The higher, the lower the risk.", $"Skor berkisar {scale.Min} sampai {scale.Max}. Makin tinggi, makin rendah risikonya.")
            : words.Of($"Scores run from {scale.Min} to {scale.Max}. {words.Number(scale.Base)} stands for {words.Number(scale.Odds)} good cases to one bad; {words.Number(scale.Pdo)} points more double that.",
                $"Skor berkisar {scale.Min} sampai {scale.Max}. {words.Number(scale.Base)} berarti {words.Number(scale.Odds)} kasus baik berbanding satu buruk; {words.Number(scale.Pdo)} poin lebih tinggi menggandakannya.");
        var bands = new DocumentTable(words.Of("Grades", "Peringkat"), [words.Of("Grade", "Peringkat"), words.Of("From", "Mulai"), words.Of("To", "Sampai"), words.Of("Meaning", "Arti")],
            [.. definition.Grades.Select((grade, i) => (IReadOnlyList<string>)[grade.Code, words.Number(grade.From), words.Number(i == 0 ? scale.Max : definition.Grades[i - 1].From - 1), words.In(grade.Label)])]);
        DocumentBlock[] levels = definition.RiskLevels.Count == 0 ? [] :
        [
            new DocumentTable(words.Of("Risk levels", "Tingkat risiko"), [words.Of("Level", "Tingkat"), words.Of("Probability of default up to", "Peluang gagal bayar sampai")],
                [.. definition.RiskLevels.Select(level => (IReadOnlyList<string>)[words.In(level.Label), words.Share(level.UpTo)])]),
        ];
        return new DocumentSection("grades", words.Of("Score and grades", "Skor dan peringkat"), [new DocumentParagraph(rises), bands, .. levels]);
    }

    /// <summary>Rules, cut-offs and authority.</summary>
    public DocumentSection Policy()
    {
        var policy = definition.Policy;
        var cut = words.Of(
            $"Recommended for approval from {policy.ApproveFrom} points, for decline below {policy.DeclineBelow}; between them a person looks at the case.",
            $"Disarankan setuju mulai {policy.ApproveFrom} poin, tolak di bawah {policy.DeclineBelow}; di antaranya kasus dilihat petugas.");
        var person = policy.Automatic
            ? words.Of("A clear recommendation needs no person.", "Rekomendasi yang jelas tidak memerlukan petugas.")
            : words.Of("Every decision is taken by a person.", "Setiap keputusan diambil oleh petugas.");
        var clock = policy.Referral.CapacityPerDay is { } capacity
            ? words.Of($"Officers can take {words.Number(capacity)} referred cases a day; a case is late after {words.Number(policy.Referral.ClockHours)} hours.", $"Petugas dapat menangani {words.Number(capacity)} kasus rujukan per hari; kasus terlambat setelah {words.Number(policy.Referral.ClockHours)} jam.")
            : words.Of($"A referred case is late after {words.Number(policy.Referral.ClockHours)} hours.", $"Kasus rujukan terlambat setelah {words.Number(policy.Referral.ClockHours)} jam.");
        return new DocumentSection("policy", words.Of("Policy", "Kebijakan"), [new DocumentParagraph($"{cut} {person} {clock}"), .. Rules(), .. Authority(), .. Limits()]);
    }

    /// <summary>What wrong decisions cost; null where it is not stated.</summary>
    public DocumentSection? Costs()
    {
        if (definition.Costs is not { } costs) return null;
        DocumentFact?[] facts =
        [
            costs.Lgd is { } lgd ? new(words.Of("Loss given default", "Kerugian bila gagal bayar"), words.Share(lgd)) : null,
            costs.Ead is { } ead ? new(words.Of("Exposure at default", "Eksposur saat gagal bayar"), _expressions.Of(ead)) : null,
            costs.Margin is { } margin ? new(words.Of("Margin of a good loan", "Margin pinjaman baik"), _expressions.Of(margin)) : null,
            costs.FalseNegative is { } bad ? new(words.Of("Approving a bad case", "Menyetujui kasus buruk"), words.Number(bad)) : null,
            costs.FalsePositive is { } good ? new(words.Of("Declining a good case", "Menolak kasus baik"), words.Number(good)) : null,
            costs.Refer > 0 ? new(words.Of("A referral", "Satu rujukan"), words.Number(costs.Refer)) : null,
            costs.InitialPd is { } pd ? new(words.Of("Threshold until one is searched", "Ambang sampai dicari"), words.Share(pd)) : null,
            costs.DefaultAmount is { } amount ? new(words.Of("Amount where none is named", "Jumlah bila tidak disebut"), words.Number(amount)) : null,
        ];
        return new DocumentSection("costs", words.Of("Costs", "Biaya"),
            [new DocumentParagraph(words.Of($"Amounts in {costs.Currency}.", $"Jumlah dalam {costs.Currency}.")), new DocumentFacts([.. facts.OfType<DocumentFact>()])]);
    }

    /// <summary>How models are built.</summary>
    public DocumentSection Training()
    {
        var training = definition.Training;
        var split = DocumentWords.List(
        [
            $"{words.Share(training.TrainShare)} {words.Of("training", "pelatihan")}",
            training.CalibrationShare > 0 ? $"{words.Share(training.CalibrationShare)} {words.Of("calibration", "kalibrasi")}" : "",
            $"{words.Share(training.TestShare)} {words.Of("test", "uji")}",
            training.By is { } by ? words.Of($"one {by} on one side only", $"satu {by} hanya di satu sisi") : "",
        ]);
        return new DocumentSection("training", words.Of("How models are built", "Cara model dibuat"),
        [
            new DocumentFacts(
            [
                new(words.Of("Rows", "Baris"), split),
                new(words.Of("Candidates", "Kandidat"), DocumentWords.List(training.Candidates)),
                new(words.Of("Chosen", "Dipilih"), training.Choose == "best" ? words.Of("the best by cross-validation", "yang terbaik menurut validasi silang") : training.Choose),
                new(words.Of("Few bad cases", "Kasus buruk sedikit"), training.Balance switch { "smote" => "SMOTE", "weights" => words.Of("weights", "bobot"), _ => words.Of("left as they are", "dibiarkan") }),
                new(words.Of("Calibration", "Kalibrasi"), training.Calibration),
                new(words.Of("Folds", "Lipatan"), words.Number(training.Folds)),
            ]),
        ]);
    }

    private IReadOnlyList<string> ActionRow(ActionDefinition action) =>
    [
        words.In(action.Label), words.Name(action.Input),
        action.To is TextLiteral code && definition.Input(action.Input) is { } input ? words.Code(code.Value, input.Values) : _expressions.Of(action.To),
        action.StepBy is { } step ? _expressions.Of(step) : action.Step > 0 ? words.Number(action.Step) : "",
        action.Months == 0 ? words.Of("at once", "seketika") : $"{words.Number(action.Months)} {words.Unit("months")}",
        action.Effort switch { Effort.Low => words.Of("low", "rendah"), Effort.Medium => words.Of("medium", "sedang"), _ => words.Of("high", "tinggi") },
        _expressions.Of(action.OnlyIf), words.In(action.How),
    ];

    private IEnumerable<DocumentBlock> Rules() => definition.Policy.Rules.Count == 0 ? [] :
    [
        new DocumentTable(words.Of("Hard rules", "Aturan keras"), [words.Of("Code", "Kode"), words.Of("When", "Bila"), words.Of("Then", "Maka"), words.Of("Said to the applicant", "Kalimat untuk pemohon"), words.Of("Lawful ground", "Dasar hukum")],
            [.. definition.Policy.Rules.Select(rule => (IReadOnlyList<string>)[rule.Code, _expressions.Of(rule.When), Verdict(rule), words.In(definition.Reason(rule.Code)?.Adverse), rule.Lawful ?? ""])]),
    ];

    private string Verdict(PolicyRule rule) => rule.Verdict switch
    {
        RuleVerdict.Decline => words.Of("decline", "tolak"),
        RuleVerdict.Cap => words.Of($"no more than {_expressions.Of(rule.CapTo)}", $"paling banyak {_expressions.Of(rule.CapTo)}"),
        _ => words.Of("a person looks", "dilihat petugas"),
    };

    private IEnumerable<DocumentBlock> Authority() => definition.Policy.Authority.Count == 0 ? [] :
    [
        new DocumentTable(words.Of("Who may decide", "Siapa yang boleh memutuskan"), [words.Of("Role", "Peran"), words.Of($"Up to ({definition.Currency})", $"Sampai ({definition.Currency})"), words.Of("May override", "Boleh menyimpang"), words.Of("Second person", "Orang kedua")],
            [.. definition.Policy.Authority.Select(role => (IReadOnlyList<string>)[Role(role.Role), words.Number((double)role.UpTo), Override(role.Override), words.Yes(role.SecondPair)])]),
    ];

    private string Role(string role) => role switch
    {
        "LoanOfficer" => words.Of("Loan officer", "Petugas kredit"),
        "SeniorOfficer" => words.Of("Senior officer", "Petugas kredit senior"),
        "CreditCommittee" => words.Of("Credit committee", "Komite kredit"),
        _ => role,
    };

    private string Override(OverrideRight right) => right switch
    {
        OverrideRight.LowSide => words.Of("approve below the cut-off", "setuju di bawah batas"),
        OverrideRight.HighSide => words.Of("decline above the cut-off", "tolak di atas batas"),
        OverrideRight.Both => words.Of("both ways", "dua arah"),
        _ => words.Of("nothing", "tidak ada"),
    };

    private IEnumerable<DocumentBlock> Limits()
    {
        if (definition.Policy.Limits is not { } limits) yield break;
        var most = limits.MaxAmountBy is { } by ? _expressions.Of(by) : words.Range(null, limits.MaxAmount);
        DocumentFact[] facts =
        [
            new(words.Of("Amount", "Jumlah"), DocumentWords.List([words.Range(limits.MinAmount, null), most])),
            new(words.Of("Term in months", "Jangka dalam bulan"), words.Range(limits.MinTermMonths, limits.MaxTermMonths)),
            new(words.Of("Debt service at most", "Beban utang paling tinggi"), limits.MaxDebtService is { } share ? words.Share(share) : ""),
        ];
        yield return new DocumentFacts([.. facts.Where(fact => fact.Value.Length > 0)]);
    }
}
