using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Whichever door is used, a release decides only because a person who had no hand in it says so.</summary>
public sealed class FourEyesTests
{
    private static readonly Permission[] All = Enum.GetValues<Permission>();
    private static readonly Actor Builder = Person("Ayu");
    private static readonly Actor Uploader = Person("Eko");
    private static readonly Actor Colleague = Person("Budi");
    private static readonly Actor Client = Person("Shop") with { Kind = ActorKind.Client };
    private readonly RegistryRoom _room = new(new ModelsInMemory(), new TickingClock());

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string> Doors => ["stage", "approval", "rejection", "review", "waiver"];

    [Theory, MemberData(nameof(Doors))]
    public async Task EveryDoor_NobodyInParticular_IsRefusedWithARemedy(string door)
    {
        await AskedAsync();

        foreach (var actor in new[] { Actor.System, Client })
        {
            var problem = Assert.Single(await KnockAsync(door, actor));
            Assert.Equal("model.stage.person", problem.Code);
            Assert.Contains("--as EMAIL", problem.Remedy, StringComparison.Ordinal);
        }

        Assert.Equal(ModelStage.Staging, (await _room.Registry.FindAsync("trial", Now)).Value.Stage);
    }

    [Theory, MemberData(nameof(Doors))]
    public async Task EveryDoor_WhoBuiltIt_IsRefusedAndAColleagueIsNot(string door)
    {
        await AskedAsync();

        var byBuilder = Assert.Single(await KnockAsync(door, Builder)).Code;
        await RegistryRoom.SignAsync(_room.Gates, (await _room.Registry.FindAsync("trial", Now)).Value, Colleague, Now);
        var byColleague = await KnockAsync(door, Colleague);

        Assert.Equal(door is "review" or "waiver" ? "model.gate.self" : "model.stage.self", byBuilder);
        Assert.DoesNotContain(byColleague, problem => problem.Code is "model.stage.self" or "model.gate.self" or "model.stage.person");
    }

    /// <summary>Carrying one's own package out and having a colleague carry it in again makes nobody another person.</summary>
    [Fact]
    public async Task Approve_PackageThatAnotherUploadedAgain_IsRefusedToBothHands()
    {
        var built = (await _room.Registry.RegisterAsync("trial", TinyPackage.Model, Builder, Now)).Value;
        var file = (await _room.Packages.ExportAsync(built, Builder, Now)).Value.Bytes;
        var carried = (await _room.Registry.UploadAsync(file, "carried", Uploader, Now)).Value;
        await _room.Registry.ChangeStageAsync(carried.Reference, ModelStage.Staging, "Validated.", Colleague, Now);
        await RegistryRoom.SignAsync(_room.Gates, carried, Colleague, Now);

        var (byBuilder, byUploader) = (await PromoteAsync(carried, Builder), await PromoteAsync(carried, Uploader));
        var byColleague = await PromoteAsync(carried, Colleague);

        Assert.Equal(("model.stage.self", "model.stage.self"), (byBuilder.Problems.Single().Code, byUploader.Problems.Single().Code));
        Assert.True(byColleague.Succeeded, string.Join(' ', byColleague.Problems));
    }

    [Fact]
    public async Task RollBack_ByNobodyInParticular_IsRefusedAndWhatDecidesStays()
    {
        foreach (var package in new[] { TinyPackage.Model, TinyPackage.Other })
            await Approved.PromoteAsync(_room.Registry, _room.Gates, (await _room.Registry.RegisterAsync("trial", package, Builder, Now)).Value, Now);

        var byNobody = await _room.Registry.RollBackAsync("tiny", "Back.", Actor.System, Now);
        var byPerson = await _room.Registry.RollBackAsync("tiny", "Back.", Colleague, Now);

        Assert.Equal("model.stage.person", byNobody.Problems.Single().Code);
        Assert.Equal("trial@1", byPerson.Value.Reference);
    }

    private Task<Outcome<RegisteredModel>> PromoteAsync(RegisteredModel model, Actor actor) => _room.Registry.ChangeStageAsync(model.Reference, ModelStage.Production, "Good.", actor, Now);

    private async Task<IReadOnlyList<Problem>> KnockAsync(string door, Actor actor)
    {
        var model = (await _room.Registry.FindAsync("trial", Now)).Value;
        return door switch
        {
            "stage" => (await PromoteAsync(model, actor)).Problems,
            "approval" => (await _room.Approvals.ApproveAsync(model.Reference, "Good.", actor, Now)).Problems,
            "rejection" => (await _room.Approvals.RejectAsync(model.Reference, "Bad.", actor, Now)).Problems,
            "review" => (await _room.Gates.ReviewFairnessAsync(model, "The groups were looked at.", actor, Now)).Problems,
            _ => (await _room.Gates.WaiveAsync(model, EvidenceGate.Parity, "Compared with the origin's file.", actor, Now)).Problems,
        };
    }

    private async Task AskedAsync()
    {
        _room.Rows.Evidence = null;
        await _room.Registry.RegisterAsync("trial", TinyPackage.Model, Builder, Now);
        await _room.Registry.ChangeStageAsync("trial", ModelStage.Staging, "Validated.", Actor.System, Now);
        Assert.True((await _room.Approvals.RequestAsync("trial", "Please.", Builder, Now)).Succeeded);
    }

    private static Actor Person(string name) => new(Guid.NewGuid(), name, ActorKind.User, All.ToHashSet());
}
