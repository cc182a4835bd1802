using System.Text.Json;
using CreditWorkbench.Tests.Scenarios;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

[Collection(CommandCollection.Name)]
public sealed class RegistryCommandTests(CommandRoom room)
{
    private const string Maker = "maker@example.id";
    private const string Approver = "approver@example.id";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scorecards_SeededStore_ListsTrust()
    {
        var run = await room.RunAsync("scorecards");

        Assert.Equal(0, run.Code);
        Assert.Contains("trust ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_SoundFile_ExitsZero()
    {
        await File.WriteAllTextAsync(room.File("tiny.yaml"), Scorecards.ScorecardFiles.Tiny, Cancellation);

        var run = await CommandRoom.RunOnAsync(null, "scorecards", "validate", room.File("tiny.yaml"));

        Assert.Equal(0, run.Code);
        Assert.Contains("tiny.yaml: valid", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_FaultyFiles_ReportsEveryFaultWithFileAndLine()
    {
        var faulty = Scorecards.ScorecardFiles.Tiny.Replace("expr: \"instalments / income\"", "expr: \"instalments / incone\"", StringComparison.Ordinal).Replace("to: 0, step", "too: 0, step", StringComparison.Ordinal);
        await File.WriteAllTextAsync(room.File("faulty.yaml"), faulty, Cancellation);

        var run = await CommandRoom.RunOnAsync(null, "scorecards", "validate", room.File("faulty.yaml"), room.File("absent.yaml"));

        Assert.Equal(1, run.Code);
        Assert.Contains("incone", run.Error, StringComparison.Ordinal);
        Assert.Contains("too", run.Error, StringComparison.Ordinal);
        Assert.Contains("faulty.yaml", run.Error, StringComparison.Ordinal);
        Assert.Contains("absent.yaml does not exist", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ThenImport_KeepsTheDictionary()
    {
        var exported = await room.RunAsync("scorecards", "export", "trust", "--out", room.File("trust.yaml"));
        var imported = await room.RunAsync("scorecards", "import", room.File("trust.yaml"));

        Assert.Equal((0, 0), (exported.Code, imported.Code));
        Assert.Contains("trust 1.0.0 is current", imported.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_SameSeed_WritesTheSameBytes()
    {
        foreach (var name in new[] { "first.csv", "second.csv" })
            Assert.Equal(0, (await room.RunAsync("generate", "--scorecard", "trust", "--rows", "50", "--seed", "9", "--out", room.File(name))).Code);

        Assert.Equal(await File.ReadAllBytesAsync(room.File("first.csv"), Cancellation), await File.ReadAllBytesAsync(room.File("second.csv"), Cancellation));
        Assert.Equal(51, (await File.ReadAllLinesAsync(room.File("first.csv"), Cancellation)).Length);
    }

    [Fact]
    public async Task Generate_UnknownScorecard_NamesTheKnownOnes()
    {
        var run = await room.RunAsync("generate", "--scorecard", "thrust", "--rows", "5", "--out", room.File("none.csv"));

        Assert.Equal(1, run.Code);
        Assert.Contains("There is no scorecard thrust.", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(room.File("none.csv")));
    }

    [Fact]
    public async Task Promote_ThroughTheStages_IsListed()
    {
        await PeopleAsync();
        await room.RunAsync("generate", "--scorecard", "trust", "--rows", "4000", "--seed", "3", "--out", room.File("steady.csv"));
        var trained = await room.RunAsync("train", "--scorecard", "trust", "--input", room.File("steady.csv"), "--params", room.Parameters, "--register", "steady", "--as", Maker);
        var skipped = await room.RunAsync("promote", "steady@1", "--stage", "archived", "--note", "");
        var staged = await room.RunAsync("promote", "steady@1", "--stage", "staging", "--note", "Validated.");
        var nobody = await room.RunAsync("promote", "steady@1", "--stage", "production", "--note", "Approved.");
        var reviewedByNobody = await room.RunAsync("models", "review", "steady@1", "--note", "The groups were looked at.");
        var maker = await room.RunAsync("promote", "steady@1", "--stage", "production", "--note", "Mine.", "--as", Maker);
        var reviewed = await room.RunAsync("models", "review", "steady@1", "--note", "The groups were looked at.", "--as", Approver);
        var promoted = await room.RunAsync("promote", "steady@1", "--stage", "production", "--note", "Approved.", "--as", Approver);
        var listed = await room.RunAsync("models");

        Assert.True(trained.Code == 0, trained.Error);
        Assert.True(promoted.Code == 0, promoted.Error);
        Assert.Equal((1, 0, 0, 0), (skipped.Code, staged.Code, promoted.Code, listed.Code));
        Assert.Contains("needs a note", skipped.Error, StringComparison.Ordinal);
        Assert.All([nobody, reviewedByNobody], run => Assert.Equal((1, true), (run.Code, run.Error.Contains("--as EMAIL", StringComparison.Ordinal) && run.Error.Contains("[model.stage.person]", StringComparison.Ordinal))));
        Assert.Equal((1, true, 0), (maker.Code, maker.Error.Contains("[model.stage.self]", StringComparison.Ordinal), reviewed.Code));
        Assert.Contains(listed.Out.Split('\n'), line => line.StartsWith("steady@1 ", StringComparison.Ordinal) && line.Contains("Production", StringComparison.Ordinal));
    }

    /// <summary>A model that learnt from 1,200 rows only is too bold, and does not get past its evidence.</summary>
    [Fact]
    public async Task Promote_ModelThatIsTooBold_StaysInStaging()
    {
        await room.RunAsync("promote", "trust@1", "--stage", "staging", "--note", "Validated.");
        await PeopleAsync();
        var promoted = await room.RunAsync("promote", "trust@1", "--stage", "production", "--note", "Approved.", "--as", Approver);

        Assert.Equal(1, promoted.Code);
        Assert.Contains("gate.calibration", promoted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_GatesExportUploadHistory_TellTheSameStory()
    {
        var gates = await room.RunAsync("models", "gates", "trust@1", "--measure", "--json", room.File("gates.json"));
        var exported = await room.RunAsync("models", "export", "trust@1", "--out", room.File("trust.cwb"));
        var uploaded = await room.RunAsync("models", "upload", room.File("trust.cwb"), "--name", "carried");
        var damaged = await File.ReadAllBytesAsync(room.File("trust.cwb"), Cancellation);
        damaged[damaged.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(room.File("damaged.cwb"), damaged, Cancellation);
        var refused = await room.RunAsync("models", "upload", room.File("damaged.cwb"));
        var keys = await room.RunAsync("models", "keys", "--export", room.File("key.pem"));
        var trusted = await room.RunAsync("models", "keys", "--trust", room.File("key.pem"), "--name", "ourselves");
        await PeopleAsync();
        var nobody = await room.RunAsync("rollback", "nothing-yet", "--note", "Nothing to go back to.");
        var back = await room.RunAsync("rollback", "nothing-yet", "--note", "Nothing to go back to.", "--as", Approver);
        var none = await room.RunAsync("models", "history", "trust", "--at", "2020-01-01T00:00:00Z");

        Assert.True(gates.Code == 0, gates.Error);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("gates.json"), Cancellation));
        Assert.Equal("passed", json.RootElement.GetProperty("gates").EnumerateArray().Single(gate => gate.GetProperty("gate").GetString() == "parity").GetProperty("state").GetString());
        Assert.True(exported.Code == 0 && uploaded.Code == 0, exported.Error + uploaded.Error);
        Assert.Contains("carried@1", uploaded.Out, StringComparison.Ordinal);
        Assert.Contains("package.altered", refused.Error, StringComparison.Ordinal);
        Assert.Contains("current", keys.Out, StringComparison.Ordinal);
        Assert.True(trusted.Code == 0, trusted.Error);
        Assert.Contains("model.stage.person", nobody.Error, StringComparison.Ordinal);
        Assert.Contains("model.rollback.none", back.Error, StringComparison.Ordinal);
        Assert.Contains("model.none", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_StrangerOrWithoutThePermission_IsRefusedBeforeAnythingIsDone()
    {
        await room.RunAsync("users", "add", "teller@example.id", "--name", "Tuti", "--role", "LoanOfficer");

        var stranger = await room.RunAsync("train", "--scorecard", "trust", "--input", room.TrustRows, "--params", room.Parameters, "--register", "mine", "--as", "nobody@example.id");
        var teller = await room.RunAsync("train", "--scorecard", "trust", "--input", room.TrustRows, "--params", room.Parameters, "--register", "mine", "--as", "teller@example.id");

        Assert.Equal((1, true), (stranger.Code, stranger.Error.Contains("[user.notFound]", StringComparison.Ordinal)));
        Assert.Equal((1, true), (teller.Code, teller.Error.Contains("[permission.missing]", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Users_AddListReset_WorkAndRefuseDuplicates()
    {
        var added = await room.RunAsync("users", "add", "oki@example.id", "--name", "Oki Pratama", "--role", "LoanOfficer");
        var again = await room.RunAsync("users", "add", "oki@example.id", "--name", "Oki Pratama", "--role", "LoanOfficer");
        var listed = await room.RunAsync("users", "list");
        var reset = await room.RunAsync("users", "reset", "oki@example.id");
        var nobody = await room.RunAsync("users", "reset", "nobody@example.id");

        Assert.True(added.Code == 0, added.Error);
        Assert.Contains("oki@example.id can sign in with the password ", added.Out, StringComparison.Ordinal);
        Assert.Equal(1, again.Code);
        Assert.Contains("oki@example.id  Oki Pratama  LoanOfficer", listed.Out, StringComparison.Ordinal);
        Assert.Equal(0, reset.Code);
        Assert.NotEqual(added.Out.Split(' ')[^1], reset.Out.Split(' ')[^1]);
        Assert.Contains("There is no user nobody@example.id.", nobody.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_WholeStore_Verifies()
    {
        var run = await room.RunAsync("audit", "verify", "--json", room.File("verified.json"));

        Assert.Equal(0, run.Code);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("verified.json"), Cancellation));
        Assert.True(json.RootElement.GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Audit_AlteredRow_ExitsOneAndNamesIt()
    {
        using var folder = new TemporaryFolder();
        await CommandRoom.RunOnAsync(folder.Path, "scorecards");
        await CommandRoom.RunOnAsync(folder.Path, "audit", "export", "--out", folder.File("trail.ndjson"));
        await using (var connection = new SqliteConnection($"Data Source={folder.File("workbench.db")};Pooling=False"))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE AuditEntries SET SubjectId = 'other' WHERE Sequence = 1";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancellation));
        }

        var run = await CommandRoom.RunOnAsync(folder.Path, "audit", "verify");

        Assert.Equal(1, run.Code);
        Assert.StartsWith("Entry 1 does not match", run.Error, StringComparison.Ordinal);
        Assert.NotEmpty(await File.ReadAllLinesAsync(folder.File("trail.ndjson"), Cancellation));
    }

    [Fact]
    public async Task AnyVerb_KeysOfAnotherStore_ExitsOneAndSaysWhichFolder()
    {
        using TemporaryFolder folder = new(), foreign = new();
        await CommandRoom.RunOnAsync(folder.Path, "migrate");
        await CommandRoom.RunOnAsync(foreign.Path, "migrate");
        await CommandRoom.RunOnAsync(folder.Path, "scorecards");
        await CommandRoom.RunOnAsync(foreign.Path, "scorecards");
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder.File("keys"), recursive: true);
        Directory.Move(foreign.File("keys"), folder.File("keys"));

        var run = await CommandRoom.RunOnAsync(folder.Path, "models");

        Assert.Equal(1, run.Code);
        Assert.Contains("does not belong to this store", run.Error, StringComparison.Ordinal);
    }

    // Refused where they are there already: the tests of this room run in any order.
    private async Task PeopleAsync()
    {
        await room.RunAsync("users", "add", Maker, "--name", "Mira Kurnia", "--role", "RiskAnalyst");
        await room.RunAsync("users", "add", Approver, "--name", "Andi Wijaya", "--role", "RiskAnalyst");
    }
}
