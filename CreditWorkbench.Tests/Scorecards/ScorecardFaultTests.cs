using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Scorecards;

/// <summary>Plants one fault at a time in a sound file; each must be found, at its line and path, and only it.</summary>
public sealed class ScorecardFaultTests
{
    private const string TinyExpr = "expr: \"instalments / income\"";

    private static readonly string WithSensitive = ScorecardFiles.Tiny.Replace("features:\n",
        "  - {name: age, type: integer, unit: years, range: [17, 100], source: declared, sensitive: true, label: Age, help: Age}\nfeatures:\n", StringComparison.Ordinal);

    private static readonly string WithCategory = ScorecardFiles.Tiny.Replace("features:\n",
        "  - {name: job, type: category, values: {employed: Employed, student: Student}, source: declared, label: Job, help: Job}\nfeatures:\n", StringComparison.Ordinal);

    private static readonly string WithSynthetic = ScorecardFiles.Tiny + """
        synthetic:
          rows: 100
          period: [2024-01-01, 2024-12-31]
          factors: {means: {}, order: {means: 0.6}}
          draws:
            - {name: income, z: {means: 0.8}, value: "clamp(exp(15 + z), 0, 1000000000)"}
            - {name: instalments, z: {means: 0.5, order: 0.5}, value: "round(income * logistic(z - 1), 1000)"}
            - {name: months_clean, value: "clamp(30 * z, 0, 120)"}
          specials:
            - {input: months_clean, code: -1, p: 0.1}
          risk:
            intercept: -2
            terms:
              - {name: burden, w: 0.5, x: "clamp((dsr - 0.3) / 0.1, -1, 3)"}
              - {name: conduct, w: -0.3, x: "min(months_clean, 24) / 12"}

        """;

    private static readonly string Staged = WithStaging();

