using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Registry;

/// <summary>One asks, another decides; a rollback brings back what decided before; the past can be asked for.</summary>
public sealed class ApprovalDeskTests
{
    private static readonly Actor Builder = Person("Ayu", Permission.BuildModels, Permission.PromoteModels, Permission.ReadModels);
    private static readonly Actor Colleague = Person("Budi", Permission.PromoteModels, Permission.ReadModels);
    private static readonly Actor Third = Person("Citra", Permission.PromoteModels, Permission.ReadModels);
    private static readonly Actor Reader = Person("Dewi", Permission.ReadModels);
    private readonly TickingClock _clock = new();
    private readonly RegistryRoom _room;

    public ApprovalDeskTests() => _room = new RegistryRoom(new ModelsInMemory(), _clock);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_ByAnother_PutsItIntoProductionAndClosesTheRequest()
    {
        var model = await StagedAsync(TinyPackage.Model);
        var asked = (await _room.Approvals.RequestAsync(model.Reference, "Better than the rule.", Builder, Now)).Value;
        await RegistryRoom.SignAsync(_room.Gates, model, Colleague, Now);

        var approved = (await _room.Approvals.ApproveAsync(model.Reference, "Agreed.", Colleague, Now)).Value;

        var closed = (await _room.Approvals.ListAsync(model, Reader, Now)).Value.Single();
        Assert.Equal(ModelStage.Production, approved.Stage);
        Assert.Equal((asked.Id, ApprovalState.Approved, Colleague.Id, "Agreed."), (closed.Id, closed.State, closed.DecidedBy!.Value, closed.Note!));
        Assert.Equal(["model.approvalRequested", "model.stageChanged"], _room.Models.Audit.Select(entry => entry.Kind).Where(kind => kind is "model.approvalRequested" or "model.stageChanged").TakeLast(2));
    }

    [Fact]
    public async Task Approve_ByBuilderOrByWhoAsked_IsRefusedInTheDomain()
    {
        var model = await StagedAsync(TinyPackage.Model);
        await RegistryRoom.SignAsync(_room.Gates, model, Third, Now);
        await _room.Approvals.RequestAsync(model.Reference, "Please.", Colleague, Now);

        var byBuilder = await _room.Approvals.ApproveAsync(model.Reference, "Mine.", Builder, Now);
        var byAsker = await _room.Approvals.ApproveAsync(model.Reference, "I asked.", Colleague, Now);
        var byStage = await _room.Registry.ChangeStageAsync(model.Reference, ModelStage.Production, "Around the desk.", Colleague, Now);
        var byReader = await _room.Approvals.ApproveAsync(model.Reference, "Nice.", Reader, Now);
        var byThird = await _room.Approvals.ApproveAsync(model.Reference, "Looked at it.", Third, Now);

        Assert.Equal(["model.stage.self", "model.stage.self", "model.stage.self", "permission.missing"], new[] { byBuilder, byAsker, byStage, byReader }.Select(outcome => outcome.Problems.Single().Code));
        Assert.True(byThird.Succeeded);
    }

    [Fact]
    public async Task Approve_FairnessNotReviewed_IsRefusedAndTheRequestStaysOpen()
    {
        var model = await StagedAsync(TinyPackage.Model with { ReportJson = """{"leakage":[]}""" });
        await _room.Approvals.RequestAsync(model.Reference, "Please.", Builder, Now);
        await _room.Gates.WaiveAsync(model, EvidenceGate.Calibration, "Calibrated at its origin.", Colleague, Now);

        var refused = await _room.Approvals.ApproveAsync(model.Reference, "Fine.", Colleague, Now);

        Assert.Equal(["gate.fairness"], refused.Problems.Select(problem => problem.Code));
        Assert.Equal(ApprovalState.Open, (await _room.Approvals.ListAsync(model, Reader, Now)).Value.Single().State);
    }

    [Fact]
    public async Task Reject_WithANote_LeavesTheStageAndAllowsANewRequest()
    {
        var model = await StagedAsync(TinyPackage.Model);
        await _room.Approvals.RequestAsync(model.Reference, "Please.", Builder, Now);

        var twice = await _room.Approvals.RequestAsync(model.Reference, "Again.", Builder, Now);
        var mute = await _room.Approvals.RejectAsync(model.Reference, " ", Colleague, Now);
        var rejected = await _room.Approvals.RejectAsync(model.Reference, "The groups are too small.", Colleague, Now);
        var again = await _room.Approvals.RequestAsync(model.Reference, "With more rows.", Builder, Now);
        var byOther = await _room.Approvals.WithdrawAsync(model.Reference, "Not mine.", Colleague, Now);
        var withdrawn = await _room.Approvals.WithdrawAsync(model.Reference, "Found something.", Builder, Now);

        Assert.Equal(("model.approval.open", "model.stage.note", "model.approval.other"), (twice.Problems.Single().Code, mute.Problems.Single().Code, byOther.Problems.Single().Code));
        Assert.Equal((ApprovalState.Rejected, true, ApprovalState.Withdrawn), (rejected.Value.State, again.Succeeded, withdrawn.Value.State));
        Assert.Equal(ModelStage.Staging, (await _room.Registry.FindAsync(model.Reference, Now)).Value.Stage);
        Assert.Equal("model.approval.none", (await _room.Approvals.ApproveAsync(model.Reference, "Too late.", Colleague, Now)).Problems.Single().Code);
    }

