using System.Text.Json;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Web.Queue;

/// <summary>News about cases and entities. A bureau may speak about inputs of the bureau only, markets about inputs of markets, news and the economy. An
/// application takes them before its decision and is scored again; after it nothing changes. The feature store keeps what else was known.</summary>
public sealed class UpdateMessages(QueueActors actors, IScorecardCatalog scorecards, FeatureDesk features, CaseReader cases, ApplicationDoor door)
{
    private static readonly string[] BureauSources = ["bureau"];
    private static readonly string[] MarketSources = ["market", "macro", "news"];

    /// <summary>Takes one.</summary>
    /// <returns>The answer as JSON; or why there is none: <c>application.decided</c>, <c>field.source</c>, faults of the values.</returns>
    public async Task<Outcome<string>> TakeAsync(string kind, UpdateMessage message, string messageId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Values.ValueKind != JsonValueKind.Object) return new Problem("field.required", "The message has no values.") { Field = "values", Remedy = "Send {\"values\":{\"name\":value}}." };
        if (!(await actors.OfAsync(message.Client, cancellationToken)).TryGet(out var caller, out var problems)) return Outcome<string>.Refused(problems);
        if (message.Application is { } application && message.Entity is null && kind == QueueKinds.BureauUpdates) return await ToApplicationAsync(application, message, messageId, caller.Actor, cancellationToken);
        if (message.Entity is { } entity && message.Application is null) return await ToFeaturesAsync(kind, entity, message, messageId, caller.Actor, cancellationToken);
        return kind == QueueKinds.BureauUpdates
            ? new Problem("field.required", "The message names neither an application nor an entity, or both.") { Field = "application", Remedy = "Name one of the two." }
            : new Problem("field.required", "The message names no entity, or an application.") { Field = "entity", Remedy = "Name the entity of the feature store, and no application." };
    }

    private async Task<Outcome<string>> ToApplicationAsync(Guid id, UpdateMessage message, string messageId, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await cases.FindAsync(id, actor, cancellationToken)).TryGet(out var view, out var problems)) return Outcome<string>.Refused(problems);
        var (now, definition) = (view.Application, view.Definition);
        if (definition.Id != message.Scorecard) return new Problem("scorecard.other", "The application is one of another scorecard.") { Field = "scorecard", Remedy = "Name the application's own scorecard." };
        if (now.WasDecided || now.State == ApplicationState.Withdrawn) return ApplicationProblems.Decided(now);
        if (OtherSources(definition, message.Values, BureauSources) is { } foreign) return foreign;
        if (!EnteredValues.Merge(definition, now.ValuesJson, message.Values).TryGet(out var record, out problems)) return Outcome<string>.Refused(problems);

        var sources = ValueSources.FromText(now.SourcesJson).ToDictionary(StringComparer.Ordinal);
        foreach (var value in message.Values.EnumerateObject())
        {
            if (value.Value.ValueKind == JsonValueKind.Null) sources.Remove(value.Name);
            else sources[value.Name] = new ValueSource(ValueOrigin.Bureau, messageId);
        }

        var request = new ApplicationRequest(record, now.Amount, now.TermMonths, now.BranchId, now.LinkedTo) { Sources = sources };
        if (!(await door.Applications.ChangeAsync(id, now.Version, request, actor, cancellationToken)).TryGet(out var changed, out problems)) return Outcome<string>.Refused(problems);
        if (now.ScoreId is null) return QueueAnswer.Of(messageId, changed, null, null);
        if (!(await door.Scoring.IssueAsync(id, actor, cancellationToken)).TryGet(out var score, out problems)) return Outcome<string>.Refused(problems);
        var review = now.State == ApplicationState.InReview && (await door.Reviews.OpenAsync(id, actor, cancellationToken)).TryGet(out var waiting, out _) ? waiting.Id : (Guid?)null;
        return QueueAnswer.Of(messageId, changed, score, review);
    }

    private async Task<Outcome<string>> ToFeaturesAsync(string kind, string entity, UpdateMessage message, string messageId, Actor actor, CancellationToken cancellationToken)
    {
        if (await scorecards.FindAsync(message.Scorecard, cancellationToken) is not { } definition) return new Problem("scorecard.notFound", "There is no such scorecard.") { Field = "scorecard" };
        if (definition.Staging is null && OtherSources(definition, message.Values, kind == QueueKinds.BureauUpdates ? BureauSources : MarketSources) is { } foreign) return foreign;

        // A row of the store is whole: what the message does not speak of stays as it was known.
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        if ((await features.FindAsync(message.Scorecard, entity, message.AsOf, actor, cancellationToken)).TryGet(out var known, out _))
        {
            foreach (var field in known.Fields.Where(field => field.Text is not null)) values[field.Name] = field.Text;
        }

        foreach (var value in message.Values.EnumerateObject())
        {
            if (value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) return new Problem("field.type", "A value is a number, a text, true, false or null.") { Field = value.Name, Remedy = "Send a single value." };
            values[value.Name] = TextOf(value.Value);
        }

        return (await features.WriteAsync(message.Scorecard, entity, message.AsOf, values, actor, cancellationToken)).Then<string>(row => QueueAnswer.Of(messageId, message.Scorecard, row));
    }

    private static Problem? OtherSources(ScorecardDefinition definition, JsonElement values, string[] sources)
    {
        foreach (var value in values.EnumerateObject())
        {
            if (definition.Input(value.Name) is not { } input || input.AlsoFrom.Append(input.Source).Any(name => sources.Any(source => name.Contains(source, StringComparison.Ordinal)))) continue;
            return new Problem("field.source", $"{input.Name} does not come from this source.") { Field = input.Name, Remedy = "Send inputs of this source only." };
        }

        return null;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