    [Theory]
    // 1. Form.
    [InlineData("subject: person", "subject: [person", "scorecard.yaml.syntax", "")]
    [InlineData("subject: person", "subject: person\nsubject: person", "scorecard.key.duplicate", "subject")]
    [InlineData("subject: person", "subject: person\nflavour: sweet", "scorecard.key.unknown", "flavour")]
    [InlineData("required: true, source: declared, label: [\"Income\"", "required: true, colour: red, source: declared, label: [\"Income\"", "scorecard.key.unknown", "inputs[income].colour")]
    [InlineData("version: 1.0.0\n", "", "scorecard.key.missing", "version")]
    [InlineData("bad: [1], good", "good", "scorecard.key.missing", "target.bad")]
    [InlineData("format: 1", "format: 2", "scorecard.format", "format")]
    [InlineData("format: 1\n", "", "scorecard.format", "format")]
    [InlineData("subject: person", "subject: robot", "scorecard.value.unknown", "subject")]
    [InlineData("horizon_months: 12", "horizon_months: soon", "scorecard.value.type", "target.horizon_months")]
    [InlineData("automatic: false", "automatic: No", "scorecard.value.type", "policy.automatic")]
    [InlineData("id: tiny", "id: &t tiny", "scorecard.yaml.alias", "id")]
    // 2. Languages.
    [InlineData("title: [\"Tiny\", \"Mungil\"]", "title: [\"Tiny\"]", "scorecard.text.languages", "title")]
    [InlineData("label: [\"Good\", \"Baik\"]", "label: [\"Good\", \"Baik\", \"Bon\"]", "scorecard.text.languages", "grades[A].label")]
    // 3. Names and order.
    [InlineData("{name: instalments, type", "{name: income, type", "scorecard.name.duplicate", "inputs[income]")]
    [InlineData("{name: dsr,", "{name: income,", "scorecard.name.duplicate", "features[income]")]
    [InlineData(TinyExpr, "expr: \"instalments / income + dsr\"", "scorecard.feature.cycle", "features[dsr].expr")]
    [InlineData("{name: repay, input", "{name: in-come, input", null, "")]
    [InlineData("{name: dsr,", "{name: d-sr,", "scorecard.name.form", "features[d-sr]")]
    // 4. Expressions.
    [InlineData(TinyExpr, "expr: \"instalments / \"", "scorecard.expression.syntax", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / incomes\"", "scorecard.expression.name", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"ratio(instalments, income)\"", "scorecard.expression.function", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"clamp(instalments, income)\"", "scorecard.expression.arguments", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / 'income'\"", "scorecard.expression.type", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"if(income, instalments, income)\"", "scorecard.expression.type", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + is_special(months_clean, -2)\"", "scorecard.expression.special", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + count(bookings)\"", "scorecard.expression.table", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + bookings.amount\"", "scorecard.expression.table", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + bad\"", "scorecard.expression.target", "features[dsr].expr")]
    [InlineData("when: \"dsr > 0.6\"", "when: \"dsr + 0.6\"", "scorecard.expression.type", "policy.rules[0].when")]
    [InlineData("when: \"dsr > 0.6\"", "when: \"winsorize(dsr, 0.01, 0.99) > 0.6\"", "scorecard.expression.function", "policy.rules[0].when")]
    [InlineData("margin: \"income\"", "margin: \"profit\"", "scorecard.expression.name", "costs.margin")]
    // 5. Inputs.
    [InlineData("specials: {-1:", "specials: {50:", "scorecard.special.inside", "inputs[months_clean].specials.50")]
    [InlineData("specials: {-1:", "specials: {none:", "scorecard.special.type", "inputs[months_clean].specials.none")]
    [InlineData("range: [0, 120]", "range: [120, 0]", "scorecard.range.reversed", "inputs[months_clean].range")]
    [InlineData("range: [0, 120]", "range: [0]", "scorecard.range", "inputs[months_clean].range")]
    [InlineData("source: bureau, grows", "source: office, grows", "scorecard.source.unknown", "inputs[months_clean].source")]
    // 7. Features and reasons.
    [InlineData("scale: 100, direction: rises", "scale: 100", "scorecard.feature.direction", "features[dsr].direction")]
    [InlineData("group: burden, reason: R1", "reason: R1", "scorecard.feature.group", "features[dsr].group")]
    [InlineData("group: burden, reason: R1", "group: burden", "scorecard.feature.reason", "features[dsr].reason")]
    [InlineData("group: burden, reason: R1", "group: burden, reason: R9", "scorecard.reason.unknown", "features[dsr].reason")]
    [InlineData("favourable: [\"Instalments take only {value}.\", \"Angsuran hanya {value}.\"], ", "", "scorecard.reason.favourable", "reasons.R1")]
    [InlineData("  P1: {", "  P9: {adverse: Late, advice: Pay}\n  P1: {", "scorecard.orphan", "reasons.P9")]
    [InlineData("groups: {", "groups: {spare: Spare, ", "scorecard.orphan", "groups.spare")]
    [InlineData("sources: {", "sources: {spare: {label: Spare}, ", "scorecard.orphan", "sources.spare")]
    [InlineData("\"Instalments exceed 60 % of income.\"", "\"Insufficient score.\"", "scorecard.reason.vague", "reasons.P1.adverse")]
    [InlineData("\"Instalments exceed 60 % of income.\"", "\"Instalments exceed {limit}.\"", "scorecard.reason.placeholder", "reasons.P1.adverse")]
    [InlineData("group: history, reason: R2", "group: history, reason: R1", "scorecard.reason.units", "reasons.R1")]
    // 8. Actions.
    [InlineData("input: instalments, move", "input: rent, move", "scorecard.action.input", "actions[repay].input")]
    [InlineData("move: down, to: 0", "move: down, to: \"instalments + 1\"", "scorecard.action.side", "actions[repay].to")]
    [InlineData("move: down, to: 0", "move: up, to: 0", "scorecard.action.side", "actions[repay].to")]
    [InlineData("step: 100000", "step: 0", "scorecard.action.step", "actions[repay].step")]
    // 9. Policy.
    [InlineData("{code: P1, when", "{when", "scorecard.rule.code", "policy.rules[0]")]
    [InlineData("approve_from: 580", "approve_from: 500", "scorecard.cutoffs", "policy.cutoffs")]
    [InlineData("approve_from: 580", "approve_from: 950", "scorecard.cutoffs", "policy.cutoffs.approve_from")]
    [InlineData("{code: B, from: 300", "{code: B, from: 650", "scorecard.grades", "grades[B].from")]
    [InlineData("{code: B, from: 300", "{code: B, from: 310", "scorecard.grades", "grades[B].from")]
    [InlineData("{role: LoanOfficer, up_to", "{up_to", "scorecard.authority.role", "policy.authority[0]")]
    // 10. Costs and training.
    [InlineData("lgd: 0.6", "lgd: 0", "scorecard.costs", "costs.lgd")]
    [InlineData("refer: 50000", "refer: -1", "scorecard.costs", "costs.refer")]
    [InlineData("test: 0.125", "test: 0.2", "scorecard.training.split", "training.split")]
    [InlineData("candidates: [scorecard", "candidates: [oracle", "scorecard.training.candidate", "training.candidates")]
    // 11. Consent.
    [InlineData("required_for_score: [scoring]", "required_for_score: []", "scorecard.source.purpose", "sources.bureau")]
    public void Read_PlantedFault_IsFoundAtItsPlace(string sound, string faulty, string? code, string path) => AssertFound(ScorecardFiles.Tiny, sound, faulty, code, path);

