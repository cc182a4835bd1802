using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class GovernanceStoreTests(PostgresServer server)
{
    private static readonly byte[] Package = [.. "CWBPACKAGE"u8];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Gates_AddedTwice_KeepBothAndShowTheNewest(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (model, governance) = (await store.Models.AddAsync(Sample.Model(), Package, Sample.Audit(), Now), store.Services.GetRequiredService<IGovernanceStore>());
        GateResult[] first = [Gate(model, EvidenceGate.Parity, GateState.Failed, "parity.noData"), Gate(model, EvidenceGate.Reasons, GateState.Passed, "reasons.exact")];
        var second = Gate(model, EvidenceGate.Parity, GateState.Waived, "parity.noData") with { Note = "Compared by hand.", Figures = [new("rows", 12), new("largest", double.PositiveInfinity)] };

        await governance.AddGatesAsync(first, Sample.Audit("model.gatesMeasured"), Now);
        await governance.AddGatesAsync([second], Sample.Audit("model.gateSigned"), Now);

        var all = await governance.GatesAsync(model.Id, Now);
        Assert.Equal([GateState.Waived, GateState.Passed, GateState.Failed], all.Select(gate => gate.State));
        Assert.Equivalent(second, all[0], strict: true);
        Assert.Equal([EvidenceGate.Parity, EvidenceGate.Reasons], (await governance.LatestGatesAsync(Now)).Select(gate => gate.Gate).Order());
        Assert.Equal(GateState.Waived, (await governance.LatestGatesAsync(Now)).Single(gate => gate.Gate == EvidenceGate.Parity).State);
        Assert.Single(await store.Reader.SearchAsync(new("model.gateSigned"), Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Requests_OfManyAtOnce_OneIsOpen(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (model, governance) = (await store.Models.AddAsync(Sample.Model(), Package, Sample.Audit(), Now), store.Services.GetRequiredService<IGovernanceStore>());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => governance.RequestAsync(Request(model), Sample.Audit("model.approvalRequested"), Now), Now)));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal("model.approval.open", outcome.Problems.Single().Code));
        Assert.Single(await governance.ApprovalsAsync(null, Now));
    }

    /// <summary>The decision and the change of stage stand in one transaction: a second approver finds the request closed and moves nothing.</summary>
    [Theory, ClassData(typeof(BothStores))]
    public async Task Approval_CarriedByAChange_IsClosedWithItOrNotAtAll(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (model, governance) = (await store.Models.AddAsync(Sample.Model(), Package, Sample.Audit(), Now), store.Services.GetRequiredService<IGovernanceStore>());
        var open = (await governance.RequestAsync(Request(model), Sample.Audit(), Now)).Value;
        var approved = open with { State = ApprovalState.Approved, DecidedBy = Sample.Officer.Id, DecidedAt = Sample.Moment, Note = "Agreed." };

        var moved = await store.Models.ChangeStageAsync(model, Change(model, ModelStage.Production, approved), Sample.Audit(), Now);
        var again = await store.Models.ChangeStageAsync(moved.Value, Change(moved.Value, ModelStage.Archived, approved), Sample.Audit(), Now);

        Assert.Equal("version.stale", again.Problems.Single().Code);
        Assert.Equal(ModelStage.Production, (await store.Models.FindAsync("trust", null, Now))!.Stage);
        Assert.Equivalent(approved, Assert.Single(await governance.ApprovalsAsync(model.Id, Now)), strict: true);
        Assert.Equal("version.stale", (await governance.CloseAsync(approved with { State = ApprovalState.Withdrawn }, Sample.Audit(), Now)).Problems.Single().Code);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Changes_OfAScorecard_TellWhoDecidedWhenWithRollbacks(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var first = await store.Models.AddAsync(Sample.Model(), Package, Sample.Audit(), Now);
        var second = await store.Models.AddAsync(Sample.Model(release: "second"), Package, Sample.Audit(), Now);
        first = (await store.Models.ChangeStageAsync(first, Change(first, ModelStage.Production), Sample.Audit(), Now)).Value;
        await store.Models.ChangeStageAsync(second, Change(second, ModelStage.Production) with { At = Sample.Moment.AddHours(1) }, Sample.Audit(), Now);
        first = (await store.Models.FindAsync("trust", 1, Now))!;
        await store.Models.ChangeStageAsync(first, Change(first, ModelStage.Production) with { At = Sample.Moment.AddHours(2), IsRollback = true }, Sample.Audit(), Now);

        var reigns = ReleaseHistory.Of(await store.Models.ChangesAsync("trust", Now));

        Assert.Equal(
            [("trust@1", 0.0, 1.0, false), ("trust@2", 1.0, 2.0, false), ("trust@1", 2.0, double.NaN, true)],
            reigns.Select(reign => (reign.Model.Reference, Hours(reign.From), reign.Until is { } until ? Hours(until) : double.NaN, reign.IsRollback)));
        Assert.Equal("trust@2", ReleaseHistory.At(reigns, Sample.Moment.AddHours(1.5))!.Model.Reference);
        Assert.Empty(await store.Models.ChangesAsync("consumer", Now));
    }

    private static double Hours(DateTimeOffset at) => (at - Sample.Moment).TotalHours;

    private static GateResult Gate(RegisteredModel model, EvidenceGate gate, GateState state, string code) =>
        new() { ModelId = model.Id, Gate = gate, State = state, Code = code, Detail = "What was found.", By = Sample.Officer.Id, At = Sample.Moment };

    private static Approval Request(RegisteredModel model) => new() { Id = Guid.CreateVersion7(), ModelId = model.Id, RequestedBy = Guid.Parse("0197f000-0000-7000-8000-0000000000bb"), RequestNote = "Please.", RequestedAt = Sample.Moment };

    private static StageChange Change(RegisteredModel model, ModelStage to, Approval? approval = null) => new(model.Id, model.Stage, to, Sample.Officer.Id, "good", Sample.Moment) { Approval = approval };
}
