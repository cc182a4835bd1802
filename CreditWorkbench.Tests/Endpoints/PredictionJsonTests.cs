using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Tests.Decisioning;
using CreditWorkbench.Web.Endpoints;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>The answers of the stateless door, byte for byte: clients keep them and compare.</summary>
public sealed class PredictionJsonTests
{
    private static readonly Guid Id = Guid.Parse("0192f0c1-0000-7000-8000-000000000007");

    private const string Predict = """
        {"id":"0192f0c1-0000-7000-8000-000000000007","reference":"Rani \u0022the 1st\u0022 \u003Ca\u002Bb\u003E \u00E9 \uD83D\uDE42","scoredAt":"2026-11-20T09:00:04Z",
        "release":"9cb8806c59135babc36e10d19d3d1c0fb28b797047b3a371580676d1b1b2ad5a","score":575,"scoreUnrounded":574.7031374431082,"grade":"B","riskLevel":"moderate","pd":0.04736328125,"scalePd":0.06954174450582809,"rawPd":0.0953494648991095,"decision":"refer",
        "cutoffs":{"approve":580,"decline":520},"confidence":{"kind":"modelUncertainty","value":0.9763581563456625,"low":554,"high":595},
        "modelVersion":"tiny@1","warnings":[]}
        """;

    private const string ReasonsOfARule = """
        {"id":"0192f0c1-0000-7000-8000-000000000007","reference":"Rani \u0022the 1st\u0022 \u003Ca\u002Bb\u003E \u00E9 \uD83D\uDE42","scoredAt":"2026-11-20T09:00:04Z",
        "release":"9cb8806c59135babc36e10d19d3d1c0fb28b797047b3a371580676d1b1b2ad5a","score":433,"scoreUnrounded":432.6878443556009,"grade":"B","riskLevel":"high","pd":0.201171875,"scalePd":0.34864513533394575,"rawPd":0.37754066879814546,"decision":"decline",
        "cutoffs":{"approve":580,"decline":520},"confidence":{"kind":"modelUncertainty","value":1,"low":412,"high":453},
        "modelVersion":"tiny@1","warnings":[],
        "reasons":[{"code":"P1","text":"Angsuran melebihi 60 % penghasilan.","points":0}]}
        """;

    private const string ExplainAMissingValue = """
        {"id":"0192f0c1-0000-7000-8000-000000000007","reference":"Rani \u0022the 1st\u0022 \u003Ca\u002Bb\u003E \u00E9 \uD83D\uDE42","scoredAt":"2026-11-20T09:00:04Z",
        "release":"9cb8806c59135babc36e10d19d3d1c0fb28b797047b3a371580676d1b1b2ad5a","score":433,"scoreUnrounded":432.6878443556009,"grade":"B","riskLevel":"high","pd":0.201171875,"scalePd":0.34864513533394575,"rawPd":0.37754066879814546,"decision":"decline",
        "cutoffs":{"approve":580,"decline":520},"confidence":{"kind":"modelUncertainty","value":1,"low":412,"high":453},
        "modelVersion":"tiny@1","warnings":[],
        "basePoints":527.3647064139391,
        "contributions":[{"feature":"dsr","label":"Debt service","value":0.7,"display":"70 %","points":-94.67686205833824,"logOdds":1.1666666666666667,"effect":"negative","impact":"high","peer":"25 %"},
        {"feature":"months_clean","label":"Months without arrears","value":null,"display":"not known","points":0,"logOdds":0,"effect":"neutral","impact":"neutral","peer":"30 months"}],
        "rounding":0.3121556443991267,"clip":0,
        "reasons":[{"code":"P1","text":"Instalments exceed 60 % of income.","points":0}],
        "narrative":"Instalments take 70 % of income (\u221295 points).",
        "background":"Average of 3 applicants for comparison",
        "reasonBackground":"2 applicants whose score lies at or just above the approval cut-off of 580"}
        """;

    private const string ExplainByPath = """
        {"id":"0192f0c1-0000-7000-8000-000000000007","reference":"Rani \u0022the 1st\u0022 \u003Ca\u002Bb\u003E \u00E9 \uD83D\uDE42","scoredAt":"2026-11-20T09:00:04Z",
        "release":"9cb8806c59135babc36e10d19d3d1c0fb28b797047b3a371580676d1b1b2ad5a","score":494,"scoreUnrounded":493.551541393104,"grade":"B","riskLevel":"high","pd":0.13525390625,"scalePd":0.1871326821624266,"rawPd":0.22270013882530884,"decision":"decline",
        "cutoffs":{"approve":580,"decline":520},"confidence":{"kind":"modelUncertainty","value":1,"low":473,"high":514},
        "modelVersion":"tiny@1","warnings":[],
        "otherPoints":-40.5757980250021,
        "basePoints":463.11969287435244,
        "contributions":[{"feature":"dsr","label":"Rasio angsuran","value":0.32400000268596,"display":"32,4 %","points":71.00764654375368,"logOdds":-0.875,"effect":"positive","impact":"high","peer":"25 %"}],
        "rounding":0.44845860689599704,"clip":0,
        "reasons":[{"code":"R2","text":"Tunggakan 2 bulan lalu.","points":-40.5757980250021}],
        "narrative":"Rasio angsuran: 32,4 % (\u002B71 poin). Tunggakan 2 bulan lalu (\u221241 poin).",
        "background":"Rata-rata baris pelatihan model",
        "reasonBackground":"2 pemohon dengan skor tepat di atau sedikit di atas batas persetujuan 580"}
        """;

