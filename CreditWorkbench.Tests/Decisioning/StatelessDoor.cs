using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Registry;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CreditWorkbench.Tests.Decisioning;

/// <summary>The stateless door on a registry in memory, with an engine whose steps can be made to fail and a log that can be full.</summary>
internal sealed class StatelessDoor : IPredictionLog, IPredictionStore, IAuditTrail
{
    public const string Good = """{"values":{"income":10000000,"instalments":3000000,"months_clean":36},"legalBasis":"contract"}""";

    private readonly RegistryRoom _registry;
    private int _promotions;

    public StatelessDoor(PredictionCacheLimits? limits = null)
    {
        _registry = new RegistryRoom(Models, Clock);
        Catalog = new ScorecardCatalog(Models, Clock);
        Lines = new ServingLines(new ReleaseSource(Models, TestKeys.Shared, Clock));
        Chain = new ServingChain(Lines, Engine, Models, Catalog, NullLogger<ServingChain>.Instance);
        Cache = new PredictionCache(Clock, limits ?? PredictionCacheLimits.Default);
        Desk = new PredictionDesk(Chain, Cache, this, Clock);
        Records = new PredictionRecords(this, new CaseReplay(Lines, Catalog), this);
    }

    public static Actor Client { get; } = new(Guid.Parse("0192f0c1-0000-7000-8000-00000000c001"), "Shop", ActorKind.Client, new HashSet<Permission> { Permission.ScoreStateless });

    public ModelsInMemory Models { get; } = new();
    public TickingClock Clock { get; } = new();
    public FaultyEngine Engine { get; } = new();
    public ScorecardCatalog Catalog { get; }
    public ServingLines Lines { get; }
    public ServingChain Chain { get; }
    public PredictionCache Cache { get; }
    public PredictionDesk Desk { get; }
    public PredictionRecords Records { get; }
    public List<Prediction> Kept { get; } = [];
    public List<AuditDraft> Trail { get; } = [];
    public bool LogIsFull { get; set; }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>A door behind which the tiny model decides.</summary>
    public static async Task<StatelessDoor> OpenAsync(PredictionCacheLimits? limits = null)
    {
        var door = new StatelessDoor(limits);
        await door.PromoteAsync(TinyPackage.Model);
        return door;
    }

    public async Task<RegisteredModel> PromoteAsync(ModelPackage package)
    {
        Clock.Advance(TimeSpan.FromSeconds(2 + _promotions++)); // the row in production is read anew, and stages have different times
        var model = (await _registry.Registry.RegisterAsync("tiny", package, Actor.System, Now)).Value;
        var promoted = await Approved.PromoteAsync(_registry.Registry, _registry.Gates, model, Now);
        Clock.Advance(TimeSpan.FromSeconds(2));
        return promoted;
    }

    public async Task<Outcome<PredictionAnswer>> AskAsync(string body, PredictionKind kind = PredictionKind.Predict, Actor? actor = null, string? legalBasis = null, bool withReasons = false, string scorecard = "tiny") =>
        await Desk.AnswerAsync(new PredictionCall(kind, scorecard, Encoding.UTF8.GetBytes(body), actor ?? Client, legalBasis) { WithReasons = withReasons }, Now);

    public ValueTask<Problem?> KeepAsync(Prediction prediction)
    {
        if (LogIsFull) return new(new Problem("predictions.unavailable", "The disk is full."));
        Kept.Add(prediction);
        return new((Problem?)null);
    }

    public ValueTask<Problem?> KeepAsync(IReadOnlyList<Prediction> predictions)
    {
        Kept.AddRange(predictions);
        return new((Problem?)null);
    }

    public Task<Prediction?> FindAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(Kept.Find(kept => kept.Id == id));

    public Task<IReadOnlyList<Prediction>> WithReferenceAsync(Guid clientId, string reference, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Prediction>>([.. Kept.Where(kept => kept.ClientId == clientId && kept.Reference == reference)]);

    public Task AppendAsync(IReadOnlyList<AuditDraft> drafts, CancellationToken cancellationToken)
    {
        Trail.AddRange(drafts);
        return Task.CompletedTask;
    }
}

/// <summary>The real engine, step by step replaced by faults.</summary>
internal sealed class FaultyEngine : IServingEngine
{
    private readonly ServingEngine _real = new();

    /// <summary>What scoring by a model (NAME@V) does instead; null or absent: the real thing.</summary>
    public Dictionary<string, Func<ScoredCase, ScoredCase>> Scoring { get; } = [];

    /// <summary>The same for scoring without calibrators.</summary>
    public Dictionary<string, Func<ScoredCase, ScoredCase>> Raw { get; } = [];

    /// <summary>Replaces explanations and reasons.</summary>
    public Func<Problem?>? Explaining { get; set; }

    public static ScoredCase Throws(ScoredCase scored) => throw new InvalidOperationException("The model is broken.");

    public static ScoredCase Overflows(ScoredCase scored) => throw new OverflowException("The model is broken.");

    public static ScoredCase GivesNoNumber(ScoredCase scored) => scored with { Score = scored.Score with { Margin = double.NaN, Unrounded = double.NaN } };

    public static ScoredCase GivesNoPd(ScoredCase scored) => scored with { Score = scored.Score with { Pd = double.NaN } };

    public ScoredCase Score(ServingLine line, InputRecord record, ApplicationTerms terms) => Apply(Scoring, line, _real.Score(line, record, terms));

    public ScoredCase ScoreRaw(ServingLine line, InputRecord record, ApplicationTerms terms) => Apply(Raw, line, _real.ScoreRaw(line, record, terms));

    public Outcome<(ScoreExplanation Explanation, PolicyOutcome Policy)> Explain(ServingLine line, ScoredCase scored, AttributionMethod method, bool briefly) =>
        Explaining?.Invoke() is { } problem ? problem : _real.Explain(line, scored, method, briefly);

    public Outcome<(IReadOnlyList<Reason> Reasons, PolicyOutcome Policy)> Reasons(ServingLine line, ScoredCase scored) =>
        Explaining?.Invoke() is { } problem ? problem : _real.Reasons(line, scored);

    public Roadmap Plan(ServingLine line, ScoredCase scored, ApplicationTerms terms, int target) => _real.Plan(line, scored, terms, target);

    private static ScoredCase Apply(Dictionary<string, Func<ScoredCase, ScoredCase>> faults, ServingLine line, ScoredCase scored) =>
        faults.TryGetValue(line.Reference.Model, out var fault) ? fault(scored) : scored;
}
