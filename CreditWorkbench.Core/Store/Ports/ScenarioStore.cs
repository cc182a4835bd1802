using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Kept trials in the store.</summary>
internal sealed class ScenarioStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, DataKeyStore keys) : IScenarioStore
{
    private const string Document = "Scenarios.Document";

    public async Task<IReadOnlyList<Scenario>> OfAsync(Guid applicationId, Guid userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Scenarios.AsNoTracking().Where(row => row.ApplicationId == applicationId && row.UserId == userId)
            .OrderBy(row => row.KeptAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var found = await keys.FindAsync(rows.Select(row => row.ApplicantId), cancellationToken);
        return [.. rows.Where(row => found.ContainsKey(row.ApplicantId)).Select(row => Read(row, found[row.ApplicantId]))];
    }

    public async Task<Outcome<Scenario>> AddAsync(Scenario scenario, AuditDraft audit, CancellationToken cancellationToken)
    {
        var key = await keys.RequireAsync(scenario.ApplicantId, cancellationToken);
        return await writer.TryWriteAsync<Scenario>(
            async context =>
            {
                if (await context.Scenarios.CountAsync(row => row.ApplicationId == scenario.ApplicationId && row.UserId == scenario.UserId, cancellationToken) >= Scenario.Most)
                    return new Problem("scenario.full", $"You keep {Scenario.Most} scenarios of this case already.") { Remedy = "Remove one first." };
                context.Scenarios.Add(Write(scenario, key));
                return scenario;
            },
            [audit], cancellationToken);
    }

    public async Task<Outcome<Guid>> RemoveAsync(Guid id, Guid userId, AuditDraft audit, CancellationToken cancellationToken) =>
        await writer.TryWriteAsync<Guid>(
            async context => await context.Scenarios.Where(row => row.Id == id && row.UserId == userId).ExecuteDeleteAsync(cancellationToken) > 0
                ? id
                : new Problem("scenario.notFound", "There is no such scenario.") { Remedy = "Reload the page." },
            [audit], cancellationToken);

    private static ScenarioRow Write(Scenario scenario, DataKey key) => new()
    {
        Id = scenario.Id,
        ApplicationId = scenario.ApplicationId,
        ApplicantId = scenario.ApplicantId,
        ScoreId = scenario.ScoreId,
        UserId = scenario.UserId,
        Document = key.Seal(
            StoreJson.Write(new Body(scenario.Name, scenario.Changes, scenario.Issued, scenario.Grade, scenario.Pd, scenario.Recommendation, scenario.Instalment)), Document, scenario.Id),
        KeptAt = scenario.KeptAt,
    };

    private static Scenario Read(ScenarioRow row, DataKey key)
    {
        var body = StoreJson.Read<Body>(key.Open(row.Document, Document, row.Id));
        return new Scenario
        {
            Id = row.Id,
            ApplicationId = row.ApplicationId,
            ApplicantId = row.ApplicantId,
            ScoreId = row.ScoreId,
            UserId = row.UserId,
            Name = body.Name,
            Changes = body.Changes,
            Issued = body.Issued,
            Grade = body.Grade,
            Pd = body.Pd,
            Recommendation = body.Recommendation,
            Instalment = body.Instalment,
            KeptAt = row.KeptAt,
        };
    }

    private sealed record Body(
        string Name, IReadOnlyDictionary<string, InputValue> Changes, int Issued, string Grade, double Pd, Recommendation Recommendation, double? Instalment);
}
