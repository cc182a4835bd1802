using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>From a decline to the letter, the objection and the decision of another person; and the queue that shows all of it.</summary>
public sealed class LetterTests(TrustModel trust) : IClassFixture<TrustModel>, IAsyncLifetime
{
    private static readonly Actor Maya = Officer("Maya");
    private static readonly Actor Arif = Officer("Arif");
    private readonly TemporaryFolder _folder = new();
    private Workbench _workbench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _workbench = await Workbench.OpenAsync(_folder.Path);
        await _workbench.PromoteAsync("trust", trust.Package);
    }

    public async ValueTask DisposeAsync()
    {
        await _workbench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Letter_OfADecline_GivesTheIssuedReasonsAndNeverChanges()
    {
        var (score, opened) = await DeclinedAsync();
        var desk = _workbench.Get<LetterDesk>();

        var draft = (await desk.PreviewAsync(score.ApplicationId, Maya, Cancellation)).Value;
        var letter = (await desk.IssueAsync(score.ApplicationId, Maya, Cancellation)).Value;
        var again = await desk.IssueAsync(score.ApplicationId, Maya, Cancellation);
        await _workbench.Get<ObjectionDesk>().RecordAsync(opened.Id, "The lease income was left out.", Maya, Cancellation);
        var kept = (await _workbench.Get<CaseFileDesk>().OpenAsync(score.ApplicationId, Maya, Cancellation)).Value.Letters.Single();

        Assert.False(draft.Issued);
        Assert.Equal(score.Explanation!.Reasons.Select(reason => reason.Text.In("id")), letter.In("id").Reasons);
        Assert.Equal(score.Explanation.Reasons.Select(reason => reason.Text.In("en")), letter.In("en").Reasons);
        Assert.Contains("cannot approve", letter.In("en").Decision, StringComparison.Ordinal);
        Assert.Contains(score.Score.Issued.ToString(System.Globalization.CultureInfo.InvariantCulture), letter.In("en").Facts[0].Value, StringComparison.Ordinal);
        Assert.Equal("letter.issued", Assert.Single(again.Problems).Code);
        Assert.Equal(letter.In("en").Reasons, kept.In("en").Reasons);
        Assert.Equal(letter.Id, kept.Id);
    }

    [Fact]
    public async Task Letters_OfAllCases_AreListedByNumberAndMaskedForAnAuditor()
    {
        var (score, _) = await DeclinedAsync();
        var desk = _workbench.Get<LetterDesk>();
        var letter = (await desk.IssueAsync(score.ApplicationId, Maya, Cancellation)).Value;

        var mine = (await desk.ListAsync("", 1, 25, Maya, Cancellation)).Value.Items.Single();
        var reader = new Actor(Guid.CreateVersion7(), "Dina", ActorKind.User, new HashSet<Permission> { Permission.ReadCases });
        var masked = (await desk.ListAsync(null, 1, 25, reader, Cancellation)).Value.Items.Single();
        var found = (await desk.FindAsync(score.ApplicationId, letter.Id, Maya, Cancellation)).Value;
        var unknown = await desk.FindAsync(score.ApplicationId, Guid.CreateVersion7(), Maya, Cancellation);
        var forbidden = await desk.FindAsync(score.ApplicationId, letter.Id, reader, Cancellation);

        Assert.Equal(letter.In(letter.Language).Addressee.Single(), mine.Addressee);
        Assert.NotEqual(mine.Addressee, masked.Addressee);
        Assert.Equal(letter.Id, found.Id);
        Assert.Equal("letter.notFound", Assert.Single(unknown.Problems).Code);
        Assert.False(forbidden.Succeeded);
    }

    [Fact]
    public async Task Letter_BeforeADecisionOrByAReader_IsRefused()
    {
        var score = await ScoredAsync(1);
        await _workbench.Review.OpenAsync(score.ApplicationId, Maya, Cancellation);

        var early = await _workbench.Get<LetterDesk>().PreviewAsync(score.ApplicationId, Maya, Cancellation);
        var reader = await _workbench.Get<LetterDesk>().IssueAsync(score.ApplicationId, People.Auditor, Cancellation);
        var decider = await _workbench.Get<LetterDesk>().PreviewAsync(score.ApplicationId, People.Officer, Cancellation);

        Assert.Equal("letter.notDecided", Assert.Single(early.Problems).Code);
        Assert.Equal("permission.missing", Assert.Single(reader.Problems).Code);
        Assert.Equal("permission.missing", Assert.Single(decider.Problems).Code); // a letter names whom it goes to
    }

    [Fact]
    public async Task Objection_HeardByAnother_EndsInADecisionThatStandsAndKeepsTheValues()
    {
        var (score, opened) = await DeclinedAsync();
        await _workbench.Get<ObjectionDesk>().RecordAsync(opened.Id, "The lease income was left out.", Maya, Cancellation);

        var own = await _workbench.Review.ClaimAsync(opened.Id, Maya, Cancellation);
        var rescored = await _workbench.Scoring.ScoreAsync(score.ApplicationId, Maya, Cancellation);
        await _workbench.Review.ClaimAsync(opened.Id, Arif, Cancellation);
        var decided = await _workbench.Review.DecideAsync(opened.Id, new DecisionRequest(Verdict.Decline, "Heard again; the decision stands."), Arif, Cancellation);
        var entries = await _workbench.Audit.VerifyAsync(Cancellation);

        Assert.Equal("objection.samePerson", Assert.Single(own.Problems).Code);
        Assert.Equal("application.decided", Assert.Single(rescored.Problems).Code);
        Assert.True(decided.Value.Stands);
        Assert.True(entries.Intact);
    }

    [Fact]
    public async Task Feed_ClaimAndRelease_AreToldOnThisNode()
    {
        var score = await ScoredAsync(1);
        var opened = (await _workbench.Review.OpenAsync(score.ApplicationId, Maya, Cancellation)).Value;
        var heard = new List<CaseChange>();

        using (_workbench.Get<CaseFeed>().Listen(heard.Add))
        {
            await _workbench.Review.ClaimAsync(opened.Id, Maya, Cancellation);
            await _workbench.Review.ReleaseAsync(opened.Id, Maya, Cancellation);
        }
        await _workbench.Review.ClaimAsync(opened.Id, Arif, Cancellation);

        Assert.Equal([opened.Version + 1, opened.Version + 2], heard.Select(change => change.Version));
        Assert.All(heard, change => Assert.Equal((opened.Id, score.ApplicationId), (change.CaseId, change.ApplicationId)));
    }

    [Fact]
    public async Task Similar_CasesOfOneRelease_AreNearestByPointsAndNameNobody()
    {
        var scores = new List<IssuedScore>();
        for (var i = 1; i <= 6; i++) scores.Add(await ScoredAsync(i));

        var found = (await _workbench.Get<SimilarDesk>().FindAsync(scores[0].Id, 3, Maya, Cancellation)).Value;

        double Distance(IssuedScore other) => Math.Sqrt(other.Explanation!.Contributions.Zip(scores[0].Explanation!.Contributions, (a, b) => (a.Points - b.Points) * (a.Points - b.Points)).Average());
        Assert.Equal(scores.Skip(1).OrderBy(Distance).Take(3).Select(score => score.ApplicationId), found.Select(row => row.ApplicationId));
        Assert.Equal(scores.Skip(1).Select(Distance).Order().Take(3), found.Select(row => row.Distance));
    }

    [Fact]
    public async Task Documents_HostileOrForeign_AreRefusedAndReadingLeavesAnEntry()
    {
        var score = await ScoredAsync(1);
        var desk = _workbench.Get<CaseFileDesk>();

        var page = await desk.AddDocumentAsync(score.ApplicationId, "income", "a.pdf", "<html><script>"u8.ToArray(), Maya, Cancellation);
        var kind = await desk.AddDocumentAsync(score.ApplicationId, "nonsense", "a.pdf", "%PDF-1"u8.ToArray(), Maya, Cancellation);
        var added = (await desk.AddDocumentAsync(score.ApplicationId, "income", "../../a\".pdf", "%PDF-1"u8.ToArray(), Maya, Cancellation)).Value;
        var read = await desk.ReadAsync(score.ApplicationId, added.Id, Maya, Cancellation);
        var foreign = await desk.ReadAsync(Guid.CreateVersion7(), added.Id, Maya, Cancellation);
        var reader = await desk.ReadAsync(score.ApplicationId, added.Id, People.Senior, Cancellation);

        Assert.Equal(["document.type", "document.kind"], new[] { page, kind }.Select(outcome => outcome.Problems[0].Code));
        Assert.Equal("a.pdf", added.Name);
        Assert.Equal("%PDF-1"u8.ToArray(), read.Value.Content);
        Assert.Equal(["application.notFound", "permission.missing"], new[] { foreign, reader }.Select(outcome => outcome.Problems[0].Code));
    }

    private async Task<(IssuedScore Score, ReviewCase Case)> DeclinedAsync()
    {
        for (var i = 1; ; i++)
        {
            var score = await ScoredAsync(i);
            if (score.Policy.Recommendation != Recommendation.Decline || score.Explanation!.Reasons.Count == 0) continue;
            var opened = (await _workbench.Review.OpenAsync(score.ApplicationId, Maya, Cancellation)).Value;
            await _workbench.Review.ClaimAsync(opened.Id, Maya, Cancellation);
            Assert.True((await _workbench.Review.DecideAsync(opened.Id, new DecisionRequest(Verdict.Decline, "Too little steady income."), Maya, Cancellation)).Succeeded);
            return (score, opened);
        }
    }

    private async Task<IssuedScore> ScoredAsync(int number)
    {
        var applicant = await _workbench.RegisterAsync(number);
        await _workbench.ConsentAsync(applicant.Id, trust.Definition);
        var application = await _workbench.ApplyAsync(applicant.Id, trust.Applicants(60)[number]);
        return (await _workbench.Scoring.ScoreAsync(application.Id, Maya, Cancellation)).Value;
    }

    private static Actor Officer(string name) => new(Guid.CreateVersion7(), name, ActorKind.User, new HashSet<Permission>
    {
        Permission.ReadCases, Permission.TakeIn, Permission.Score, Permission.Review, Permission.Decide, Permission.RevealPersonalData,
    });
}
