using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Registry;

public sealed class RegistryDeskTests
{
    private static readonly Actor Analyst = Person("Ayu", Permission.BuildModels, Permission.PromoteModels);
    private static readonly Actor Colleague = Person("Budi", Permission.PromoteModels);
    private readonly ModelsInMemory _models = new();
    private readonly RegistryRoom _room;
    private readonly RegistryDesk _desk;

    public RegistryDeskTests()
    {
        _room = new RegistryRoom(_models, new TickingClock());
        _desk = _room.Registry;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_NewPackage_IsTheFirstVersionInDev()
    {
        var model = await RegisterAsync(TinyPackage.Model);

        Assert.Equal(("trial@1", ModelStage.Dev, Analyst.Id), (model.Reference, model.Stage, model.CreatedBy));
        Assert.Equal(ContentHash.Of(SignedPackage.ContentOf(_models.Packages[model.Id]).Value), model.PackageHash);
        Assert.Equal(["scorecard.imported", "model.registered"], _models.Audit.Select(audit => audit.Kind));
    }

    [Fact]
    public async Task Register_SamePackageAgain_AddsNoVersion()
    {
        var first = await RegisterAsync(TinyPackage.Model);

        var again = await RegisterAsync(TinyPackage.Model);

        Assert.Equal(first, again);
        Assert.Single(_models.Packages);
    }

    [Fact]
    public async Task Register_OtherPackage_IsTheNextVersionWithAnotherRelease()
    {
        var first = await RegisterAsync(TinyPackage.Model);

        var second = await RegisterAsync(TinyPackage.Other);

        Assert.Equal(2, second.Version);
        Assert.NotEqual(first.ReleaseHash, second.ReleaseHash);
        Assert.Equal(first.ScoringHash, second.ScoringHash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("a/b")]
    [InlineData("name@2")]
    public async Task Register_BadName_IsRefused(string name)
    {
        var outcome = await _desk.RegisterAsync(name, TinyPackage.Model, Analyst, Cancellation);

        Assert.Equal("model.name", outcome.Problems.Single().Code);
        Assert.Empty(_models.Packages);
    }

    [Fact]
    public async Task Register_WithoutPermission_IsRefused()
    {
        var outcome = await _desk.RegisterAsync("trial", TinyPackage.Model, Colleague, Cancellation);

        Assert.Equal("permission.missing", outcome.Problems.Single().Code);
    }

    public static TheoryData<ModelStage, ModelStage, bool> Moves()
    {
        HashSet<(ModelStage, ModelStage)> allowed =
        [
            (ModelStage.Dev, ModelStage.Staging), (ModelStage.Dev, ModelStage.Archived), (ModelStage.Staging, ModelStage.Dev), (ModelStage.Staging, ModelStage.Production),
            (ModelStage.Staging, ModelStage.Archived), (ModelStage.Production, ModelStage.Archived), (ModelStage.Archived, ModelStage.Production),
        ];
        var moves = new TheoryData<ModelStage, ModelStage, bool>();
        foreach (var from in Enum.GetValues<ModelStage>())
            foreach (var to in Enum.GetValues<ModelStage>()) moves.Add(from, to, allowed.Contains((from, to)));
        return moves;
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task ChangeStage_EveryMove_IsAllowedOrRefusedByTheTable(ModelStage from, ModelStage to, bool allowed)
    {
        await RegisterAsync(TinyPackage.Model);
        foreach (var step in WayTo(from)) await MoveAsync("trial@1", step);

        var outcome = await MoveAsync("trial@1", to);

        Assert.Equal(allowed ? [] : ["model.stage.move"], outcome.Problems.Select(problem => problem.Code));
        Assert.Equal(allowed ? to : from, (await _desk.FindAsync("trial", Cancellation)).Value.Stage);
    }

    [Fact]
    public async Task ChangeStage_SecondVersionIntoProduction_ArchivesTheFirst()
    {
        await RegisterAsync(TinyPackage.Model);
        await RegisterAsync(TinyPackage.Other);
        foreach (var reference in new[] { "trial@1", "trial@2" })
            foreach (var step in WayTo(ModelStage.Production)) await MoveAsync(reference, step);

        Assert.Equal(ModelStage.Archived, (await _desk.FindAsync("trial@1", Cancellation)).Value.Stage);
        Assert.Equal(ModelStage.Production, (await _desk.FindAsync("trial@2", Cancellation)).Value.Stage);
    }

    [Fact]
    public async Task ChangeStage_BuilderPromotesOwnModel_IsRefused()
    {
        await RegisterAsync(TinyPackage.Model);
        await MoveAsync("trial", ModelStage.Staging);

        var outcome = await _desk.ChangeStageAsync("trial", ModelStage.Production, "It is mine.", Analyst, Cancellation);

        Assert.Equal("model.stage.self", outcome.Problems.Single().Code);
        Assert.Equal(ModelStage.Staging, (await _desk.FindAsync("trial", Cancellation)).Value.Stage);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChangeStage_ReasonsOnlySampled_StaysAChallenger(bool insideABlend)
    {
        NeuralNetwork network = new(
            [new NetworkColumn(0, 1, 0f, 1f, 0, 0), new NetworkColumn(0, 1, 0f, 1f, 0, 1)],
            [new NetworkLayer(5, [1, 1, 1, 1, 1], [0]), new NetworkLayer(1, [1], [0])]);
        Predictor sampled = insideABlend ? new BlendPredictor([new(network, 0.5, 1, 0), new(TinyPackage.Model.Predictor, 0.5, 1, 0)]) : network;
        await RegisterAsync(TinyPackage.Model with { Predictor = sampled });
        await MoveAsync("trial", ModelStage.Staging);

        var outcome = await MoveAsync("trial", ModelStage.Production);

        Assert.Equal("gate.reasons", outcome.Problems.Single().Code);
        Assert.Equal(ModelStage.Staging, (await _desk.FindAsync("trial", Cancellation)).Value.Stage);
    }

    [Fact]
    public async Task ChangeStage_WithoutNote_IsRefused()
    {
        await RegisterAsync(TinyPackage.Model);

        var outcome = await _desk.ChangeStageAsync("trial", ModelStage.Staging, "  ", Colleague, Cancellation);

        Assert.Equal("model.stage.note", outcome.Problems.Single().Code);
    }

    [Theory]
    [InlineData("trial@two", "model.reference")]
    [InlineData("trial@9", "model.notFound")]
    [InlineData("nobody", "model.notFound")]
    public async Task Find_UnknownReference_IsRefused(string reference, string code)
    {
        await RegisterAsync(TinyPackage.Model);

        Assert.Equal(code, (await _desk.FindAsync(reference, Cancellation)).Problems.Single().Code);
    }

    private async Task<RegisteredModel> RegisterAsync(ModelPackage package) => (await _desk.RegisterAsync("trial", package, Analyst, Cancellation)).Value;

    private async Task<Outcome<RegisteredModel>> MoveAsync(string reference, ModelStage stage)
    {
        if (stage == ModelStage.Production)
        {
            var model = (await _desk.FindAsync(reference, Cancellation)).Value;
            await _room.Gates.RunAsync(model, Colleague, Cancellation);
            await RegistryRoom.SignAsync(_room.Gates, model, Colleague, Cancellation);
        }

        return await _desk.ChangeStageAsync(reference, stage, "as planned", Colleague, Cancellation);
    }

    private static ModelStage[] WayTo(ModelStage stage) => stage switch
    {
        ModelStage.Dev => [],
        ModelStage.Staging => [ModelStage.Staging],
        ModelStage.Production => [ModelStage.Staging, ModelStage.Production],
        _ => [ModelStage.Archived],
    };

    private static Actor Person(string name, params Permission[] permissions) => new(Guid.NewGuid(), name, ActorKind.User, permissions.ToHashSet());
}
