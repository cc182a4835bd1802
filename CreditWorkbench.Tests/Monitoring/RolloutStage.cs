using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Monitoring;

/// <summary>A workbench with a champion in production (tiny@1) and a challenger in staging (tiny@2).</summary>
internal sealed class RolloutStage(Workbench workbench, TickingClock clock)
{
    public static RolloutGuardrails Limits { get; } = new() { Confirmations = 2 };

    public Workbench Workbench => workbench;
    public RolloutDesk Desk => workbench.Get<RolloutDesk>();
    public IRolloutStore Rows => workbench.Get<IRolloutStore>();
    public IRolloutEvidence Evidence => workbench.Get<IRolloutEvidence>();
    public RolloutWatch Watch => workbench.Get<RolloutWatch>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RolloutStage> OpenAsync(string folder, TickingClock clock) => await OpenAsync(await Workbench.OpenAsync(folder, clock), clock, TinyPackage.Model, TinyPackage.Other);

    public static async Task<RolloutStage> OpenAsync(Workbench workbench, TickingClock clock, ModelPackage champion, ModelPackage challenger)
    {
        var stage = new RolloutStage(workbench, clock);
        await workbench.PromoteAsync("tiny", champion);
        await stage.StageAsync(challenger);
        return stage;
    }

    /// <summary>Registers a package as the next version and moves it to staging.</summary>
    public async Task<RegisteredModel> StageAsync(ModelPackage package)
    {
        var model = (await workbench.Registry.RegisterAsync("tiny", package, People.Analyst, Cancellation)).Value;
        await workbench.Get<GateDesk>().RunAsync(model, People.Analyst, Cancellation);
        await RegistryRoom.SignAsync(workbench.Get<GateDesk>(), model, People.Risk, Cancellation);
        return (await workbench.Registry.ChangeStageAsync(model.Reference, ModelStage.Staging, "Validated.", People.Analyst, Cancellation)).Value;
    }

    public Task<Outcome<Rollout>> TryStartAsync(RolloutMode mode, int share, Actor? actor = null, string challenger = "tiny@2", string note = "Try it.", RolloutGuardrails? limits = null) =>
        Desk.StartAsync(new RolloutRequest(challenger, mode, share, limits ?? Limits, note), actor ?? People.Risk, Cancellation);

    public async Task<Rollout> StartAsync(RolloutMode mode, int share, RolloutGuardrails? limits = null)
    {
        var rollout = (await TryStartAsync(mode, share, limits: limits)).Value;
        clock.Advance(TimeSpan.FromSeconds(2));
        return rollout;
    }

    public async Task<CreditApplication> ApplyAsync(int number)
    {
        var definition = TinyPackage.Model.Scorecard;
        var applicant = await workbench.RegisterAsync(number);
        await workbench.ConsentAsync(applicant.Id, definition);
        return await workbench.ApplyAsync(applicant.Id, new InputRecord(definition, [InputValue.OfNumber(10_000_000), InputValue.OfNumber(5_000_000), InputValue.OfNumber(18)]));
    }

    public async Task<IssuedScore> ScoreAsync(CreditApplication application) => (await workbench.Scoring.ScoreAsync(application.Id, People.Officer, Cancellation)).Value;

    /// <summary>Does what the host's worker does.</summary>
    public async Task<IReadOnlyList<RolloutPair>> CompareAsync()
    {
        var (recorder, pairs) = (workbench.Get<RolloutRecorder>(), new List<RolloutPair>());
        while (recorder.Waiting.TryRead(out var unseen)) pairs.AddRange(workbench.Get<UnseenScoring>().Compare(unseen));
        await Evidence.AddAsync(recorder.Fetch(), pairs, Cancellation);
        return pairs;
    }

    /// <summary>Adds counts as if so many cases had come by.</summary>
    public Task CountAsync(Rollout rollout, RolloutArm arm, int approved, int declined, int errors = 0, double milliseconds = 5)
    {
        var minute = clock.GetUtcNow();
        return Evidence.AddAsync(
            [
                Tally(RolloutMeasures.Run, 0, approved + declined + errors), Tally(RolloutMeasures.Error, 0, errors), Tally(RolloutMeasures.Decision, 0, approved), Tally(RolloutMeasures.Decision, 2, declined),
                Tally(RolloutMeasures.Latency, RolloutMeasures.LatencyBin(TimeSpan.FromMilliseconds(milliseconds)), approved + declined),
            ],
            [], Cancellation);

        RolloutTally Tally(string measure, int bin, int count) => new(rollout.Id, arm, minute, measure, bin, count);
    }

    public async Task<Rollout> ReadAsync(Rollout rollout) => (await Rows.FindAsync(rollout.Id, Cancellation))!;
}
