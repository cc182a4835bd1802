using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>Lists of applications and applicants in the order that a reader asks for.</summary>
public sealed class ListOrderTests(PostgresServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Applications_ByAmountNumberOrTime_ComeEitherWayRound(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        foreach (var (amount, hour) in new[] { (20m, 1), (60m, 2), (5m, 3) })
            await store.Applications.AddAsync(Sample.Application(applicant.Id) with { Id = Guid.CreateVersion7(), Amount = Money.FromMajor(amount, "IDR"), CreatedAt = Sample.Moment.AddHours(hour) }, Sample.Audit(), Now);

        async Task<decimal[]> AmountsAsync(ListOrder order, bool ascending) =>
            [.. (await store.Applications.SearchAsync(new ApplicationQuery { Order = order, Ascending = ascending }, Now)).Items.Select(application => application.Amount!.Value.Major)];

        Assert.Equal([60m, 20m, 5m], await AmountsAsync(ListOrder.Amount, false));
        Assert.Equal([5m, 20m, 60m], await AmountsAsync(ListOrder.Amount, true));
        Assert.Equal([5m, 60m, 20m], await AmountsAsync(ListOrder.Created, false));
        Assert.Equal([20m, 60m, 5m], await AmountsAsync(ListOrder.Number, true));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Applicants_ByTimeOrKind_ComeEitherWayRound(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var person = Sample.Applicant() with { CreatedAt = Sample.Moment };
        var company = Sample.Applicant("PT Contoh", "pt@contoh.id") with { Kind = ApplicantKind.Company, CreatedAt = Sample.Moment.AddHours(1) };
        await store.Applicants.AddAsync(person, Sample.Audit(), Now);
        await store.Applicants.AddAsync(company, Sample.Audit(), Now);

        async Task<Guid[]> IdsAsync(ListOrder order, bool ascending) => [.. (await store.Applicants.SearchAsync(new ApplicantQuery { Order = order, Ascending = ascending }, Now)).Items.Select(one => one.Id)];

        Assert.Equal([company.Id, person.Id], await IdsAsync(ListOrder.Created, false));
        Assert.Equal([person.Id, company.Id], await IdsAsync(ListOrder.Created, true));
        Assert.Equal(2, (await IdsAsync(ListOrder.Kind, true)).Length);
    }
}
