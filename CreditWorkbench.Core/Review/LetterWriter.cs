using System.Globalization;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Review;

/// <summary>Writes the letter of a decision from one template per language: the decision in the first sentence, the reasons in order, the
/// score, the applicant's rights.</summary>
internal sealed class LetterWriter(CaseView view, CaseDecision decision, IssuedScore score, LenderProfile lender, DateTimeOffset now)
{
    private const int MostFactors = 4;

    /// <summary>Languages of letters, the fallback first.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "id"];

    /// <summary>The letter in a language.</summary>
    public LetterText Write(string language, IReadOnlyList<LocalizedText> reasons, string signer)
    {
        var tongue = new Tongue(language);
        return new LetterText(
            [lender.Name, .. lender.Address, lender.Contact], [view.Applicant.Name], tongue.Date(LocalDate(now)), Subject(tongue),
            tongue.Say($"Dear {view.Applicant.Name},", $"Yth. {view.Applicant.Name},"), DecisionIn(tongue), tongue.Say("Reasons", "Alasan"),
            [.. reasons.Select(reason => reason.In(language))], tongue.Say("Your score", "Skor Anda"), Facts(tongue), tongue.Say("What you can do", "Yang dapat Anda lakukan"),
            Rights(tongue), [signer, tongue.Say($"For {lender.Name}", $"Atas nama {lender.Name}")]);
    }

    private string Subject(Tongue tongue)
    {
        var number = view.Application.Number;
        if (view.Application.Amount is not { } amount) return tongue.Say($"Your application {number}", $"Permohonan Anda {number}");
        var money = tongue.Money(amount);
        return view.Application.TermMonths is { } months
            ? tongue.Say($"Your application {number}: {money} over {months} months", $"Permohonan Anda {number}: {money} selama {months} bulan")
            : tongue.Say($"Your application {number}: {money}", $"Permohonan Anda {number}: {money}");
    }

    private string DecisionIn(Tongue tongue)
    {
        var day = tongue.Date(LocalDate(decision.SecondAt ?? decision.DecidedAt));
        if (decision is { Verdict: Verdict.CounterOffer, Amount: { } amount, TermMonths: { } months, InterestRate: { } rate })
        {
            var (money, yearly) = (tongue.Money(amount), tongue.Percent(rate));
            return tongue.Say(
                $"We cannot approve this loan as you asked for it, but we can offer {money} over {months} months at {yearly} a year. A credit officer reviewed your application on {day} and decided so.",
                $"Kami tidak dapat menyetujui pinjaman ini seperti yang Anda ajukan, tetapi kami dapat menawarkan {money} selama {months} bulan dengan bunga {yearly} per tahun. Petugas kredit meninjau permohonan Anda pada {day} dan memutuskan demikian.");
        }

        return tongue.Say(
            $"We cannot approve this loan. A credit officer reviewed your application on {day} and decided so.",
            $"Kami tidak dapat menyetujui pinjaman ini. Petugas kredit meninjau permohonan Anda pada {day} dan memutuskan demikian.");
    }

    private List<LetterFact> Facts(Tongue tongue)
    {
        var scale = view.Definition.Scale;
        var range = score.Confidence.Kind == "none" ? "" : tongue.Say($"; 90 % range {score.Confidence.Low} to {score.Confidence.High}", $"; rentang 90 % {score.Confidence.Low} sampai {score.Confidence.High}");
        var facts = new List<LetterFact>
        {
            new(tongue.Say("Score", "Skor"), tongue.Say($"{score.Score.Issued}, on a scale from {scale.Min} to {scale.Max}{range}", $"{score.Score.Issued}, pada skala {scale.Min} sampai {scale.Max}{range}")),
            new(tongue.Say("Date, model", "Tanggal, model"), $"{tongue.Date(LocalDate(score.ScoredAt))}, {score.Release.Model}"),
        };
        var factors = (score.Explanation?.Contributions ?? []).OrderByDescending(factor => Math.Abs(factor.Points)).Take(MostFactors).Select(factor => factor.Label.In(tongue.Language)).ToList();
        if (factors.Count > 0) facts.Add(new(tongue.Say("What counted most", "Yang paling berpengaruh"), string.Join("; ", factors)));
        var used = score.Provenance.Values.ToHashSet(StringComparer.Ordinal);
        var sources = view.Definition.Sources.Where(source => used.Contains(source.Name)).Select(source => source.Label.In(tongue.Language)).ToList();
        if (sources.Count > 0) facts.Add(new(tongue.Say("Sources", "Sumber"), string.Join("; ", sources)));
        return facts;
    }

    private List<string> Rights(Tongue tongue)
    {
        var last = tongue.Date(LocalDate(now.AddDays(lender.ObjectionDays)));
        return
        [
            tongue.Say(
                $"You can ask for a copy of the data, have a mistake corrected, or object and have another person look at your case. Write to {lender.Contact} by {last} and name the number {view.Application.Number}. It costs nothing.",
                $"Anda dapat meminta salinan data, memperbaiki kesalahan, atau mengajukan keberatan agar orang lain meninjau kembali. Tulis ke {lender.Contact} paling lambat {last} dengan menyebut nomor {view.Application.Number}. Tanpa biaya."),
        ];
    }

    private DateOnly LocalDate(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, lender.Zone).DateTime);

    /// <summary>Sentences, dates and amounts of one language.</summary>
    private sealed class Tongue(string language)
    {
        private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language == "id" ? "id-ID" : "en-GB");

        public string Language => language;

        public string Say(string english, string indonesian) => language == "id" ? indonesian : english;

        public string Date(DateOnly date) => date.ToString("d MMMM yyyy", _culture);

        public string Percent(double share) => (share * 100).ToString("0.##", _culture) + "\u00A0%";

        public string Money(Money money)
        {
            var digits = money.Major == Math.Floor(money.Major) ? "N0" : "N2";
            var number = money.Major.ToString(digits, _culture);
            return money.Currency == "IDR" ? (language == "id" ? "Rp" : "Rp\u00A0") + number : $"{money.Currency}\u00A0{number}";
        }
    }
}
