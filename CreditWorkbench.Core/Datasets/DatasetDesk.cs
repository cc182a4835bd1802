using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Brings files in, looks at them, and keeps them as versions of data sets from which training starts.</summary>
/// <param name="store">Manifests.</param>
/// <param name="files">Bytes.</param>
/// <param name="clock">Time of entries.</param>
public sealed class DatasetDesk(IDatasetStore store, IDatasetFiles files, TimeProvider clock)
{
    private const int LongestName = 100;
    private const int ShortestNote = 10;
    private static readonly TimeSpan UnusedLife = TimeSpan.FromDays(1);

    /// <summary>Largest file in bytes.</summary>
    public long MaxBytes => files.MaxBytes;

    /// <summary>All versions, newest first; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<DatasetVersion>>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<DatasetVersion>>.Success(await store.ListAsync(cancellationToken));

    /// <summary>One version; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<DatasetVersion>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        return await store.FindAsync(id, cancellationToken) is { } version ? version : Unknown(id);
    }

    /// <summary>Keeps a file; needs <see cref="Permission.BuildModels"/>. Files that no version refers to go after a day.</summary>
    public async Task<Outcome<DatasetFile>> BringAsync(string name, Stream content, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        var kept = (await store.ListAsync(cancellationToken)).Select(version => version.Content).ToHashSet();
        await files.SweepAsync(kept, clock.GetUtcNow() - UnusedLife, cancellationToken);
        return await files.AddAsync(Path.GetFileName(name), content, cancellationToken);
    }

    /// <summary>Looks at a kept file: what it is, what its columns look like, and which part each seems to play; needs
    /// <see cref="Permission.BuildModels"/>.</summary>
    /// <param name="content">Hash of the file.</param>
    /// <param name="reading">What the person said about header and delimiter; null to find out.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public async Task<Outcome<DatasetLook>> LookAsync(ContentHash content, FileReadOptions? reading, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (await files.FindAsync(content, cancellationToken) is not { } file) return Gone(content);
        var inspected = await FileInspector.InspectAsync(() => files.Open(content)!, reading, cancellationToken);
        if (!inspected.TryGet(out var inspection, out var problems)) return Outcome<DatasetLook>.Refused(problems);
        var header = HeaderOf(inspection.Profile.Layout);
        var same = (await store.ListAsync(cancellationToken)).Where(version => version.Content == content).ToList();
        return new DatasetLook(file, inspection, header, await store.MappingsAsync(header, cancellationToken), same);
    }

    /// <summary>Reads the whole file by a mapping without keeping anything; needs <see cref="Permission.BuildModels"/>.</summary>
    /// <param name="content">Hash of the file.</param>
    /// <param name="mapping">Parts of the columns.</param>
    /// <param name="rejects">Receives rejected rows as CSV, the first 20,000 of them; null for nobody.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public async Task<Outcome<DatasetTrial>> TryAsync(ContentHash content, DatasetMapping mapping, TextWriter? rejects, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (await files.FindAsync(content, cancellationToken) is not { } file) return Gone(content);
        return await DatasetTrial.RunAsync(() => files.Open(content)!, file.Name, mapping, rejects, cancellationToken);
    }

    /// <summary>Keeps a file as the next version of a data set; needs <see cref="Permission.BuildModels"/>.</summary>
    /// <returns>The version; refused when the file makes no labelled rows, or when the same content with the same mapping is the
    /// name's version already.</returns>
    public async Task<Outcome<DatasetVersion>> AddAsync(ContentHash content, string name, DatasetMapping mapping, Actor actor, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName) return new Problem("dataset.name", $"A name has 1 to {LongestName} characters.") { Field = "name", Remedy = "Give the data set a short name." };
        if (!(await TryAsync(content, mapping, null, actor, cancellationToken)).TryGet(out var trial, out var problems)) return Outcome<DatasetVersion>.Refused(problems);
        var file = (await files.FindAsync(content, cancellationToken))!;
        var made = trial.ToVersion(file, name, mapping, HeaderOf(trial.Layout), actor.Id, clock.GetUtcNow());
        if ((await store.ListAsync(cancellationToken)).FirstOrDefault(version => version.Name == name && version.Content == content && version.Mapping.SaysTheSame(mapping)) is { } same)
            return new Problem("dataset.same", $"{same.Reference} has this content and this mapping already.") { Field = same.Reference, Remedy = "Use that version." };
        return await store.AddAsync(made, Entry(actor, "dataset.added", made.Id, ("name", name), ("content", content.Hex), ("rows", Text(made.Rows)), ("rejected", Text(made.Rejected))), cancellationToken);
    }

    /// <summary>The rows of a version as they came; needs <see cref="Permission.BuildModels"/>.</summary>
    public async Task<Outcome<StoredRows>> OpenAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (await store.FindAsync(id, cancellationToken) is not { } version) return Unknown(id);
        return await files.FindAsync(version.Content, cancellationToken) is null ? Gone(version.Content) : new StoredRows(version, () => files.Open(version.Content)!);
    }

    /// <summary>Acknowledged findings of a version; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<DatasetAcknowledgement>>> AcknowledgedAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<DatasetAcknowledgement>>.Success(await store.AcknowledgedAsync(id, cancellationToken));

    /// <summary>Takes responsibility for a finding; needs <see cref="Permission.BuildModels"/> and a reason.</summary>
    public async Task<Outcome<DatasetAcknowledgement>> AcknowledgeAsync(Guid id, string column, string kind, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (note.Trim().Length < ShortestNote) return new Problem("dataset.note.short", $"A reason has at least {ShortestNote} characters.") { Field = "note", Remedy = "Say why the finding stands." };
        if (await store.FindAsync(id, cancellationToken) is null) return Unknown(id);
        var acknowledged = new DatasetAcknowledgement(id, column, kind, note.Trim(), actor.Id, clock.GetUtcNow());
        await store.AcknowledgeAsync(acknowledged, Entry(actor, "dataset.acknowledged", id, ("column", column), ("kind", kind), ("note", acknowledged.Note)), cancellationToken);
        return acknowledged;
    }

    /// <summary>Takes an acknowledgement back; needs <see cref="Permission.BuildModels"/>.</summary>
    public async Task<Outcome<Guid>> RevokeAsync(Guid id, string column, string kind, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        await store.RevokeAsync(id, column, kind, Entry(actor, "dataset.acknowledgementRevoked", id, ("column", column), ("kind", kind)), cancellationToken);
        return id;
    }

    private static ContentHash HeaderOf(FileLayout layout) => ContentHash.Of(string.Join('\u001F', layout.Columns.Select(column => column.Name)));

    private static AuditDraft Entry(Actor actor, string kind, Guid id, params (string Name, string Value)[] facts) =>
        new(actor, kind, id.ToString(), facts.ToDictionary(fact => fact.Name, fact => (string?)fact.Value));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Problem Unknown(Guid id) => new("dataset.unknown", $"There is no data set {id}.") { Remedy = "Choose one from the list." };

    private static Problem Gone(ContentHash content) => new("dataset.file.gone", $"The file {content.Short} is no longer kept.") { Remedy = "Upload it again." };
}
