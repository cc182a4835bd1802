using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Applicants;

/// <summary>A statement on its way into an application.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Bytes">The file as it came.</param>
/// <param name="Header">What its columns are recognised by.</param>
/// <param name="Mapping">How it was read.</param>
/// <param name="Derivation">What it gives.</param>
public sealed record StatementEntry(string Name, ReadOnlyMemory<byte> Bytes, ContentHash Header, StatementMapping Mapping, StatementDerivation Derivation);

/// <summary>Where bank statements enter an application: the file is kept encrypted, what it gives goes into the draft with its origin, and
/// the mapping is remembered for the bank's next file.</summary>
public sealed class StatementDesk(ApplicationDesk desk, IApplicantStore applicants, IStatementStore statements, TimeProvider clock)
{
    /// <summary>Largest file: 20 MiB.</summary>
    public const int MostBytes = 20 << 20;

    private const string Scoring = "scoring";

    /// <summary>The kept mapping of a file's columns, else a guess by their names.</summary>
    /// <returns>The mapping, and whether it was kept.</returns>
    public async Task<(StatementMapping Mapping, bool IsKept)> MappingAsync(ScorecardDefinition definition, IReadOnlyList<FileColumn> columns, CancellationToken cancellationToken)
    {
        var kept = await statements.MappingAsync(StatementMapping.HeaderOf(columns), cancellationToken);
        return kept is not null && kept.FaultsFor(definition, columns).Count == 0 ? (kept, true) : (StatementMapping.Guess(definition, columns), false);
    }

    /// <summary>Takes what a statement gives over into an application that is not decided, whatever else was typed into it meanwhile.</summary>
    /// <returns>The application with the values, or why not: no consent for the bank's data, a decided case.</returns>
    public async Task<Outcome<CreditApplication>> TakeOverAsync(Guid applicationId, ScorecardDefinition definition, StatementEntry entry, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (entry.Bytes.Length > MostBytes) return new Problem("statement.tooLarge", $"The file is larger than {MostBytes >> 20} MiB.") { Remedy = "Take the last twelve months." };
        if (!(await desk.CloseEditsAsync(applicationId, actor, cancellationToken)).TryGet(out var application, out var problems)) return Outcome<CreditApplication>.Refused(problems);
        if (application.WasDecided || application.State == ApplicationState.Withdrawn) return ApplicationProblems.Decided(application);
        if (await RefusedSourceAsync(application, definition, entry, cancellationToken) is { } missing) return missing;
        if (!InputRecordJson.FromText(definition, application.ValuesJson).TryGet(out var record, out problems)) return Outcome<CreditApplication>.Refused(problems);
        var sources = ValueSources.FromText(application.SourcesJson).ToDictionary(StringComparer.Ordinal);
        var content = ContentHash.Of(entry.Bytes.Span);
        foreach (var metric in Given(entry.Derivation))
        {
            record = record.With(metric.Input, metric.Value);
            sources[metric.Input] = new ValueSource(ValueOrigin.Bank, content.Short);
        }

        var request = new ApplicationRequest(record, application.Amount, application.TermMonths, application.BranchId, application.LinkedTo) { Sources = sources };

        // The file first: values without the statement they came from would be worse than a statement without values.
        await KeepAsync(application, entry, content, actor, cancellationToken);
        return await desk.ChangeAsync(applicationId, application.Version, request, actor, cancellationToken);
    }

    /// <summary>The metrics that have a value: what a statement cannot give stays as it is in the form.</summary>
    public static IEnumerable<DerivedMetric> Given(StatementDerivation derivation) => derivation.Metrics.Where(metric => metric.Value.Kind != InputValueKind.Missing);

    private async Task<Problem?> RefusedSourceAsync(CreditApplication application, ScorecardDefinition definition, StatementEntry entry, CancellationToken cancellationToken)
    {
        var given = Given(entry.Derivation).Select(metric => metric.Input).ToHashSet(StringComparer.Ordinal);
        if (given.Count == 0) return new Problem("statement.nothing", "The statement gives no value.") { Remedy = "Choose a statement that covers at least three full months." };
        var now = clock.GetUtcNow();
        var open = (await applicants.ConsentsAsync(application.ApplicantId, cancellationToken))
            .Where(consent => consent.ScorecardId == definition.Id && consent.Purpose == Scoring && consent.IsActive(now)).Select(consent => consent.Source).ToHashSet(StringComparer.Ordinal);
        var bank = definition.Inputs.Where(input => given.Contains(input.Name)).GroupBy(input => input.Source).MaxBy(group => group.Count())!.Key;
        if (open.Contains(bank) || definition.Sources.FirstOrDefault(source => source.Name == bank) is not { NeedsConsent: true } source) return null;
        return new Problem("consent.source.missing", $"No consent stands for {source.Label.In("en")}.") { Field = bank, Remedy = "Ask for consent." };
    }

    private async Task KeepAsync(CreditApplication application, StatementEntry entry, ContentHash content, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var json = JsonSerializer.Serialize(entry.Mapping);
        var kept = new KeptStatement(Guid.CreateVersion7(now), application.Id, application.ApplicantId, entry.Name, content, entry.Bytes.Length, json, actor.Id, now);
        var audit = new AuditDraft(actor, "statement.added", application.Id.ToString(), new Dictionary<string, string?>
        {
            ["content"] = content.Hex,
            ["bytes"] = entry.Bytes.Length.ToString(CultureInfo.InvariantCulture),
            ["months"] = entry.Derivation.FullMonths.ToString(CultureInfo.InvariantCulture),
            ["currency"] = entry.Mapping.Currency,
            ["rate"] = entry.Mapping.Rate.ToString(CultureInfo.InvariantCulture),
            ["inputs"] = string.Join(", ", Given(entry.Derivation).Select(metric => metric.Input)),
        })
        { ApplicantId = application.ApplicantId };
        await statements.AddAsync(kept, entry.Bytes, audit, cancellationToken);
        await statements.KeepMappingAsync(entry.Header, entry.Mapping,
            new AuditDraft(actor, "statement.mappingKept", entry.Header.Short, new Dictionary<string, string?> { ["bank"] = entry.Mapping.Bank }), cancellationToken);
    }
}
