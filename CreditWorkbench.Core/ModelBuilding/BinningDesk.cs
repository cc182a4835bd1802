using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Where analysts set the bins of a data set's columns: figures as the trainer would see them, edits kept in a journal, and the
/// parameters that hand them to training.</summary>
/// <param name="rows">Rows of data sets.</param>
/// <param name="journal">Edits.</param>
/// <param name="clock">Time of edits.</param>
public sealed class BinningDesk(OpenDatasets rows, IBinningJournal journal, TimeProvider clock)
{
    private const double EarlyShare = 0.75;
    private static readonly JsonSerializerOptions Json = TrainingResultJson.Options;

    /// <summary>Columns of a data set, the most telling first; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<BinningColumn>>> ColumnsAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        if (!(await rows.OfAsync(id, cancellationToken)).TryGet(out var open, out var problems)) return Outcome<IReadOnlyList<BinningColumn>>.Refused(problems);
        var edited = (await journal.LastAsync(id, cancellationToken)).Where(entry => StateOf(entry).IsEdited).Select(entry => entry.Column).ToHashSet(StringComparer.Ordinal);
        var columns = open.Dataset.Features.Columns;
        var listed = new BinningColumn[columns.Count];
        Parallel.For(0, listed.Length, new ParallelOptions { CancellationToken = cancellationToken }, index => listed[index] = new BinningColumn(
            columns[index].Name, columns[index].IsCategory, new BinningSample(open, index, DefaultStart(open.Dataset.Times)).Bin(BinningState.Searched).InformationValue, edited.Contains(columns[index].Name)));
        return Outcome<IReadOnlyList<BinningColumn>>.Success([.. listed.OrderByDescending(column => column.InformationValue).ThenBy(column => column.Name, StringComparer.Ordinal)]);
    }

    /// <summary>A column as it stands; needs <see cref="Permission.ReadModels"/>.</summary>
    /// <param name="id">Version of the data set.</param>
    /// <param name="column">Model column.</param>
    /// <param name="from">First day of the out-of-time part; null for the day that three quarters of the rows come before.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<Outcome<BinningSheet>> OpenAsync(Guid id, string column, DateOnly? from, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? Task.FromResult<Outcome<BinningSheet>>(refusal) : SheetAsync(id, column, from, null, cancellationToken);

    /// <summary>A column by bins that are not kept: what a drag would give; needs <see cref="Permission.ReadModels"/>.</summary>
    public Task<Outcome<BinningSheet>> TryAsync(Guid id, string column, DateOnly? from, BinningState state, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? Task.FromResult<Outcome<BinningSheet>>(refusal) : SheetAsync(id, column, from, state, cancellationToken);

    /// <summary>Keeps bins as the next edit of a column; needs <see cref="Permission.BuildModels"/>.</summary>
    /// <param name="sheet">The column as it was seen; another edit since then refuses this one.</param>
    /// <param name="kind">What was done.</param>
    /// <param name="state">Bins after it.</param>
    /// <param name="actor">Who edits.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    public async Task<Outcome<BinningSheet>> EditAsync(BinningSheet sheet, string kind, BinningState state, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (!(await SheetAsync(sheet.DatasetId, sheet.Column, sheet.From, state, cancellationToken)).TryGet(out var edited, out var problems)) return Outcome<BinningSheet>.Refused(problems);
        var entry = new BinningEntry(sheet.DatasetId, sheet.Column, sheet.Journal.Count + 1, kind, JsonSerializer.Serialize(state, Json), actor.Id, clock.GetUtcNow());
        var audit = new AuditDraft(actor, "binning.edited", sheet.DatasetId.ToString(), new Dictionary<string, string?> { ["column"] = sheet.Column, ["kind"] = kind, ["bins"] = entry.StateJson });
        return (await journal.AppendAsync(entry, audit, cancellationToken)).Then<BinningSheet>(kept => edited with { Journal = [.. sheet.Journal, kept] });
    }

    /// <summary>All edits of a data set as the parameters of <c>train --params</c>: <c>{"scorecard":{"edges":{..},"groups":{..}}}</c>; needs
    /// <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<string>> ParametersAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        var states = (await journal.LastAsync(id, cancellationToken)).Select(entry => (entry.Column, State: StateOf(entry))).ToList();
        var scorecard = new Dictionary<string, object>();
        if (states.Any(one => one.State.Edges is not null)) scorecard["edges"] = states.Where(one => one.State.Edges is not null).ToDictionary(one => one.Column, one => one.State.Edges);
        if (states.Any(one => one.State.Groups is not null)) scorecard["groups"] = states.Where(one => one.State.Groups is not null).ToDictionary(one => one.Column, one => one.State.Groups);
        return JsonSerializer.Serialize(new Dictionary<string, object> { ["scorecard"] = scorecard }, Json);
    }

    /// <summary>The state that an entry left.</summary>
    public static BinningState StateOf(BinningEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return JsonSerializer.Deserialize<BinningState>(entry.StateJson, Json)!;
    }

    private async Task<Outcome<BinningSheet>> SheetAsync(Guid id, string name, DateOnly? from, BinningState? state, CancellationToken cancellationToken)
    {
        if (!(await rows.OfAsync(id, cancellationToken)).TryGet(out var open, out var problems)) return Outcome<BinningSheet>.Refused(problems);
        var column = open.Dataset.Features.Columns.ToList().FindIndex(one => one.Name == name);
        if (column < 0) return new Problem("binning.column", $"The data set has no column {name} to bin.") { Field = name, Remedy = "Choose one from the list." };
        var entries = await journal.ReadAsync(id, name, cancellationToken);
        state ??= entries.Count > 0 ? StateOf(entries[^1]) : BinningState.Searched;
        var sample = new BinningSample(open, column, from ?? DefaultStart(open.Dataset.Times));
        if (sample.SettingsOf(state).Edits.Faults([sample.Column]) is { Count: > 0 } faults) return new Problem("binning.edges", faults[0]) { Field = name, Remedy = "Edges rise, and every bin has one." };
        return Sheet(id, sample, state, entries);
    }

    private static BinningSheet Sheet(Guid id, BinningSample sample, BinningState state, IReadOnlyList<BinningEntry> entries)
    {
        var bins = sample.Bin(state);
        var figures = sample.Figures(bins);
        var (ladder, shares) = sample.Ladder();
        var stability = sample.From is null ? null : PopulationStability.Of([.. figures.Select(bin => (long)bin.Rows)], [.. figures.Select(bin => (long)bin.LaterRows)]);
        return new BinningSheet(
            id, sample.Column.Name, sample.Column.IsCategory, sample.Column.Direction, state, FoundOf(bins.Trend), figures, bins.InformationValue, IsMonotone(figures), stability, sample.From, ladder, shares, entries);
    }

    private static BinTrend FoundOf(RiskTrend trend) => trend switch
    {
        RiskTrend.Ascending => BinTrend.Ascending,
        RiskTrend.Descending => BinTrend.Descending,
        RiskTrend.Peak => BinTrend.Peak,
        RiskTrend.Valley => BinTrend.Valley,
        _ => BinTrend.Free,
    };

    private static bool IsMonotone(IReadOnlyList<BinFigures> figures)
    {
        var rates = figures.Where(bin => bin is { Kind: BinKind.Regular, Rows: > 0 }).Select(bin => bin.Rate).ToList();
        var steps = rates.Zip(rates.Skip(1), (before, after) => Math.Sign(after - before)).ToList();
        return steps.TrueForAll(step => step >= 0) || steps.TrueForAll(step => step <= 0);
    }

    // Three quarters of the rows come before it; null where the rows have no dates, or all the same.
    private static DateOnly? DefaultStart(DateOnly?[]? times)
    {
        if (times is null) return null;
        var days = times.OfType<DateOnly>().Order().ToArray();
        if (days.Length == 0 || days[0] == days[^1]) return null;
        var start = days[(int)(EarlyShare * (days.Length - 1))];
        return start > days[0] ? start : Array.Find(days, day => day > days[0]);
    }
}
