using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Application to row and back.</summary>
internal static class ApplicationMap
{
    private const string Values = "Applications.Values";
    private const string Sources = "Applications.Sources";
    private const string Edits = "Applications.OpenEdits";

    /// <summary>What never changes.</summary>
    public static ApplicationRow NewRow(CreditApplication application, string number) => new()
    {
        Id = application.Id,
        Number = number,
        ApplicantId = application.ApplicantId,
        ScorecardId = application.ScorecardId,
        LinkedTo = application.LinkedTo,
        ClientId = application.ClientId,
        CreatedBy = application.CreatedBy,
        CreatedAt = application.CreatedAt,
        Version = application.Version,
    };

    /// <summary>Writes what may change.</summary>
    public static void Write(CreditApplication application, ApplicationRow row, DataKey key)
    {
        row.ScoringHash = application.ScoringHash.Hex;
        row.State = application.State;
        row.Values = key.Seal(application.ValuesJson, Values, row.Id);
        row.Sources = key.Seal(application.SourcesJson, Sources, row.Id);
        row.OpenEdits = key.SealOptional(application.OpenEdits is { } edits ? StoreJson.Write(edits) : null, Edits, row.Id);
        row.AmountMinorUnits = application.Amount?.MinorUnits;
        row.Currency = application.Amount?.Currency;
        row.TermMonths = application.TermMonths;
        row.ScoreId = application.ScoreId;
        row.BranchId = application.BranchId;
        row.DecidedAt = application.DecidedAt;
    }

    /// <summary>Writes an application over its row of the same version; null when the row is another version by now.</summary>
    public static async Task<CreditApplication?> ReplaceAsync(WorkbenchContext context, CreditApplication application, DataKey key, CancellationToken cancellationToken)
    {
        var row = await context.Applications.SingleOrDefaultAsync(row => row.Id == application.Id, cancellationToken);
        if (row is null || row.Version != application.Version) return null;
        Write(application, row, key);
        row.Version++;
        return application with { Version = row.Version };
    }

    /// <summary>Without a key (erased) there are no values.</summary>
    public static CreditApplication Read(ApplicationRow row, DataKey? key) => new()
    {
        Id = row.Id,
        Number = row.Number,
        ApplicantId = row.ApplicantId,
        ScorecardId = row.ScorecardId,
        ScoringHash = new ContentHash(row.ScoringHash),
        State = row.State,
        ValuesJson = key?.Open(row.Values, Values, row.Id) ?? "{}",
        SourcesJson = key?.Open(row.Sources, Sources, row.Id) ?? ValueSources.None,
        OpenEdits = key?.OpenOptional(row.OpenEdits, Edits, row.Id) is { } edits ? StoreJson.Read<DraftEdits>(edits) : null,
        Amount = MoneyOf(row.AmountMinorUnits, row.Currency),
        TermMonths = row.TermMonths,
        LinkedTo = row.LinkedTo,
        ScoreId = row.ScoreId,
        BranchId = row.BranchId,
        ClientId = row.ClientId,
        CreatedBy = row.CreatedBy,
        CreatedAt = row.CreatedAt,
        DecidedAt = row.DecidedAt,
        Version = row.Version,
    };

    /// <summary>An amount from its two columns; null when either is.</summary>
    public static Money? MoneyOf(long? minorUnits, string? currency) => minorUnits is { } units && currency is not null ? new Money(units, currency) : null;
}