    private const string ExplainADecline = """
        {"id":"0192f0c1-0000-7000-8000-000000000007","reference":"Rani \u0022the 1st\u0022 \u003Ca\u002Bb\u003E \u00E9 \uD83D\uDE42","scoredAt":"2026-11-20T09:00:04Z",
        "release":"9cb8806c59135babc36e10d19d3d1c0fb28b797047b3a371580676d1b1b2ad5a","score":352,"scoreUnrounded":351.53624830559664,"grade":"B","riskLevel":"high","pd":0.35,"scalePd":0.6224593312018546,"rawPd":0.6224593312018546,"decision":"decline",
        "cutoffs":{"approve":580,"decline":520},"confidence":{"kind":"modelUncertainty","value":1,"low":331,"high":372},
        "modelVersion":"tiny@1","warnings":[],
        "basePoints":527.3647064139391,
        "contributions":[{"feature":"dsr","label":"Rasio angsuran","value":0.5,"display":"50 %","points":-94.67686205833824,"logOdds":1.1666666666666667,"effect":"negative","impact":"high","peer":"25 %"},
        {"feature":"months_clean","label":"Bulan tanpa tunggakan","value":2,"display":"2 bulan","points":-81.1515960500042,"logOdds":1,"effect":"negative","impact":"high","peer":"30 bulan"}],
        "rounding":0.4637516944033564,"clip":0,
        "reasons":[{"code":"R1","text":"Angsuran menyita 50 % penghasilan.","points":-71.00764654375368},
        {"code":"R2","text":"Tunggakan 2 bulan lalu.","points":-40.5757980250021}],
        "narrative":"Angsuran menyita 50 % penghasilan (\u221295 poin). Tunggakan 2 bulan lalu (\u221281 poin).",
        "background":"Rata-rata 3 pemohon pembanding",
        "reasonBackground":"2 pemohon dengan skor tepat di atau sedikit di atas batas persetujuan 580"}
        """;

    [Theory]
    [InlineData(""" "values":{"income":10000000,"instalments":3000000,"months_clean":36}""", PredictionKind.Predict, false, "en", Predict)]
    [InlineData(""" "values":{"income":10000000,"instalments":7000000}""", PredictionKind.Predict, true, "id", ReasonsOfARule)]
    [InlineData(""" "values":{"income":10000000,"instalments":7000000}""", PredictionKind.Explain, false, "en", ExplainAMissingValue)]
    [InlineData(""" "top":1,"method":"path","values":{"income":1234567.891,"instalments":400000,"months_clean":2}""", PredictionKind.Explain, false, "id", ExplainByPath)]
    [InlineData(""" "values":{"income":10000000,"instalments":5000000,"months_clean":2}""", PredictionKind.Explain, false, "id", ExplainADecline)]
    public async Task Text_OfAnAnswer_IsByteForByteAsItAlwaysWas(string fields, PredictionKind kind, bool withReasons, string language, string expected)
    {
        var door = await StatelessDoor.OpenAsync();
        var answer = (await door.AskAsync($$"""{{{fields}},"reference":"Rani \"the 1st\" <a+b> é 🙂","legalBasis":"contract"}""", kind, withReasons: withReasons)).Value;

        var text = PredictionJson.Text(answer with { Record = answer.Record with { Id = Id } }, withReasons, language);

        Assert.Equal(expected.ReplaceLineEndings(""), text);
    }

    [Fact]
    public async Task Text_OfTheSameCaseAgain_IsTheSame()
    {
        var door = await StatelessDoor.OpenAsync();
        var first = (await door.AskAsync(StatelessDoor.Good, PredictionKind.Explain)).Value;
        var second = (await door.AskAsync(StatelessDoor.Good, PredictionKind.Explain)).Value;

        var text = PredictionJson.Text(second with { Record = second.Record with { Id = first.Record.Id, At = first.Record.At } }, withReasons: false, "en");

        Assert.True(second.Record.FromCache);
        Assert.Equal(PredictionJson.Text(first, withReasons: false, "en"), text);
    }
}
