using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Endpoints.Cases;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints.Watch;

/// <summary>A move of a model version to a stage.</summary>
/// <param name="Stage">dev, staging, production or archived.</param>
/// <param name="Note">Why.</param>
public sealed record NewStage(ModelStage Stage, string Note);

/// <summary>A version in the registry.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Name.</param>
/// <param name="Version">Version, from 1.</param>
/// <param name="Reference">NAME@V.</param>
/// <param name="Scorecard">Scorecard that it serves.</param>
/// <param name="Family">Family of its predictor.</param>
/// <param name="Stage">Stage.</param>
/// <param name="StageSince">Since when.</param>
/// <param name="PackageHash">SHA-256 of the package.</param>
/// <param name="ReleaseHash">SHA-256 of the release.</param>
/// <param name="ScoringHash">Hash of the scoring dictionary that it was trained on.</param>
/// <param name="CreatedBy">Who registered it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="RowVersion">Version of this row, as in the ETag.</param>
public sealed record ModelResource(
    Guid Id, string Name, int Version, string Reference, string Scorecard, string Family, ModelStage Stage, DateTimeOffset StageSince, string PackageHash, string ReleaseHash, string ScoringHash,
    Guid CreatedBy, DateTimeOffset CreatedAt, int RowVersion)
{
    internal static ModelResource Of(RegisteredModel model) => new(
        model.Id, model.Name, model.Version, model.Reference, model.ScorecardId, model.Family, model.Stage, model.StageSince, model.PackageHash.Hex, model.ReleaseHash.Hex, model.ScoringHash.Hex,
        model.CreatedBy, model.CreatedAt, model.RowVersion);
}

/// <summary><c>/models</c>: the registry.</summary>
public static class ModelEndpoints
{
    private const string One = "/models/{name}/versions/{v:int}";

    /// <summary>Maps them.</summary>
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models", ListAsync).RequireAuthorization(new MayAttribute(Permission.ReadModels))
            .Paged().WithQuery("stage", "dev, staging, production or archived.").WithName("getModels").WithSummary("Versions by ?scorecard= and ?stage=, newest first.").WithTags("models").Produces<IReadOnlyList<ModelResource>>().ProducesProblem(400);
        api.MapGet(One, FindAsync).RequireAuthorization(new MayAttribute(Permission.ReadModels))
            .WithName("getModel").WithSummary("One version.").WithTags("models").Produces<ModelResource>().ProducesProblem(404);
        api.MapPost("/models", UploadAsync).RequireAuthorization(new MayAttribute(Permission.BuildModels)).TakesUpTo((long)RegistryDesk.LargestUpload << 20)
            .Accepts<byte[]>("application/octet-stream")
            .WithName("postModel").WithSummary("Registers a package file (the body) as the next version of ?name=, in stage dev.").WithTags("models")
            .Produces<ModelResource>(201).ProducesProblem(400).ProducesProblem(413);
        api.MapPost(One + "/stage", MoveAsync).RequireAuthorization(new MayAttribute(Permission.PromoteModels)).Accepts<NewStage>("application/json")
            .WithName("postStage").WithSummary("Moves a version to a stage, where its evidence and an approval by somebody else allow it.").WithTags("models")
            .Produces<ModelResource>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    private static Task<IResult> ListAsync(string? scorecard, HttpContext context, RegistryDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!ApiPage.Of(context).TryGet(out var page, out var problems)) return Outcome<Page<RegisteredModel>>.Refused(problems);
                if (!ApiCalls.Word(context, "stage", ApiCalls.WordsOf<ModelStage>()).TryGet(out var word, out problems)) return Outcome<Page<RegisteredModel>>.Refused(problems);
                if (!(await desk.ListAsync(string.IsNullOrEmpty(scorecard) ? null : scorecard, actor, cancellationToken)).TryGet(out var all, out problems)) return Outcome<Page<RegisteredModel>>.Refused(problems);
                var matching = word is null ? all : [.. all.Where(model => model.Stage == Enum.Parse<ModelStage>(word, ignoreCase: true))];
                return new Page<RegisteredModel>([.. matching.Skip(page.Skip).Take(page.PageSize)], matching.Count);
            },
            found =>
            {
                ApiPage.Total(context, found.Total);
                return ApiCalls.Json(found.Items.Select(ModelResource.Of).ToList());
            });

    private static Task<IResult> FindAsync(string name, int v, HttpContext context, RegistryDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor => actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : await desk.FindAsync($"{name}@{v}", cancellationToken),
            model => ApiCalls.Versioned(context, model.RowVersion, ModelResource.Of(model)));

    private static Task<IResult> UploadAsync(string? name, HttpContext context, RegistryDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!ApiBody.Open(context).TryGet(out var body, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
                using var whole = new MemoryStream();
                await body.CopyToAsync(whole, cancellationToken);
                if (whole.Length == 0) return new Problem("body.empty", "The body is empty.") { Remedy = "Send the package file." };
                var answer = await desk.UploadAsync(whole.ToArray(), string.IsNullOrEmpty(name) ? null : name, actor, cancellationToken);

                // Elsewhere an unfit package means that the store is broken; here the caller sent it.
                return answer.Succeeded ? answer : Outcome<RegisteredModel>.Refused([.. answer.Problems.Select(problem => problem.Code == "package.unfit" ? problem with { Code = "package.content" } : problem)]);
            },
            model =>
            {
                ApiVersion.Tell(context, model.RowVersion);
                return ApiCalls.Created(context, $"/models/{model.Name}/versions/{model.Version}", ModelResource.Of(model));
            });

    private static Task<IResult> MoveAsync(string name, int v, HttpContext context, RegistryDesk desk, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync<NewStage, RegisteredModel>(
            context,
            async (actor, body) =>
            {
                if (!(await desk.FindAsync($"{name}@{v}", cancellationToken)).TryGet(out var model, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
                if (ApiCalls.Unmatched(context, model.RowVersion) is { } stale) return stale;
                return await desk.ChangeStageAsync(model.Reference, body.Stage, body.Note, actor, cancellationToken);
            },
            model => ApiCalls.Versioned(context, model.RowVersion, ModelResource.Of(model)));
}
