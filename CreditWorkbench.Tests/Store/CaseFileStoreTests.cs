using System.Text;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>Notes, documents, letters and objections: encrypted, written once, gone with the applicant's key.</summary>
public sealed class CaseFileStoreTests(PostgresServer server)
{
    private const string Secret = "Rp 2,400,000 rent from a second house";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Folder_Filled_ReadsBackEqualAndLiesEncrypted(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (application, reviewCase, decision) = await DecidedAsync(store);
        var files = store.Get<ICaseFileStore>();
        var note = new CaseNote(Guid.CreateVersion7(), application.Id, Secret, Sample.Officer.Id, "Officer", Sample.Moment);
        var document = new CaseDocument(Guid.CreateVersion7(), application.Id, "income", "Dewi payslip.pdf", "application/pdf", 21, Sample.Officer.Id, "Officer", Sample.Moment);
        var content = Encoding.ASCII.GetBytes("%PDF-1.7 " + Secret);

        await files.AddNoteAsync(note, application.ApplicantId, Sample.Audit(), Now);
        await files.AddDocumentAsync(document, content, application.ApplicantId, Sample.Audit(), Now);
        await files.AddLetterAsync(Letter(application, decision), application.ApplicantId, Sample.Audit(), Now);
        var bytes = Encoding.Latin1.GetString(await store.BytesAsync(server));

        Assert.Equal([note], await files.NotesAsync(application.Id, Now));
        Assert.Equal([document], await files.DocumentsAsync(application.Id, Now));
        Assert.Equal(content, (await files.ContentAsync(application.Id, document.Id, Now))!.Content);
        Assert.Null(await files.ContentAsync(Guid.CreateVersion7(), document.Id, Now));
        Assert.Equal(["Too little income."], Assert.Single(await files.LettersAsync(application.Id, Now)).In("en").Reasons);
        Assert.DoesNotContain("2,400,000", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("payslip", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("Too little income", bytes, StringComparison.Ordinal);
        Assert.Equal(CaseState.Decided, (await store.Reviews.FindAsync(reviewCase.Id, Now))!.State);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Letter_SecondOfADecision_IsRefused(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (application, _, decision) = await DecidedAsync(store);
        var files = store.Get<ICaseFileStore>();
        await files.AddLetterAsync(Letter(application, decision), application.ApplicantId, Sample.Audit(), Now);

        var second = await files.AddLetterAsync(Letter(application, decision), application.ApplicantId, Sample.Audit(), Now);

        Assert.Equal("letter.issued", Assert.Single(second.Problems).Code);
        Assert.Single(await files.LettersAsync(application.Id, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task IssuedLetters_ByTheEndOfANumber_AreListedWithTheirWords(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (application, _, decision) = await DecidedAsync(store);
        var files = store.Get<ICaseFileStore>();
        await files.AddLetterAsync(Letter(application, decision), application.ApplicantId, Sample.Audit(), Now);

        var all = await files.IssuedLettersAsync(null, 1, 25, Now);
        var found = await files.IssuedLettersAsync(application.Number[^4..], 1, 25, Now);
        var other = await files.IssuedLettersAsync("NO-SUCH", 1, 25, Now);
        var second = await files.IssuedLettersAsync(null, 2, 25, Now);

        Assert.Equal(("Dewi", "Perihal", "id", application.Number), (all.Items[0].Addressee, all.Items[0].Subject, all.Items[0].Language, all.Items[0].Number));
        Assert.Equal(all.Items, found.Items);
        Assert.Equal((1, 0, 0), (found.Total, other.Total, second.Items.Count));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Objection_OnADecidedCase_ReopensCaseAndApplicationTogether(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (application, reviewCase, decision) = await DecidedAsync(store);
        var objection = new Objection(Guid.CreateVersion7(), application.Id, decision.Id, Secret, Sample.Officer.Id, "Officer", Sample.Moment);
        var reopened = reviewCase with { State = CaseState.Waiting, ObjectedAt = Sample.Moment, ClaimedBy = null };

        var stored = await store.Reviews.ObjectAsync(objection, reopened, application with { State = ApplicationState.InReview }, Sample.Audit(), Now);
        var stale = await store.Reviews.ObjectAsync(objection with { Id = Guid.CreateVersion7() }, reopened, application with { State = ApplicationState.InReview }, Sample.Audit(), Now);

        Assert.Equal(Sample.Moment, stored.Value.ObjectedAt);
        Assert.Equal("version.stale", Assert.Single(stale.Problems).Code);
        Assert.Equal([objection], await store.Get<ICaseFileStore>().ObjectionsAsync(application.Id, Now));
        var after = (await store.Applications.FindAsync(application.Id, Now))!;
        Assert.Equal(ApplicationState.InReview, after.State);
        Assert.True(after.WasDecided);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Folder_OfAnErasedApplicant_IsEmpty(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (application, _, decision) = await DecidedAsync(store);
        var files = store.Get<ICaseFileStore>();
        var document = new CaseDocument(Guid.CreateVersion7(), application.Id, "income", "a.pdf", "application/pdf", 5, Sample.Officer.Id, "Officer", Sample.Moment);
        await files.AddNoteAsync(new CaseNote(Guid.CreateVersion7(), application.Id, Secret, Sample.Officer.Id, "Officer", Sample.Moment), application.ApplicantId, Sample.Audit(), Now);
        await files.AddDocumentAsync(document, "%PDF-"u8.ToArray(), application.ApplicantId, Sample.Audit(), Now);
        await files.AddLetterAsync(Letter(application, decision), application.ApplicantId, Sample.Audit(), Now);

        await store.Applicants.EraseAsync(application.ApplicantId, Sample.Audit(), Now);

        Assert.Empty(await files.NotesAsync(application.Id, Now));
        Assert.Empty(await files.DocumentsAsync(application.Id, Now));
        Assert.Empty(await files.LettersAsync(application.Id, Now));
        Assert.Empty((await files.IssuedLettersAsync(null, 1, 25, Now)).Items);
        Assert.Null(await files.ContentAsync(application.Id, document.Id, Now));
    }

    private static Letter Letter(CreditApplication application, CaseDecision decision) => new()
    {
        Id = Guid.CreateVersion7(),
        ApplicationId = application.Id,
        DecisionId = decision.Id,
        Language = "id",
        Texts = new Dictionary<string, LetterText>
        {
            ["en"] = new LetterText(["Lender"], ["Dewi"], "20 November 2026", "Subject", "Dear", "Declined.", "Reasons", ["Too little income."], "Score", [new LetterFact("Score", "541")], "Rights", ["Object."], ["Maya"]),
            ["id"] = new LetterText(["Lender"], ["Dewi"], "20 November 2026", "Perihal", "Yth.", "Ditolak.", "Alasan", ["Penghasilan kurang."], "Skor", [new LetterFact("Skor", "541")], "Hak", ["Keberatan."], ["Maya"]),
        },
        IssuedBy = Sample.Officer.Id,
        IssuedByName = "Officer",
        IssuedAt = Sample.Moment,
    };

    private static async Task<(CreditApplication Application, ReviewCase Case, CaseDecision Decision)> DecidedAsync(TestStore store)
    {
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var application = await store.Applications.AddAsync(Sample.Application(applicant.Id), Sample.Audit(), Now);
        var score = (await store.Scores.IssueAsync(Sample.Score(application), application, Sample.Audit(), Now)).Value;
        var scored = (await store.Applications.FindAsync(application.Id, Now))!;
        var opened = await store.Reviews.OpenAsync(Sample.Case(score), scored with { State = ApplicationState.InReview }, Sample.Audit(), Now);
        var reviewed = (await store.Applications.FindAsync(application.Id, Now))!;
        var decision = (await store.Reviews.DecideAsync(
            Sample.Decision(opened) with { Verdict = Verdict.Decline }, opened with { State = CaseState.Decided }, reviewed with { State = ApplicationState.Decided }, Sample.Audit(), Now)).Value;
        return ((await store.Applications.FindAsync(application.Id, Now))!, (await store.Reviews.FindAsync(opened.Id, Now))!, decision);
    }
}
