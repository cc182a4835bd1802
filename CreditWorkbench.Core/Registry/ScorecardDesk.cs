using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Registry;

/// <summary>A scorecard as the browser lists it.</summary>
/// <param name="Id">Scorecard.</param>
/// <param name="Current">The dictionary in force; null for one that was never published.</param>
/// <param name="SavedAt">Since when; null without.</param>
/// <param name="Versions">Versions that are or were in force.</param>
/// <param name="Draft">The one in the making; null without.</param>
/// <param name="Production">The model in production; null without.</param>
public sealed record ShelvedScorecard(string Id, ScorecardDefinition? Current, DateTimeOffset? SavedAt, int Versions, ScorecardDraft? Draft, RegisteredModel? Production);

/// <summary>A text with what the checker says of it and what publishing it would change.</summary>
/// <param name="Reading">The definition or every fault, and warnings.</param>
/// <param name="Change">Against the version in force.</param>
public sealed record CheckedScorecard(ScorecardReading Reading, ScorecardChange Change);

/// <summary>Where dictionaries are read, edited as drafts and put in force.</summary>
/// <param name="shelf">Versions and drafts.</param>
/// <param name="models">What is in force, and the models that are tied to it.</param>
/// <param name="clock">Time of entries.</param>
public sealed class ScorecardDesk(IScorecardShelf shelf, IModelStore models, TimeProvider clock)
{
    /// <summary>All scorecards by id; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<ShelvedScorecard>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        var (sources, versions, drafts) = (await models.ScorecardsAsync(cancellationToken), await shelf.VersionsAsync(null, cancellationToken), await shelf.DraftsAsync(cancellationToken));
        var production = (await models.ListAsync(null, cancellationToken)).Where(model => model.Stage == ModelStage.Production).ToDictionary(model => model.ScorecardId);
        var listed = sources.Keys.Union(drafts.Select(draft => draft.ScorecardId)).Order(StringComparer.Ordinal).Select(id =>
        {
            var own = versions.Where(version => version.ScorecardId == id).ToList();
            var current = sources.TryGetValue(id, out var text) ? ScorecardReader.Read(text, id).Value : null;
            return new ShelvedScorecard(id, current, own.FirstOrDefault(version => version.Current)?.SavedAt, own.Count, drafts.FirstOrDefault(draft => draft.ScorecardId == id), production.GetValueOrDefault(id));
        });
        return Outcome<IReadOnlyList<ShelvedScorecard>>.Success([.. listed]);
    }

    /// <summary>One scorecard; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<ShelvedScorecard>> FindAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        var (sources, draft) = (await models.ScorecardsAsync(cancellationToken), await shelf.DraftAsync(id, cancellationToken));
        if (!sources.TryGetValue(id, out var text) && draft is null) return Unknown(id);
        var versions = await shelf.VersionsAsync(id, cancellationToken);
        var current = text is null ? null : ScorecardReader.Read(text, id).Value;
        return new ShelvedScorecard(id, current, versions.FirstOrDefault(version => version.Current)?.SavedAt, versions.Count, draft, await models.InProductionAsync(id, cancellationToken));
    }

    /// <summary>Versions of a scorecard, the one in force first; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<ScorecardVersion>>> VersionsAsync(string id, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<ScorecardVersion>>.Success(await shelf.VersionsAsync(id, cancellationToken));

    /// <summary>Text of a version; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<string>> TextAsync(ScorecardVersion version, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        return await shelf.TextAsync(version.ScorecardId, version.ScoringHash, version.PresentationHash, cancellationToken) is { } text ? text : Unknown(version.ScorecardId);
    }

    /// <summary>Checks a text and compares it with the version in force. Nothing is kept.</summary>
    /// <param name="id">Scorecard.</param>
    /// <param name="text">The file.</param>
    /// <param name="current">In force; null without.</param>
    public static CheckedScorecard Check(string id, string text, ScorecardDefinition? current)
    {
        var reading = ScorecardReader.Inspect(text, $"{id}.yaml");
        if (reading.Definition is { } definition && definition.Id != id)
        {
            var other = new ScorecardProblem("scorecard.id.changed", $"{id}.yaml", LineOfId(text), "id", $"This is the file of scorecard {id}; the id cannot become {definition.Id}.") { Field = "id", Row = LineOfId(text), Remedy = "Import the file as a scorecard of its own." };
            reading = new ScorecardReading(null, [other], reading.Warnings);
        }

        return new CheckedScorecard(reading, ScorecardChange.Of(current, text, reading.Definition));
    }

    /// <summary>Saves a text as the draft, faults and all; needs <see cref="Permission.BuildModels"/>.</summary>
    /// <param name="id">Scorecard.</param>
    /// <param name="text">The file as it stands.</param>
    /// <param name="rowVersion">Number of the draft that was edited; 0 when there was none.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    public async Task<Outcome<ScorecardDraft>> SaveDraftAsync(string id, string text, int rowVersion, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (text.Length > ScorecardReader.LongestFile) return new Problem("scorecard.file.long", $"The file is longer than {ScorecardReader.LongestFile} characters.");
        var current = (await shelf.VersionsAsync(id, cancellationToken)).FirstOrDefault(version => version.Current);
        var draft = new ScorecardDraft(id, text, current?.ScoringHash, current?.PresentationHash, actor.Id, clock.GetUtcNow(), rowVersion);
        return await shelf.SaveDraftAsync(draft, Entry(actor, "scorecard.draftSaved", id, ("text", ContentHash.Of(text).Hex)), cancellationToken);
    }

    /// <summary>Takes a file in as the draft of the scorecard that it names; needs <see cref="Permission.BuildModels"/>.</summary>
    /// <returns>The draft; refused when the file names no scorecard.</returns>
    public async Task<Outcome<ScorecardDraft>> ImportAsync(string text, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (IdOf(text) is not { } id) return new Problem("scorecard.id", "The file names no scorecard.") { Field = "id", Remedy = "A dictionary has a line such as `id: consumer`." };
        return await SaveDraftAsync(id, text, (await shelf.DraftAsync(id, cancellationToken))?.RowVersion ?? 0, actor, cancellationToken);
    }

    /// <summary>Puts a draft in force; needs <see cref="Permission.PromoteModels"/>.</summary>
    /// <returns>The definition in force from now on; refused with every fault, or when somebody changed the draft meanwhile.</returns>
    public async Task<Outcome<ScorecardDefinition>> PublishAsync(string id, int rowVersion, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        if (await shelf.DraftAsync(id, cancellationToken) is not { } draft || draft.RowVersion != rowVersion)
            return new Problem("version.stale", "Somebody changed this in the meantime; nothing was saved.") { Remedy = "Load it again and repeat the change." };
        var current = (await models.ScorecardsAsync(cancellationToken)).TryGetValue(id, out var text) ? ScorecardReader.Read(text, id).Value : null;
        var (reading, change) = Check(id, draft.SourceText, current);
        if (reading.Definition is not { } definition) return Outcome<ScorecardDefinition>.Refused(reading.Problems);
        if (!change.Any) return new Problem("scorecard.unchanged", "The draft says what is in force already.") { Remedy = "Discard the draft." };
        var audit = Entry(actor, "scorecard.published", id, ("version", definition.Version), ("scoringHash", definition.ScoringHash.Hex), ("presentationHash", definition.PresentationHash.Hex), ("note", note.Trim()));
        return (await shelf.PublishAsync(draft, definition.ScoringHash, definition.PresentationHash, audit, cancellationToken)).Then<ScorecardDefinition>(_ => definition);
    }

    /// <summary>Throws a draft away; needs <see cref="Permission.BuildModels"/>.</summary>
    public async Task<Outcome<string>> DiscardAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        await shelf.DropDraftAsync(id, Entry(actor, "scorecard.draftDiscarded", id), cancellationToken);
        return id;
    }

    // Read by its line, because a file with faults elsewhere has an id too.
    private static string? IdOf(string text)
    {
        var line = text.ReplaceLineEndings("\n").Split('\n').FirstOrDefault(line => line.StartsWith("id:", StringComparison.Ordinal));
        var id = line?["id:".Length..].Split('#')[0].Trim().Trim('"', '\'');
        return id is { Length: > 0 and <= 64 } && char.IsAsciiLetterLower(id[0]) && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-') ? id : null;
    }

    private static int LineOfId(string text) => Array.FindIndex(text.ReplaceLineEndings("\n").Split('\n'), line => line.StartsWith("id:", StringComparison.Ordinal)) + 1;

    private static Problem Unknown(string id) => new("scorecard.unknown", $"There is no scorecard {id}.") { Remedy = "Choose one from the list." };

    private static AuditDraft Entry(Actor actor, string kind, string id, params (string Name, string Value)[] facts) =>
        new(actor, kind, id, facts.ToDictionary(fact => fact.Name, fact => (string?)fact.Value));
}