    [Fact]
    public async Task Request_FromDev_IsRefused()
    {
        var model = (await _room.Registry.RegisterAsync("trial", TinyPackage.Model, Builder, Now)).Value;

        Assert.Equal("model.approval.stage", (await _room.Approvals.RequestAsync(model.Reference, "Now.", Builder, Now)).Problems.Single().Code);
    }

    [Fact]
    public async Task RollBack_AfterAPromotion_BringsTheOneBeforeBackInOneStep()
    {
        var (first, second) = (await ProductionAsync(TinyPackage.Model), await ProductionAsync(TinyPackage.Other));

        var mute = await _room.Registry.RollBackAsync("tiny", "", Colleague, Now);
        var back = (await _room.Registry.RollBackAsync("tiny", "Declines rose overnight.", Colleague, Now)).Value;
        var further = await _room.Registry.RollBackAsync("tiny", "Further back.", Colleague, Now);

        Assert.Equal("model.stage.note", mute.Problems.Single().Code);
        Assert.Equal((first.Id, ModelStage.Production), (back.Id, back.Stage));
        Assert.Equal(ModelStage.Archived, (await _room.Registry.FindAsync(second.Reference, Now)).Value.Stage);
        Assert.Equal("model.rollback.none", further.Problems.Single().Code);
        var entry = _room.Models.Audit.Single(audit => audit.Kind == "model.rolledBack");
        Assert.Equal((Colleague.Id, second.Reference, "Declines rose overnight."), (entry.Actor.Id, entry.Payload["replaced"], entry.Payload["note"]));
    }

    /// <summary>Times before, between, at the very instant of, and after promotions, rollbacks and a retirement.</summary>
    [Fact]
    public async Task DecidedAt_AnyInstant_NamesTheReleaseOfThatInstant()
    {
        var start = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromHours(1));
        var first = await ProductionAsync(TinyPackage.Model); // from 1 h
        _clock.Advance(TimeSpan.FromHours(1));
        var second = await ProductionAsync(TinyPackage.Other); // from 2 h
        _clock.Advance(TimeSpan.FromHours(1));
        await _room.Registry.RollBackAsync("tiny", "Back.", Colleague, Now); // first again from 3 h
        _clock.Advance(TimeSpan.FromHours(1));
        await _room.Registry.ChangeStageAsync(first.Reference, ModelStage.Archived, "Retired.", Colleague, Now); // none from 4 h