    [Theory]
    [InlineData(TinyExpr, "expr: \"instalments / income + age\"", "scorecard.sensitive", "features[dsr]")]
    [InlineData("features:\n", "features:\n  - {name: half, use: policy, label: Half, expr: \"age / 2\"}\n  - {name: more, direction: free, group: burden, reason: P1, label: More, expr: \"half\"}\n", "scorecard.sensitive", "features[more]")]
    [InlineData("move: down, to: 0", "move: down, to: \"0 * age\"", "scorecard.sensitive", "actions[repay]")]
    [InlineData("R1: {adverse", "R1: {value_of: age, adverse", "scorecard.sensitive", "reasons.R1.value_of")]
    [InlineData("when: \"dsr > 0.6\"", "when: \"age < 18\"", "scorecard.rule.lawful", "policy.rules[0]")]
    public void Read_SensitiveInput_DoesNotReachTheModel(string sound, string faulty, string code, string path) =>
        AssertFound(WithSensitive, sound, faulty, code, path, others: code == "scorecard.sensitive");

    [Fact]
    public void Read_SensitiveReach_NamesThePath()
    {
        var faulty = WithSensitive.Replace("features:\n", "features:\n  - {name: half, use: policy, label: Half, expr: \"age / 2\"}\n", StringComparison.Ordinal)
            .Replace(TinyExpr, "expr: \"half * instalments / income\"", StringComparison.Ordinal);

        var problems = ScorecardReader.Read(faulty, "t.yaml").Problems;

        Assert.Contains(problems, problem => problem.Code == "scorecard.sensitive" && problem.Message.Contains("dsr <- half <- age", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TinyExpr, "expr: \"instalments / income + (job == 'pupil')\"", "scorecard.expression.value", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + (job in ('student', 'pupil'))\"", "scorecard.expression.value", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + map(job, 'pupil', 1, 0)\"", "scorecard.expression.value", "features[dsr].expr")]
    [InlineData("features:\n", "features:\n  - {from: job, direction: rises, group: burden, reason: P1}\n", "scorecard.feature.direction", "features[job].direction")]
    [InlineData("values: {employed: Employed, student: Student}", "values: {}", "scorecard.category.values", "inputs[job]")]
    [InlineData("move: down, to: 0", "move: down, to: 0, only_if: \"job > 'a'\"", "scorecard.expression.type", "actions[repay].only_if")]
    public void Read_CategoryFault_IsFoundAtItsPlace(string sound, string faulty, string code, string path) =>
        AssertFound(WithCategory, sound, faulty, code, path, others: path == "features[job].direction");

    [Theory]
    [InlineData("    - {name: instalments, z: {means: 0.5, order: 0.5}, value: \"round(income * logistic(z - 1), 1000)\"}\n", "", "scorecard.synthetic.undrawn", "synthetic.draws")]
    [InlineData("\"clamp(30 * z, 0, 120)\"", "\"clamp(30 * z, 0, 121)\"", "scorecard.synthetic.range", "synthetic.draws[months_clean].value")]
    [InlineData("z: {means: 0.5, order: 0.5}", "z: {means: 0.7, order: 0.7}", "scorecard.synthetic.variance", "synthetic.draws[instalments].z")]
    [InlineData("order: {means: 0.6}", "order: {means: 1.1}", "scorecard.synthetic.variance", "synthetic.factors.order")]
    [InlineData("w: -0.3", "w: 0.3", "scorecard.synthetic.direction", "synthetic.risk.terms[conduct].x")]
    [InlineData("w: 0.5, x: \"clamp((dsr", "w: 0.5, x: \"-clamp((dsr", "scorecard.synthetic.direction", "synthetic.risk.terms[burden].x")]
    [InlineData("/ 12\"}", "/ 12 + means\"}", "scorecard.synthetic.factor", "synthetic.risk.terms[conduct].x")]
    [InlineData("code: -1, p: 0.1", "code: -7, p: 0.1", "scorecard.expression.special", "synthetic.specials[0].code")]
    public void Read_GeneratorFault_IsFoundAtItsPlace(string sound, string faulty, string code, string path) =>
        AssertFound(WithSynthetic, sound, faulty, code, path, others: code == "scorecard.synthetic.undrawn");

    [Theory]
    [InlineData("base: applications", "base: forms", "scorecard.staging.base", "staging.base")]
    [InlineData("  base: applications\n", "", "scorecard.staging.base", "staging.base")]
    [InlineData("as_of: applied\n", "as_of: amount\n", "scorecard.staging.as_of", "staging.as_of")]
    [InlineData("  as_of: applied\n", "", "scorecard.staging.as_of", "staging.as_of")]
    [InlineData("  as_of: applied\n", "  as_of: applied\n  schedule: {daily_at: \"02:00\", zone: Atlantis}\n", "scorecard.staging.zone", "staging.schedule.zone")]
    [InlineData("key: booking", "key: number", "scorecard.staging.key", "staging.tables.bookings.key")]
    [InlineData("on: customer", "on: branch", "scorecard.staging.on", "staging.tables.bookings.on")]
    [InlineData("columns: [application, dsr]", "columns: [application, dsrr]", "scorecard.staging.output", "staging.output.columns")]
    [InlineData(TinyExpr, "expr: \"instalments / income + sum(bookings.value)\"", "scorecard.expression.column", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + sum(letters.value, months: 3)\"", "scorecard.expression.window", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + mean(bookings.bad)\"", "scorecard.expression.target", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + count(bookings, where: amount)\"", "scorecard.expression.type", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + count(bookings, where: channel == 'post')\"", "scorecard.expression.value", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + count(bookings, months: 0.5)\"", "scorecard.expression.arguments", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + trend(bookings.amount)\"", "scorecard.expression.window", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + winsorize(sum(bookings.amount), 0.01, 0.99)\"", "scorecard.feature.fitted", "features[dsr].expr")]
    [InlineData(TinyExpr, "expr: \"instalments / income + winsorize(income, 0.01, 0.99) * count(bookings)\"", "scorecard.feature.fitted", "features[dsr].expr")]
    [InlineData("features:\n", "features:\n  - {name: tame, use: policy, label: Tame, expr: \"winsorize(income, 0.01, 0.99)\"}\n  - {name: both, use: policy, label: Both, expr: \"tame + count(bookings)\"}\n", "scorecard.feature.fitted", "features[both].expr")]
    [InlineData("  output: {columns", "  quarantine:\n    - {code: O1, table: bookings, rule: outlier, columns: [channel], verdict: warn, text: Odd}\n  output: {columns", "scorecard.staging.outlier", "staging.quarantine[O1].columns")]
    [InlineData("  output: {columns", "  quarantine:\n    - {code: O1, table: bookings, rule: outlier, columns: [value], verdict: warn, text: Odd}\n  output: {columns", "scorecard.staging.outlier", "staging.quarantine[O1].columns")]
    [InlineData("  output: {columns", "  quarantine:\n    - {code: O1, table: bookings, rule: outlier, verdict: warn, text: Odd}\n  output: {columns", "scorecard.staging.outlier", "staging.quarantine[O1].columns")]
    [InlineData("  output: {columns", "  quarantine:\n    - {code: O1, table: bookings, rule: outlier, columns: [amount], beyond: 0, verdict: warn, text: Odd}\n  output: {columns", "scorecard.staging.outlier", "staging.quarantine[O1].beyond")]
    public void Read_StagingFault_IsFoundAtItsPlace(string sound, string faulty, string code, string path) => AssertFound(Staged, sound, faulty, code, path, others: path.StartsWith("staging.base", StringComparison.Ordinal));

    [Fact]
    public void Read_SoundVariants_HaveNoFault()
    {
        foreach (var sound in new[] { WithSensitive, WithCategory, WithSynthetic, Staged }) ScorecardFiles.Read(sound);
    }

    [Fact]
    public void Read_UseBeforeDefinition_IsRefused()
    {
        var faulty = ScorecardFiles.Tiny.Replace(TinyExpr, "expr: \"later / income\"", StringComparison.Ordinal)
            .Replace("reasons:\n", "  - {name: later, use: policy, label: Later, expr: \"instalments\"}\nreasons:\n", StringComparison.Ordinal);

        var problem = Assert.Single(ScorecardReader.Read(faulty, "t.yaml").Problems);

        Assert.Equal("scorecard.feature.order", problem.Code);
    }

    [Fact]
    public void Read_CycleOverTwoFeatures_NamesThePath()
    {
        var faulty = ScorecardFiles.Tiny.Replace(TinyExpr, "expr: \"later / income\"", StringComparison.Ordinal)
            .Replace("reasons:\n", "  - {name: later, use: policy, label: Later, expr: \"dsr * 2\"}\nreasons:\n", StringComparison.Ordinal);

        var problems = ScorecardReader.Read(faulty, "t.yaml").Problems;

        Assert.Contains(problems, problem => problem.Code == "scorecard.feature.cycle" && problem.Message.Contains("dsr <- later <- dsr", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_SeveralFaults_AreToldAtOnceByLine()
    {
        var faulty = ScorecardFiles.Tiny
            .Replace("currency: IDR\nkeys", "currency: rupiah\nkeys", StringComparison.Ordinal)
            .Replace("range: [0, 120]", "range: [120, 0]", StringComparison.Ordinal)
            .Replace(TinyExpr, "expr: \"instalments / salary\"", StringComparison.Ordinal)
            .Replace("lgd: 0.6", "lgd: 6", StringComparison.Ordinal);

        var problems = ScorecardReader.Read(faulty, "tiny.yaml").Problems;

        Assert.Equal(["scorecard.currency", "scorecard.range.reversed", "scorecard.expression.name", "scorecard.costs"], problems.Select(problem => problem.Code));
        Assert.Equal([8L, 16, 18, 29], problems.Select(problem => problem.Row!.Value));
        Assert.StartsWith("tiny.yaml, line 8, currency: ", problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_RequiredInputBehindConsent_WarnsAndReads()
    {
        var reading = ScorecardReader.Inspect(ScorecardFiles.Tiny.Replace("required: false, source: bureau", "required: true, source: bureau", StringComparison.Ordinal), "t.yaml");

        Assert.NotNull(reading.Definition);
        Assert.Equal(("scorecard.input.consent", "inputs[months_clean]"), (Assert.Single(reading.Warnings).Code, reading.Warnings[0].Field));
    }

    [Fact]
    public void Inspect_LongSentenceOrNoAdvice_WarnsAndReads()
    {
        var yaml = ScorecardFiles.Tiny.Replace("\"Dearest first.\"", $"\"{new string('x', 201)}\"", StringComparison.Ordinal)
            .Replace(", advice: [\"Pay on time.\", \"Bayar tepat waktu.\"]", "", StringComparison.Ordinal);

        var reading = ScorecardReader.Inspect(yaml, "t.yaml");

        Assert.NotNull(reading.Definition);
        Assert.Equal(["scorecard.reason.advice", "scorecard.text.long"], reading.Warnings.Select(warning => warning.Code).Order());
    }

    [Fact]
    public void Inspect_LineLeftOut_NeverThrows()
    {
        foreach (var sound in new[] { WithSynthetic, Staged, ScorecardFiles.Seed("trust.yaml") })
        {
            var lines = sound.Split('\n');
            for (var i = 0; i < lines.Length; i += lines.Length > 100 ? 9 : 1)
            {
                var reading = ScorecardReader.Inspect(string.Join('\n', lines.Where((_, at) => at != i)), "t.yaml");

                Assert.Equal(reading.Definition is null, reading.Problems.Count > 0);
            }
        }
    }

    [Fact]
    public void Inspect_DamagedText_NeverThrows()
    {
        var random = new Random(20250101);
        const string marks = "{}[]:,#&*!|>'\"%@`-? \n\t0a\uFEFF\u0000";
        for (var run = 0; run < 150; run++)
        {
            var text = WithSynthetic.ToCharArray();
            for (var i = 0; i < 3; i++) text[random.Next(text.Length)] = marks[random.Next(marks.Length)];

            var reading = ScorecardReader.Inspect(new string(text), "t.yaml");

            Assert.Equal(reading.Definition is null, reading.Problems.Count > 0);
        }
    }

    private static void AssertFound(string yaml, string sound, string faulty, string? code, string path, bool others = false)
    {
        Assert.Contains(sound, yaml, StringComparison.Ordinal);

        var problems = ScorecardReader.Read(yaml.Replace(sound, faulty, StringComparison.Ordinal), "test.yaml").Problems;

        if (code is null)
        {
            Assert.Empty(problems);
            return;
        }
        var told = string.Join(Environment.NewLine, problems);
        Assert.True(problems.Any(problem => problem.Code == code && problem.Field == path && problem.Row > 0), told);
        if (!others) Assert.True(problems.All(problem => problem.Code == code || IsConsequence(problem, code)), told);
    }

    /// <summary>A name or a source that is gone is missed wherever it was used.</summary>
    private static bool IsConsequence(Problem problem, string code) => (code, problem.Code) switch
    {
        ("scorecard.name.duplicate" or "scorecard.name.form", "scorecard.expression.name" or "scorecard.action.input" or "scorecard.feature.cycle") => true,
        ("scorecard.source.unknown" or "scorecard.feature.group" or "scorecard.feature.reason" or "scorecard.reason.unknown" or "scorecard.reason.units", "scorecard.orphan" or "scorecard.reason.value") => true,
        ("scorecard.action.input", "scorecard.action.effect") => true,
        ("scorecard.rule.code", "scorecard.orphan") => true,
        _ => false,
    };

    private static string WithStaging() => ScorecardFiles.Tiny + """
        staging:
          base: applications
          as_of: applied
          tables:
            applications: {file: a.csv, key: application, columns: {application: {type: integer}, customer: {type: integer}, applied: {type: date}, amount: {type: number}, bad: {type: flag, optional: true}}}
            bookings: {file: b.csv, key: booking, join: many, on: customer, date: booked, columns: {booking: {type: integer}, customer: {type: integer}, booked: {type: date}, amount: {type: number}, channel: {type: category, values: [card, cash]}, bad: {type: flag}}}
            letters: {file: l.csv, key: letter, join: many, on: customer, columns: {letter: {type: integer}, customer: {type: integer}, value: {type: number}}}
          output: {columns: [application, dsr]}

        """;
}
