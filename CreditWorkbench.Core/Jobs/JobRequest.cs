using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Jobs;

/// <summary>Long work that somebody asks for.</summary>
/// <param name="Kind">Which handler does it; see <see cref="IJobHandler.Kind"/>.</param>
/// <param name="Title">What it is about, for people; at most 300 characters and never a personal datum.</param>
/// <param name="PayloadJson">Input of the handler as JSON: names rows and files, never holds personal data.</param>
/// <param name="Needs">Permission that whoever asks must hold.</param>
public sealed record JobRequest(string Kind, string Title, string PayloadJson, Permission Needs)
{
    /// <summary>Identity where the same work must not be queued twice (a schedule's day); null for a new one.</summary>
    public Guid? Id { get; init; }
}

/// <summary>Which jobs a list shows; null members do not filter.</summary>
public sealed record JobQuery
{
    /// <summary>Only of these kinds.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Only in these states.</summary>
    public IReadOnlyList<JobState>? States { get; init; }

    /// <summary>Only those that this person asked for.</summary>
    public Guid? CreatedBy { get; init; }
}
