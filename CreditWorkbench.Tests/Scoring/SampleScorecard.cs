using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Tests.Scoring;

/// <summary>A small dictionary written by hand: five inputs that pass through, one special code, one sensitive input.</summary>
internal static class SampleScorecard
{
    public static ScorecardDefinition Binary { get; } = Build(ordinal: false);

    public static ScorecardDefinition Ordinal { get; } = Build(ordinal: true);

    public static LocalizedText Text(string english, string indonesian) => new(new Dictionary<string, string> { ["en"] = english, ["id"] = indonesian });

    public static InputDefinition Number(string name, string? unit, double min, double max, double grows = 0) => new()
    {
        Name = name,
        Type = InputType.Number,
        Label = Text(name, name),
        Help = Text("", ""),
        Unit = unit,
        Minimum = min,
        Maximum = max,
        Source = "declared",
        Grows = grows,
    };

    public static FeatureDefinition Passed(string name, RiskDirection direction, string group, string reason, string? unit = null, double scale = 1) => new()
    {
        Name = name,
        From = name,
        Label = Text($"{name} label", $"label {name}"),
        Unit = unit,
        Scale = scale,
        Direction = direction,
        Group = group,
        Reason = reason,
    };

    /// <summary>The program of a dictionary cut down to its first features.</summary>
    public static FeatureProgram ProgramOf(ScorecardDefinition definition, int features = int.MaxValue) =>
        FeatureProgram.Compile(definition with { Features = [.. definition.Features.Take(features)] }, FittedTransforms.None);

    private static ScorecardDefinition Build(bool ordinal) => new()
    {
        Id = "sample",
        Version = "1.0.0",
        Languages = ["en", "id"],
        Title = Text("Sample", "Contoh"),
        Summary = Text("", ""),
        Currency = "IDR",
        Sources = [new("declared", Text("Stated", "Dinyatakan"), false, null, false)],
        Consent = new(["scoring"], ["scoring"], Text("", "")),
        Groups = [new("burden", Text("Burden", "Beban")), new("history", Text("History", "Riwayat")), new("other", Text("Other", "Lain"))],
        Inputs =
        [
            Number("dsr", "ratio", 0, 2),
            Number("balance", "IDR", -1_000_000, 100_000_000),
            Number("tenure", "months", 0, 120, grows: 1) with { Specials = [new("-1", "no_file", Text("No file", "Tanpa data"))] },
            Number("job", null, 0, 2) with { Type = InputType.Category, Values = [new("gov", Text("Government", "Pemerintah")), new("priv", Text("Private", "Swasta")), new("none", Text("None", "Tidak ada"))] },
            Number("age", "years", 17, 100) with { Sensitive = true },
        ],
        Features =
        [
            Passed("dsr", RiskDirection.Rises, "burden", "R1", "percent", 100),
            Passed("balance", RiskDirection.Falls, "burden", "R2", "IDR"),
            Passed("tenure", RiskDirection.Falls, "history", "R3", "months") with { FlagsSpecials = true },
            Passed("job", RiskDirection.Free, "other", "R4"),
        ],
        Reasons =
        [
            Reason("R1", "Instalments take {value} of income.", "Angsuran menyita {value} penghasilan.", "Instalments take only {value}.", "Angsuran hanya {value}."),
            Reason("R2", "The balance is low ({value}).", "Saldo rendah ({value}).", "The balance is solid ({value}).", "Saldo kuat ({value})."),
            Reason("R3", "On record for only {value} months.", "Tercatat baru {value} bulan.", "On record for {value} months.", "Tercatat {value} bulan."),
            Reason("R4", "Work is uncertain ({value}).", "Pekerjaan tidak pasti ({value}).", "Work is steady ({value}).", "Pekerjaan tetap ({value})."),
            new("P1", Text("Younger than 18.", "Di bawah 18 tahun."), null, Text("Apply later.", "Ajukan nanti."), null),
            new("P2", Text("Short record.", "Riwayat pendek."), null, null, null),
        ],
        Target = new()
        {
            Column = "bad",
            Meaning = Text("Late", "Terlambat"),
            Classes = ordinal ? [new("0", "low", Text("Low", "Rendah")), new("1", "moderate", Text("Moderate", "Sedang")), new("2", "high", Text("High", "Tinggi"))] : [],
            PdClass = ordinal ? "high" : null,
        },
        Scale = ordinal ? new() { Anchors = new Dictionary<string, double> { ["low"] = 800, ["moderate"] = 600, ["high"] = 400 } } : new(),
        Grades =
        [
            new("A", 800, Text("Excellent", "Sangat baik"), "low"), new("B", 700, Text("Good", "Baik"), "low"), new("C", 600, Text("Fair", "Cukup"), "moderate"),
            new("D", 500, Text("Weak", "Lemah"), "moderate"), new("E", 300, Text("Poor", "Buruk"), "high"),
        ],
        Policy = new()
        {
            ApproveFrom = 700,
            DeclineBelow = 500,
            Rules =
            [
                new("P1", new NameReference(0, "young"), "young", RuleVerdict.Decline, "legal capacity", null),
                new("P2", new NameReference(0, "short"), "short", RuleVerdict.Refer, null, null),
                new("P2", new NameReference(0, "thin"), "thin", RuleVerdict.Cap, null, new NameReference(0, "limit")),
                new("P2", new NameReference(0, "thinner"), "thinner", RuleVerdict.Cap, null, new NumberLiteral(0, 4_000_000)),
            ],
            Authority =
            [
                new("LoanOfficer", 25_000_000, OverrideRight.None, false),
                new("SeniorOfficer", 100_000_000, OverrideRight.LowSide, true),
                new("CreditCommittee", 250_000_000, OverrideRight.Both, false),
            ],
        },
        Training = new(),
        SourceText = "",
        ScoringHash = ContentHash.Of("sample"),
        PresentationHash = ContentHash.Of("sample"),
    };

    private static ReasonDefinition Reason(string code, string adverse, string adverseId, string favourable, string favourableId) =>
        new(code, Text(adverse, adverseId), Text(favourable, favourableId), Text("Act.", "Lakukan."), null);
}
