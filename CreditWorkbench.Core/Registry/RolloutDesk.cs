using System.Globalization;
using System.Security.Cryptography;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Where challengers are started, widened, promoted and taken back. Every act needs <see cref="Permission.PromoteModels"/> and is in the
/// trail; reading needs <see cref="Permission.ReadModels"/>.</summary>
public sealed class RolloutDesk(IRolloutStore rollouts, IModelStore models, RegistryDesk registry, ReleaseSource releases, TimeProvider clock)
{
    private const int LongestNote = 1_000;

    /// <summary>All rollouts, newest first.</summary>
    public async Task<Outcome<IReadOnlyList<Rollout>>> ListAsync(string? scorecardId, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<Rollout>>.Success(await rollouts.ListAsync(scorecardId, cancellationToken));

    /// <summary>One rollout; <c>rollout.notFound</c>.</summary>
    public async Task<Outcome<Rollout>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : await KnownAsync(id, cancellationToken);

    /// <summary>What was done to a rollout, oldest first.</summary>
    public async Task<Outcome<IReadOnlyList<RolloutEvent>>> HistoryAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<RolloutEvent>>.Success(await rollouts.HistoryAsync(id, cancellationToken));

    /// <summary>Starts a rollout beside the release in production of the challenger's scorecard.</summary>
    /// <returns>The rollout, or every reason against it.</returns>
    public async Task<Outcome<Rollout>> StartAsync(RolloutRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        List<Problem> faults = [.. request.Guardrails.Check(), .. NoteFaults(request.Note), .. ShareFaults(request.Mode, request.Share)];
        if (faults.Count > 0) return faults;
        if (!(await registry.FindAsync(request.Challenger, cancellationToken)).TryGet(out var challenger, out var problems)) return Outcome<Rollout>.Refused(problems);
        if (await models.InProductionAsync(challenger.ScorecardId, cancellationToken) is not { } champion)
            return new Problem("model.none", $"No model is in production for scorecard {challenger.ScorecardId}.") { Remedy = "Promote one; a challenger needs a champion." };
        if (await UnfitAsync(champion, challenger, request.Mode, actor, cancellationToken) is { } unfit) return unfit;
        if (request.Mode == RolloutMode.Canary && !(await registry.EvidenceAsync(challenger, ModelStage.Production, request.Note, actor, cancellationToken)).TryGet(out _, out problems))
            return Outcome<Rollout>.Refused(problems);
        var now = clock.GetUtcNow();
        var rollout = new Rollout
        {
            Id = Guid.CreateVersion7(now),
            ScorecardId = challenger.ScorecardId,
            ChampionRelease = champion.ReleaseHash,
            Champion = champion.Reference,
            ChallengerRelease = challenger.ReleaseHash,
            Challenger = challenger.Reference,
            Mode = request.Mode,
            Share = request.Share,
            Salt = RandomNumberGenerator.GetHexString(16, lowercase: true),
            Guardrails = request.Guardrails,
            StartedBy = actor.Id,
            StartedAt = now,
            Note = request.Note.Trim(),
        };
        return await rollouts.AddAsync(rollout, EventOf(rollout, "started", rollout.Note, actor), AuditOf(rollout, "rollout.started", rollout.Note, actor), cancellationToken);
    }

    /// <summary>Changes the share of the subjects that the challenger decides on; a shadow becomes a canary.</summary>
    /// <param name="id">Rollout.</param>
    /// <param name="share">Percent, in [1, 100].</param>
    /// <param name="rowVersion">Version that the actor saw.</param>
    /// <param name="note">Why.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<Rollout>> ChangeShareAsync(Guid id, int share, int rowVersion, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await RunningAsync(id, rowVersion, note, actor, cancellationToken)).TryGet(out var rollout, out var problems)) return Outcome<Rollout>.Refused(problems);
        if (ShareFaults(RolloutMode.Canary, share) is { Count: > 0 } faults) return Outcome<Rollout>.Refused(faults);
        if (rollout.Mode == RolloutMode.Canary && rollout.Share == share) return rollout;
        if (!(await ModelsOfAsync(rollout, cancellationToken)).TryGet(out var pair, out problems)) return Outcome<Rollout>.Refused(problems);
        if (share > rollout.Share)
        {
            if (await UnfitAsync(pair.Champion, pair.Challenger, RolloutMode.Canary, actor, cancellationToken) is { } unfit) return unfit;
            if (!(await registry.EvidenceAsync(pair.Challenger, ModelStage.Production, note, actor, cancellationToken)).TryGet(out _, out problems)) return Outcome<Rollout>.Refused(problems);
        }

        return await ChangeAsync(rollout with { Mode = RolloutMode.Canary, Share = share }, "shareChanged", note, actor, cancellationToken);
    }

