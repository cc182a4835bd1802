using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Scorecards;

/// <summary>Dictionaries for tests: the smallest complete one, the product's seeds, and drafts beside the repository.</summary>
internal static class ScorecardFiles
{
    /// <summary>The smallest complete file that uses most elements once.</summary>
    public const string Tiny = """
        format: 1
        id: tiny
        version: 1.0.0
        languages: [en, id]
        title: ["Tiny", "Mungil"]
        summary: ["Two inputs.", "Dua masukan."]
        subject: person
        currency: IDR
        keys: {id: application_id, time: application_date}
        sources: {declared: {label: ["Stated", "Dinyatakan"], consent: false}, bureau: {label: ["Bureau", "Biro"], consent: true, months: 3}}
        consent: {purposes: [scoring], required_for_score: [scoring], text: ["I agree.", "Saya setuju."]}
        groups: {burden: ["Instalments", "Angsuran"], history: ["History", "Riwayat"]}
        inputs:
          - {name: income, type: number, unit: IDR, range: [0, 1000000000], required: true, source: declared, label: ["Income", "Penghasilan"], help: ["Per month.", "Per bulan."]}
          - {name: instalments, type: number, unit: IDR, range: [0, 1000000000], required: true, source: declared, label: ["Instalments", "Angsuran"], help: ["Per month.", "Per bulan."]}
          - {name: months_clean, type: integer, unit: months, range: [0, 120], required: false, source: bureau, grows: 1, specials: {-1: {tag: no_file, label: ["No file", "Tanpa data"]}}, label: ["Months without arrears", "Bulan tanpa tunggakan"], help: ["-1 without a file.", "-1 tanpa data."]}
        features:
          - {name: dsr, unit: percent, scale: 100, direction: rises, group: burden, reason: R1, label: ["Debt service", "Rasio angsuran"], expr: "instalments / income"}
          - {from: months_clean, direction: falls, group: history, reason: R2, specials: flag}
        reasons:
          R1: {adverse: ["Instalments take {value} of income.", "Angsuran menyita {value} penghasilan."], favourable: ["Instalments take only {value}.", "Angsuran hanya {value}."], advice: ["Pay off a loan.", "Lunasi pinjaman."]}
          R2: {adverse: ["Arrears were {value} months ago.", "Tunggakan {value} bulan lalu."], favourable: ["No arrears for {value} months.", "Tanpa tunggakan {value} bulan."], advice: ["Pay on time.", "Bayar tepat waktu."]}
          P1: {adverse: ["Instalments exceed 60 % of income.", "Angsuran melebihi 60 % penghasilan."], advice: ["Pay off a loan.", "Lunasi pinjaman."]}
        actions:
          - {name: repay, input: instalments, move: down, to: 0, step: 100000, per_month: 200000, months: 1, effort: medium, label: ["Repay", "Lunasi"], how: ["Dearest first.", "Termahal dulu."]}
        target: {kind: binary, column: bad, bad: [1], good: [0], horizon_months: 12, meaning: ["90 days late.", "Menunggak 90 hari."]}
        scale: {kind: odds, base: 600, odds: 19, pdo: 50, min: 300, max: 900}
        grades: [{code: A, from: 600, label: ["Good", "Baik"]}, {code: B, from: 300, label: ["Weak", "Lemah"]}]
        costs: {currency: IDR, lgd: 0.6, ead: "12 * income", margin: "income", refer: 50000}
        policy: {automatic: false, rules: [{code: P1, when: "dsr > 0.6", verdict: decline}], cutoffs: {approve_from: 580, decline_below: 520}, authority: [{role: LoanOfficer, up_to: 50000000, override: none}]}
        training: {split: {train: 0.75, calibration: 0.125, test: 0.125, stratify: target}, candidates: [scorecard, boosting], choose: best, calibration: auto, folds: 5, budget_seconds: 60, seed: 1}

        """;

    /// <summary>A file of the product's own folder of seeds.</summary>
    public static string Seed(string name) => File.ReadAllText(Path.Combine(Repository(), "data", "scorecards", name));

    /// <summary>A draft beside the repository; skips the calling test when it is absent.</summary>
    public static string Draft(string name)
    {
        var path = Path.GetFullPath(Path.Combine(Repository(), "..", "shared", "scorecards", name));
        Assert.SkipUnless(File.Exists(path), $"{path} is absent.");
        return File.ReadAllText(path);
    }

    /// <summary>The definition in a text that has no fault.</summary>
    public static ScorecardDefinition Read(string yaml)
    {
        var outcome = ScorecardReader.Read(yaml, "test.yaml");
        Assert.True(outcome.Succeeded, string.Join(Environment.NewLine, outcome.Problems));
        return outcome.Value;
    }

    private static string Repository([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
