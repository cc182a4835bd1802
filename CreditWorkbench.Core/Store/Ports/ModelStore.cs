using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Models, packages and dictionaries in the store.</summary>
internal sealed class ModelStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, KeyRing ring, TimeProvider time) : IModelStore
{
    private const string Content = "Packages.Content";

    public async Task<IReadOnlyList<RegisteredModel>> ListAsync(string? scorecardId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Models.AsNoTracking();
        if (scorecardId is not null) rows = rows.Where(row => row.ScorecardId == scorecardId);
        return [.. (await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Version).Select(ModelMap.Brief).ToListAsync(cancellationToken)).Select(ModelMap.Read)];
    }

    public Task<RegisteredModel?> FindAsync(string name, int? version, CancellationToken cancellationToken) =>
        FirstAsync(rows => rows.Where(row => row.Name == name && (version == null || row.Version == version)).OrderByDescending(row => row.Version), cancellationToken);

    public Task<RegisteredModel?> InProductionAsync(string scorecardId, CancellationToken cancellationToken) =>
        FirstAsync(rows => rows.Where(row => row.ScorecardId == scorecardId && row.Stage == ModelStage.Production).OrderBy(row => row.Id).Select(ModelMap.Brief), cancellationToken);

    public Task<RegisteredModel?> ByReleaseAsync(ContentHash releaseHash, CancellationToken cancellationToken) =>
        FirstAsync(rows => rows.Where(row => row.ReleaseHash == releaseHash.Hex).OrderBy(row => row.CreatedAt).Select(ModelMap.Brief), cancellationToken);

    public async Task<string> ReportAsync(Guid modelId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Models.Where(row => row.Id == modelId).Select(row => row.ReportJson).SingleAsync(cancellationToken);
    }

    public async Task<IReadOnlySet<Guid>> BuildersAsync(RegisteredModel model, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var same = await context.Models.AsNoTracking().Where(row => row.PackageHash == model.PackageHash.Hex).Select(row => new { row.Name, row.Version, row.CreatedBy }).ToListAsync(cancellationToken);
        List<string> references = [.. same.Select(row => $"{row.Name}@{row.Version}")];
        var trained = from registration in context.LabRegistrations.AsNoTracking()
                      join run in context.LabRuns.AsNoTracking() on registration.RunId equals run.Id
                      where references.Contains(registration.Model)
                      select new { run.CreatedBy, registration.By };
        var builders = same.Select(row => row.CreatedBy).Append(model.CreatedBy).ToHashSet();
        foreach (var hand in await trained.ToListAsync(cancellationToken)) builders.UnionWith([hand.CreatedBy, hand.By]);
        return builders;
    }

    public async Task<byte[]> PackageAsync(Guid modelId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Packages.AsNoTracking().SingleAsync(row => row.ModelId == modelId, cancellationToken);
        return ring.Open(row.Content, Envelope.Place(Content, modelId));
    }

    public Task<RegisteredModel> AddAsync(RegisteredModel model, byte[] package, AuditDraft audit, CancellationToken cancellationToken)
    {
        var content = ring.Seal(package, Envelope.Place(Content, model.Id));
        return writer.WriteAsync(
            async context =>
            {
                var number = await context.NextNumberAsync($"model:{model.Name}", cancellationToken);
                var numbered = model with { Version = checked((int)number) };
                context.Models.Add(ModelMap.Write(numbered));
                context.Packages.Add(new PackageRow { ModelId = model.Id, Content = content });
                return numbered;
            },
            [audit], cancellationToken);
    }

    public Task<Outcome<RegisteredModel>> ChangeStageAsync(RegisteredModel model, StageChange change, AuditDraft audit, CancellationToken cancellationToken) =>
        writer.TryWriteAsync<RegisteredModel>(
            async context =>
            {
                // Stage changes of one scorecard stand in line: the count of the last one is locked until this one is committed.
                await context.NextNumberAsync($"stages:{model.ScorecardId}", cancellationToken);
                var row = await context.Models.SingleOrDefaultAsync(row => row.Id == model.Id, cancellationToken);
                if (row is null || row.RowVersion != model.RowVersion || row.Stage != change.From) return StaleVersion.Problem;
                if (change.To == ModelStage.Production) await ArchiveAsync(context, row, change, cancellationToken);
                if (change.Approval is { } approval && await GovernanceMap.DecideAsync(context, approval, cancellationToken) is { } stale) return stale;
                Move(context, row, change);
                return ModelMap.Read(row);
            },
            [audit], cancellationToken);

    public async Task<IReadOnlyList<StageChange>> HistoryAsync(Guid modelId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.StageChanges.AsNoTracking().Where(row => row.ModelId == modelId).OrderByDescending(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(ModelMap.Read)];
    }

    public async Task<IReadOnlyList<ModelChange>> ChangesAsync(string scorecardId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = from change in context.StageChanges.AsNoTracking()
                   join model in context.Models.AsNoTracking().Select(ModelMap.Brief) on change.ModelId equals model.Id
                   where model.ScorecardId == scorecardId
                   orderby change.Id
                   select new { model, change };
        return [.. (await rows.ToListAsync(cancellationToken)).Select(row => new ModelChange(ModelMap.Read(row.model), ModelMap.Read(row.change)))];
    }

    public Task ReplacePackageAsync(RegisteredModel model, byte[] package, AuditDraft audit, CancellationToken cancellationToken)
    {
        var content = ring.Seal(package, Envelope.Place(Content, model.Id));
        return writer.WriteAsync(
            async context =>
            {
                await context.Packages.Where(row => row.ModelId == model.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Content, content), cancellationToken);
                return await context.Models.Where(row => row.Id == model.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SignedBy, model.SignedBy), cancellationToken);
            },
            [audit], cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, string>> ScorecardsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Scorecards.AsNoTracking().Where(row => row.Current).ToDictionaryAsync(row => row.ScorecardId, row => row.SourceText, cancellationToken);
    }

    public async Task SaveScorecardAsync(
        string scorecardId, string sourceText, ContentHash scoringHash, ContentHash presentationHash, AuditDraft audit, CancellationToken cancellationToken)
    {
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var unchanged = await context.Scorecards.AnyAsync(
                row => row.Current && row.ScorecardId == scorecardId && row.ScoringHash == scoringHash.Hex && row.PresentationHash == presentationHash.Hex, cancellationToken);
            if (unchanged) return;
        }

        await writer.WriteAsync(
            async context =>
            {
                await context.NextNumberAsync($"scorecard:{scorecardId}", cancellationToken); // savers of one dictionary stand in line
                await context.Scorecards.Where(row => row.ScorecardId == scorecardId && row.Current)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Current, false), cancellationToken);
                var row = await context.Scorecards.FindAsync([scorecardId, scoringHash.Hex, presentationHash.Hex], cancellationToken);
                if (row is null)
                {
                    context.Scorecards.Add(row = new ScorecardRow { ScorecardId = scorecardId, ScoringHash = scoringHash.Hex, PresentationHash = presentationHash.Hex });
                }

                (row.SourceText, row.Current, row.SavedAt) = (sourceText, true, time.GetUtcNow());
                return true;
            },
            [audit], cancellationToken);
    }

    // Archived before the newcomer moves, because the database allows one version in production at any moment.
    private static async Task ArchiveAsync(WorkbenchContext context, ModelRow successor, StageChange change, CancellationToken cancellationToken)
    {
        var former = await context.Models.SingleOrDefaultAsync(
            row => row.ScorecardId == successor.ScorecardId && row.Stage == ModelStage.Production && row.Id != successor.Id, cancellationToken);
        if (former is null) return;
        Move(context, former, new StageChange(former.Id, ModelStage.Production, ModelStage.Archived, change.ActorId, $"Replaced by {successor.Name}@{successor.Version}.", change.At));
        await context.SaveChangesAsync(cancellationToken);
    }

    private static void Move(WorkbenchContext context, ModelRow row, StageChange change)
    {
        (row.Stage, row.StageSince) = (change.To, change.At);
        row.RowVersion++;
        context.StageChanges.Add(ModelMap.Write(change with { ModelId = row.Id }));
    }

    private async Task<RegisteredModel?> FirstAsync(Func<IQueryable<ModelRow>, IQueryable<ModelRow>> select, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await select(context.Models.AsNoTracking()).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : ModelMap.Read(row);
    }
}
