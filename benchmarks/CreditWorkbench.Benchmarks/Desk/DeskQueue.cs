using System.Globalization;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using Microsoft.Extensions.DependencyInjection;

namespace CreditWorkbench.Benchmarks.Desk;

/// <summary>Fills a queue: applicants of their own with keys of their own, each with a copy of a demo score, written through the ports as
/// everything else is.</summary>
internal static class DeskQueue
{
    private static readonly string[] _first = ["Dewi", "Putri", "Surya", "Bagus", "Lina", "Yoga", "Ratih", "Hendra", "Novi", "Galih"];
    private static readonly string[] _last = ["Lestari", "Wibowo", "Prasetyo", "Marbun", "Kusuma", "Lubis", "Ramadhan", "Wardana"];
    private static readonly Actor _clerk = new(Guid.CreateVersion7(), "Clerk", ActorKind.User, new HashSet<Permission>());

    /// <summary>Adds waiting cases until the queue holds so many open ones.</summary>
    public static async Task FillAsync(ServiceProvider services, int cases)
    {
        var queue = services.GetRequiredService<ICaseQueue>();
        var sample = (await queue.PageAsync(new QueueQuery(QueueFilter.Open, Guid.Empty, DateTimeOffset.UnixEpoch), CancellationToken.None)).Items[0].Case;
        var (scores, applications) = (services.GetRequiredService<IScoreStore>(), services.GetRequiredService<IApplicationStore>());
        var score = (await scores.FindAsync(sample.ScoreId, CancellationToken.None))!;
        var application = (await applications.FindAsync(sample.ApplicationId, CancellationToken.None))!;
        var there = (await queue.CountAsync(Guid.Empty, null, DateTimeOffset.UnixEpoch, CancellationToken.None)).Open;
        for (var i = there; i < cases; i++)
        {
            await AddAsync(services, i, score, application, sample);
            if (i % 1000 == 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i} cases"));
        }
    }

    private static async Task AddAsync(ServiceProvider services, int i, IssuedScore score, CreditApplication application, ReviewCase sample)
    {
        var applicant = new Applicant
        {
            Id = Guid.CreateVersion7(),
            Kind = ApplicantKind.Person,
            Name = $"{_first[i % _first.Length]} {_last[i / _first.Length % _last.Length]}",
            Email = string.Create(CultureInfo.InvariantCulture, $"a{i}@example.com"),
            Phone = "",
            Language = "en",
            CreatedAt = sample.OpenedAt,
        };
        await services.GetRequiredService<IApplicantStore>().AddAsync(applicant, Entry("applicant.registered"), CancellationToken.None);
        var added = await services.GetRequiredService<IApplicationStore>().AddAsync(
            application with { Id = Guid.CreateVersion7(), ApplicantId = applicant.Id, State = ApplicationState.Draft, ScoreId = null, Amount = new Money(100_000_000L * (1 + i % 97), "IDR"), Version = 0 }, Entry("application.opened"), CancellationToken.None);
        var points = 350 + i * 7 % 500;
        var issued = score with { Id = Guid.CreateVersion7(), ApplicationId = added.Id, ApplicantId = applicant.Id, Score = score.Score with { Issued = points } };
        await services.GetRequiredService<IScoreStore>().IssueAsync(issued, added, Entry("application.scored"), CancellationToken.None);
        var scored = (await services.GetRequiredService<IApplicationStore>().FindAsync(added.Id, CancellationToken.None))!;
        var opened = new ReviewCase
        {
            Id = Guid.CreateVersion7(),
            ApplicationId = added.Id,
            ScoreId = issued.Id,
            State = CaseState.Waiting,
            Priority = 1 + i % 3,
            OpenedAt = sample.OpenedAt,
            DueAt = sample.OpenedAt.AddMinutes(i * 13 % 4000),
        };
        await services.GetRequiredService<IReviewStore>().OpenAsync(opened, scored with { State = ApplicationState.InReview }, Entry("case.opened"), CancellationToken.None);
    }

    private static AuditDraft Entry(string kind) => new(_clerk, kind, "bench", new Dictionary<string, string?>());
}
