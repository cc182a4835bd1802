using System.Globalization;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Tests.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>The trail of a whole journey in a real database file, and what somebody with a database client can do to it.</summary>
public sealed class AuditTrailScenarioTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Workbench _workbench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _workbench = await Workbench.OpenAsync(_folder.Path);
        await _workbench.PromoteAsync("tiny", TinyPackage.Model);
    }

    public async ValueTask DisposeAsync()
    {
        await _workbench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Audit_AfterAJourney_VerifiesAndTellsTheStoryInOrder()
    {
        var issued = await ScoreAsync();

        var entries = (await _workbench.Audit.SearchAsync(new(), Cancellation)).Reverse().ToList();
        var verification = await _workbench.Audit.VerifyAsync(Cancellation);

        Assert.True(verification.Intact, verification.Message);
        Assert.Equal(
            ["scorecard.imported", "model.registered", "model.gatesMeasured", "model.gateSigned", "model.gateSigned", "model.gateSigned", "model.stageChanged", "model.stageChanged", "applicant.registered", "consent.given", "application.opened", "application.scored", "roadmap.issued"],
            entries.Select(entry => entry.Entry.Kind));
        var scored = entries.Single(entry => entry.Entry.Kind == "application.scored");
        Assert.Equal(issued.Score.Issued.ToString(CultureInfo.InvariantCulture), scored.Payload!["score"]);
        Assert.Equal(issued.Release.Hash.Hex, scored.Entry.Releases);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET SubjectId = SubjectId || 'x' WHERE Sequence = 4")]
    [InlineData("UPDATE AuditEntries SET Payload = randomblob(40) WHERE Sequence = 4")]
    [InlineData("UPDATE AuditEntries SET At = (SELECT At FROM AuditEntries WHERE Sequence = 9) WHERE Sequence = 4")]
    [InlineData("UPDATE AuditEntries SET Kind = 'application.opened' WHERE Sequence = 4")]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 4")]
    public async Task Audit_OneRowAltered_VerifyNamesIt(string sql)
    {
        await ScoreAsync();
        await _workbench.Audit.SearchAsync(new(), Cancellation);

        var touched = await _workbench.TamperAsync(sql);
        var verification = await _workbench.Audit.VerifyAsync(Cancellation);

        Assert.Equal(1, touched);
        Assert.Equal((false, 4L), (verification.Intact, verification.FirstBroken));
        Assert.StartsWith("Entry 4 ", verification.Message, StringComparison.Ordinal);
    }

    private async Task<IssuedScore> ScoreAsync()
    {
        var definition = TinyPackage.Model.Scorecard;
        var applicant = await _workbench.RegisterAsync(1);
        await _workbench.ConsentAsync(applicant.Id, definition);
        var record = new InputRecord(definition, [InputValue.OfNumber(10_000_000), InputValue.OfNumber(3_000_000), InputValue.OfNumber(18)]);
        var application = await _workbench.ApplyAsync(applicant.Id, record);
        return (await _workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation)).Value;
    }
}