    /// <summary>Changes the limits of a rollout that runs. Stricter ones are open to everybody who may steer; looser ones of a canary, which decides on
    /// people, only to whom a promotion would be open. The entry says each limit before and after.</summary>
    /// <param name="id">Rollout.</param>
    /// <param name="guardrails">All limits from now on.</param>
    /// <param name="rowVersion">Version that the actor saw.</param>
    /// <param name="note">Why.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The rollout; unchanged, without an entry, where no limit differs.</returns>
    public async Task<Outcome<Rollout>> ChangeGuardrailsAsync(Guid id, RolloutGuardrails guardrails, int rowVersion, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await RunningAsync(id, rowVersion, note, actor, cancellationToken)).TryGet(out var rollout, out var problems)) return Outcome<Rollout>.Refused(problems);
        if (guardrails.Check() is { Count: > 0 } faults) return Outcome<Rollout>.Refused(faults);
        if (guardrails.ChangesFrom(rollout.Guardrails) is not { Count: > 0 } changes) return rollout;
        if (rollout.Mode == RolloutMode.Canary && guardrails.IsLooserThan(rollout.Guardrails))
        {
            if (!(await registry.FindAsync(rollout.Challenger, cancellationToken)).TryGet(out var challenger, out problems)) return Outcome<Rollout>.Refused(problems);
            if (await registry.FourEyesAsync(challenger, actor, cancellationToken) is { } own)
                return own == RegistryProblems.NoPerson ? own : new Problem("rollout.limits.self", "Who built a model, or asked for its approval, does not loosen what guards it.") { Remedy = "Ask a colleague, or make the limits stricter." };
        }

        return await ChangeAsync(rollout with { Guardrails = guardrails }, "guardrailsChanged", $"{note.Trim()} ({string.Join(", ", changes)})", actor, cancellationToken);
    }

    /// <summary>Puts the challenger into production, by the registry's own gates; who built it is refused.</summary>
    /// <remarks>The stage changes first. Should the process die before the rollout is closed, the watch closes it: its champion is no more in
    /// production.</remarks>
    public async Task<Outcome<Rollout>> PromoteAsync(Guid id, int rowVersion, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await RunningAsync(id, rowVersion, note, actor, cancellationToken)).TryGet(out var rollout, out var problems)) return Outcome<Rollout>.Refused(problems);
        if (!(await ModelsOfAsync(rollout, cancellationToken)).TryGet(out _, out problems)) return Outcome<Rollout>.Refused(problems);
        if (!(await registry.ChangeStageAsync(rollout.Challenger, ModelStage.Production, note, actor, cancellationToken)).TryGet(out _, out problems)) return Outcome<Rollout>.Refused(problems);
        return await CloseAsync(rollout, RolloutState.Promoted, note, actor, cancellationToken);
    }

    /// <summary>Takes the challenger back: from now on the champion decides alone.</summary>
    public async Task<Outcome<Rollout>> RollBackAsync(Guid id, int rowVersion, string note, Actor actor, CancellationToken cancellationToken) =>
        (await RunningAsync(id, rowVersion, note, actor, cancellationToken)).TryGet(out var rollout, out var problems)
            ? await CloseAsync(rollout, RolloutState.RolledBack, note, actor, cancellationToken)
            : Outcome<Rollout>.Refused(problems);

    /// <summary>Stops a rollout without a verdict on the challenger.</summary>
    public async Task<Outcome<Rollout>> EndAsync(Guid id, int rowVersion, string note, Actor actor, CancellationToken cancellationToken) =>
        (await RunningAsync(id, rowVersion, note, actor, cancellationToken)).TryGet(out var rollout, out var problems)
            ? await CloseAsync(rollout, RolloutState.Ended, note, actor, cancellationToken)
            : Outcome<Rollout>.Refused(problems);

    /// <summary>Closes a rollout whose challenger was put into production elsewhere: the product's own note of what somebody did.</summary>
    public async Task<Outcome<Rollout>> CloseAsPromotedAsync(Guid id, int rowVersion, string note, CancellationToken cancellationToken)
    {
        if (!(await RunningAsync(id, rowVersion, note, Actor.System, cancellationToken)).TryGet(out var rollout, out var problems)) return Outcome<Rollout>.Refused(problems);
        return (await models.InProductionAsync(rollout.ScorecardId, cancellationToken))?.ReleaseHash == rollout.ChallengerRelease
            ? await CloseAsync(rollout, RolloutState.Promoted, note, Actor.System, cancellationToken)
            : new Problem("rollout.champion", $"{rollout.Challenger} is not in production.") { Remedy = "Promote it first." };
    }

    private async Task<Outcome<Rollout>> RunningAsync(Guid id, int rowVersion, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        if (NoteFaults(note) is { Count: > 0 } faults) return Outcome<Rollout>.Refused(faults);
        if (!(await KnownAsync(id, cancellationToken)).TryGet(out var rollout, out var problems)) return Outcome<Rollout>.Refused(problems);
        if (!rollout.Runs) return new Problem("rollout.over", "This rollout is over.") { Remedy = "Start a new one." };
        return rollout.RowVersion == rowVersion
            ? rollout
            : new Problem("version.stale", "Somebody changed this in the meantime; nothing was saved.") { Remedy = "Load it again and repeat the change." };
    }

    private async Task<Outcome<Rollout>> KnownAsync(Guid id, CancellationToken cancellationToken) =>
        await rollouts.FindAsync(id, cancellationToken) is { } rollout ? rollout : new Problem("rollout.notFound", "There is no such rollout.") { Remedy = "See the list of rollouts." };

    private async Task<Outcome<(RegisteredModel Champion, RegisteredModel Challenger)>> ModelsOfAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var champion = await models.InProductionAsync(rollout.ScorecardId, cancellationToken);
        if (champion?.ReleaseHash != rollout.ChampionRelease)
            return new Problem("rollout.champion", $"{rollout.Champion} is no more in production, so there is nothing to compare with.") { Remedy = "End this rollout and start a new one." };
        return (await registry.FindAsync(rollout.Challenger, cancellationToken)).Then<(RegisteredModel, RegisteredModel)>(challenger => (champion, challenger));
    }

    // A shadow only needs to read the same values. Who decides on people must be able to say why, and is let loose by somebody else than its builder;
    // the evidence is asked for by the callers.
    private async Task<Problem?> UnfitAsync(RegisteredModel champion, RegisteredModel challenger, RolloutMode mode, Actor actor, CancellationToken cancellationToken)
    {
        if (challenger.Stage != ModelStage.Staging)
            return new Problem("rollout.stage", $"{challenger.Reference} is in {challenger.Stage}; a challenger is in staging.") { Field = "challenger", Remedy = "Move it to staging first." };
        if (challenger.ScoringHash != champion.ScoringHash)
            return new Problem("rollout.dictionary", $"{challenger.Reference} reads another scoring dictionary than {champion.Reference}.") { Field = "challenger", Remedy = "Train the challenger on the dictionary of the champion." };
        if (!(await releases.OfAsync(challenger)).TryGet(out var release, out var problems)) return problems[0];
        if (mode == RolloutMode.Shadow) return null;
        if (await registry.FourEyesAsync(challenger, actor, cancellationToken) is { } own)
            return own == RegistryProblems.NoPerson ? own : new Problem("rollout.self", "Who built a model, or asked for its approval, does not let it decide.") { Remedy = "Ask a colleague, or start it as a shadow." };
        return release.Package.Predictor.ReasonsAreExact && release.Package.ReasonBackground.Rows > 0
            ? null
            : new Problem("rollout.reasons", $"{challenger.Reference} cannot give exact reasons, which declined applicants are owed.") { Field = "mode", Remedy = "Start it as a shadow." };
    }

    private static IReadOnlyList<Problem> NoteFaults(string note) => note.Trim().Length is > 0 and <= LongestNote
        ? []
        : [new Problem("rollout.note", $"A note of 1 to {LongestNote} characters is needed.") { Field = "note", Remedy = "Say why." }];

    private static IReadOnlyList<Problem> ShareFaults(RolloutMode mode, int share) => (mode, share) is (RolloutMode.Shadow, 0) or (RolloutMode.Canary, >= 1 and <= 100)
        ? []
        : [new Problem("rollout.share", mode == RolloutMode.Shadow ? "A shadow decides on nobody: its share is 0." : $"The share is {share} %. Allowed: 1 to 100.") { Field = "share" }];

    private Task<Outcome<Rollout>> CloseAsync(Rollout rollout, RolloutState state, string note, Actor actor, CancellationToken cancellationToken)
    {
        var kind = char.ToLowerInvariant($"{state}"[0]) + $"{state}"[1..];
        return ChangeAsync(rollout with { State = state, EndedBy = actor.Id, EndedAt = clock.GetUtcNow(), Note = note.Trim() }, kind, note, actor, cancellationToken);
    }

    private Task<Outcome<Rollout>> ChangeAsync(Rollout rollout, string kind, string note, Actor actor, CancellationToken cancellationToken) =>
        rollouts.UpdateAsync(rollout, EventOf(rollout, kind, note.Trim(), actor), AuditOf(rollout, $"rollout.{kind}", note.Trim(), actor), cancellationToken);

    private RolloutEvent EventOf(Rollout rollout, string kind, string note, Actor actor) => new(rollout.Id, kind, rollout.Share, actor.Id, note, clock.GetUtcNow());

    private static AuditDraft AuditOf(Rollout rollout, string kind, string note, Actor actor) => new(actor, kind, rollout.Id.ToString(), new Dictionary<string, string?>
    {
        ["scorecard"] = rollout.ScorecardId,
        ["champion"] = rollout.Champion,
        ["challenger"] = rollout.Challenger,
        ["mode"] = rollout.Mode.ToString(),
        ["share"] = rollout.Share.ToString(CultureInfo.InvariantCulture),
        ["state"] = rollout.State.ToString(),
        ["note"] = note,
    })
    { Releases = [rollout.ChampionRelease, rollout.ChallengerRelease] };
}
