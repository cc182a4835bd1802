using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Layout.Palette;

/// <summary>Searches everything that a person may open: pages, applicants and applications, models, the glossary.</summary>
/// <remarks>Names are searched by blind index, whole words only, and only for people who may see them: for everybody else a hit would
/// already tell that such a person is an applicant. Numbers are searched for all who may read cases; names stay masked then.</remarks>
public sealed class PaletteSearch(CaseReader cases, IApplicantStore applicants, IModelStore models)
{
    private const int PerGroup = 6;
    private const int MostCharacters = 100;

    /// <summary>What matches, in the order of screens; pages alone for an empty text.</summary>
    public async Task<IReadOnlyList<PaletteHit>> FindAsync(string text, Actor actor, CancellationToken cancellationToken)
    {
        var words = text.Length <= MostCharacters ? text.Trim() : text[..MostCharacters].Trim();
        if (words.Length == 0) return [.. Pages(words, actor)];
        return
        [
            .. actor.May(Permission.ReadCases) ? await CasesAsync(words, actor, cancellationToken) : [],
            .. actor.May(Permission.ReadModels) ? await ModelsAsync(words, cancellationToken) : [],
            .. Pages(words, actor),
            .. Glossary.Search(words).Take(PerGroup).Select(term => new PaletteHit("help", "help", term.Name, term.What, term.Href)),
        ];
    }

    private static IEnumerable<PaletteHit> Pages(string words, Actor actor) => NavigationMap.For(actor.Permissions)
        .SelectMany(group => group.Entries.Select(entry => new PaletteHit("pages", entry.Icon, Texts.T("nav." + entry.Key), Texts.T("nav." + group.Key), entry.Href)))
        .Append(new PaletteHit("pages", "lock", Texts.T("account.title"), "", "/account"))
        .Append(new PaletteHit("pages", "help", Texts.T("help.title"), "", "/help"))
        .Where(hit => words.Split(' ').All(word => hit.Title.Contains(word, StringComparison.CurrentCultureIgnoreCase)));

    private async Task<IEnumerable<PaletteHit>> CasesAsync(string words, Actor actor, CancellationToken cancellationToken)
    {
        var found = await ListAsync(new ApplicationQuery(Number: words.ToUpperInvariant()), actor, cancellationToken);
        if (found.Count == 0 && actor.May(Permission.RevealPersonalData))
        {
            foreach (var applicant in (await applicants.SearchAsync(words, 1, PerGroup, cancellationToken)).Items)
                found.AddRange(await ListAsync(new ApplicationQuery(ApplicantId: applicant.Id), actor, cancellationToken));
        }
        return found.Take(PerGroup).Select(row => new PaletteHit("applicants", "user", row.ApplicantName, Detail(row), $"/applications/{row.Application.Id}{(row.Score is null ? "" : "/score")}"));
    }

    private async Task<List<CaseSummary>> ListAsync(ApplicationQuery query, Actor actor, CancellationToken cancellationToken) =>
        (await cases.ListAsync(query with { PageSize = PerGroup }, actor, cancellationToken)).TryGet(out var page, out _) ? [.. page.Items] : [];

    private static string Detail(CaseSummary row) => row.Score is { } score
        ? Texts.T("palette.scored", row.Application.Number, score.Score.Issued, Words.Of(row.Application.State))
        : Texts.T("palette.unscored", row.Application.Number, Words.Of(row.Application.State));

    private async Task<IEnumerable<PaletteHit>> ModelsAsync(string words, CancellationToken cancellationToken) =>
        (await models.ListAsync(null, cancellationToken))
            .Where(model => model.Reference.Contains(words, StringComparison.OrdinalIgnoreCase) || model.ScorecardId.Contains(words, StringComparison.OrdinalIgnoreCase) || model.Family.Contains(words, StringComparison.OrdinalIgnoreCase))
            .Take(PerGroup).Select(model => new PaletteHit("models", "box", model.Reference, $"{model.ScorecardId}, {Words.Of(model.Stage)}", $"/models/{Uri.EscapeDataString(model.Name)}/{model.Version}"));
}