        Assert.Equal("model.none", (await AtAsync(start + TimeSpan.FromMinutes(59))).Problems.Single().Code);
        Assert.Equal((first.Id, false), Told(await AtAsync(start + TimeSpan.FromHours(1))));
        Assert.Equal((first.Id, false), Told(await AtAsync(start + TimeSpan.FromHours(2) - TimeSpan.FromTicks(1))));
        Assert.Equal((second.Id, false), Told(await AtAsync(start + TimeSpan.FromHours(2))));
        Assert.Equal((first.Id, true), Told(await AtAsync(start + TimeSpan.FromHours(3.5))));
        Assert.Equal("model.none", (await AtAsync(start + TimeSpan.FromHours(4))).Problems.Single().Code);
    }

    /// <summary>Two nodes on one store: what one promotes or rolls back, the other serves at most a second later.</summary>
    [Fact]
    public async Task Promotion_OnOneNode_HoldsOnEveryNodeWithinTwoSeconds()
    {
        var first = await ProductionAsync(TinyPackage.Model);
        ReleaseSource[] nodes = [new(_room.Models, TestKeys.Shared, _clock), new(_room.Models, TestKeys.Shared, _clock)];
        foreach (var node in nodes) Assert.Equal(first.Id, (await node.InProductionAsync("tiny", Now)).Value.Model.Id);

        var second = await ProductionAsync(TinyPackage.Other);
        _clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var node in nodes) Assert.Equal(second.Id, (await node.InProductionAsync("tiny", Now)).Value.Model.Id);
        await _room.Registry.RollBackAsync("tiny", "Back.", Colleague, Now);
        _clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var node in nodes) Assert.Equal(first.Id, (await node.InProductionAsync("tiny", Now)).Value.Model.Id);
    }

    [Fact]
    public async Task Upload_OfAnExportElsewhere_NeedsATrustedKeyAndIsSignedHere()
    {
        var foreign = new TestKeys();
        var file = Signed.Of(TinyPackage.Model, foreign).ToBytes();

        var refused = await _room.Registry.UploadAsync(file, "shop", Builder, Now);
        _room.Keys.Trust(foreign.List()[0].PublicKey, "sister bank");
        var taken = (await _room.Registry.UploadAsync(file, "shop", Builder, Now)).Value;

        Assert.Equal("package.key.unknown", refused.Problems.Single().Code);
        Assert.Equal(("shop@1", ModelStage.Dev, _room.Keys.List()[0].Id), (taken.Reference, taken.Stage, taken.SignedBy));
        Assert.Equal(foreign.List()[0].Id, _room.Models.Audit.Single(entry => entry.Kind == "model.uploaded").Payload["uploadedKey"]);
        var export = (await _room.Packages.ExportAsync(taken, Reader, Now)).Value;
        Assert.Equal(("shop-1.cwb", taken.PackageHash), (export.FileName, new PackageLoader(_room.Keys).Verify(export.Bytes).Value.Content));
    }

    [Fact]
    public async Task Upload_WithoutSignature_IsCheckedAndSignedButDamagedOrForeignIsNot()
    {
        var bare = PackageEncoding.Write(TinyPackage.Model);
        var damaged = (byte[])bare.Clone();
        damaged[^50] ^= 1;

        var taken = await _room.Registry.UploadAsync(bare, null, Builder, Now);

        Assert.Equal("tiny@1", taken.Value.Reference);
        Assert.Equal("package.altered", (await _room.Registry.UploadAsync(damaged, null, Builder, Now)).Problems.Single().Code);
        Assert.Equal("package.notAPackage", (await _room.Registry.UploadAsync(new byte[100], null, Builder, Now)).Problems.Single().Code);
        Assert.Equal("permission.missing", (await _room.Registry.UploadAsync(bare, null, Reader, Now)).Problems.Single().Code);
        Assert.Equal("package.tooLarge", (await _room.Registry.UploadAsync(new byte[(RegistryDesk.LargestUpload << 20) + 1], null, Builder, Now)).Problems.Single().Code);
    }

    [Fact]
    public async Task Upload_MadeForAnotherDictionaryThanTheOneInForce_IsRefused()
    {
        await _room.Registry.RegisterAsync("tiny", TinyPackage.Model, Builder, Now);
        var other = Scorecards.ScorecardFiles.Read(Scorecards.ScorecardFiles.Tiny.Replace("range: [0, 120]", "range: [0, 121]", StringComparison.Ordinal));
        Assert.NotEqual(TinyPackage.Model.Scorecard.ScoringHash, other.ScoringHash);

        var refused = await _room.Registry.UploadAsync(PackageEncoding.Write(TinyPackage.Of(other, 1.25)), null, Builder, Now);

        Assert.Equal("package.dictionary", refused.Problems.Single().Code);
    }

    /// <summary>What an earlier program registered without a signature is not served until it was checked and signed.</summary>
    [Fact]
    public async Task Sign_OfAnEarlierRegistration_LetsItServeAgain()
    {
        var model = await ProductionAsync(TinyPackage.Model);
        _room.Models.Packages[model.Id] = PackageEncoding.Write(TinyPackage.Model);
        var before = await new ReleaseSource(_room.Models, TestKeys.Shared, _clock).OfAsync(model);

        var signed = (await _room.Packages.SignAsync(model, Colleague, Now)).Value;
        var after = await new ReleaseSource(_room.Models, TestKeys.Shared, _clock).OfAsync(signed);
        _room.Models.Packages[model.Id] = PackageEncoding.Write(TinyPackage.Other);

        Assert.Equal("package.unsigned", before.Problems.Single().Code);
        Assert.True(after.Succeeded);
        Assert.Equal("package.altered", (await _room.Packages.SignAsync(signed, Colleague, Now)).Problems.Single().Code);
    }

    private Task<Outcome<ReleaseReign>> AtAsync(DateTimeOffset instant) => _room.Registry.DecidedAtAsync("tiny", instant, Reader, Now);

    private static (Guid, bool) Told(Outcome<ReleaseReign> reign) => (reign.Value.Model.Id, reign.Value.IsRollback);

    private async Task<RegisteredModel> StagedAsync(ModelPackage package)
    {
        var model = (await _room.Registry.RegisterAsync("trial", package, Builder, Now)).Value;
        return (await _room.Registry.ChangeStageAsync(model.Reference, ModelStage.Staging, "Validated.", Builder, Now)).Value;
    }

    private async Task<RegisteredModel> ProductionAsync(ModelPackage package)
    {
        var model = await StagedAsync(package);
        await RegistryRoom.SignAsync(_room.Gates, model, Colleague, Now);
        return (await _room.Registry.ChangeStageAsync(model.Reference, ModelStage.Production, "Approved.", Colleague, Now)).Value;
    }

    private static Actor Person(string name, params Permission[] permissions) => new(Guid.NewGuid(), name, ActorKind.User, permissions.ToHashSet());
}
