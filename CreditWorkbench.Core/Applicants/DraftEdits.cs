using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Applicants;

/// <summary>What one person has typed into a draft and what the trail does not tell yet. It is stored with the draft, so that whoever
/// touches it next closes what a crash left open.</summary>
/// <param name="Session">One opening of the form.</param>
/// <param name="ActorId">Who typed.</param>
/// <param name="ActorName">For screens.</param>
/// <param name="Since">When the first field was saved.</param>
/// <param name="Fields">Names of the fields that were changed, in ordinal order, with commas between.</param>
public sealed record DraftEdits(Guid Session, Guid ActorId, string ActorName, DateTimeOffset Since, string Fields)
{
    private static readonly IReadOnlySet<Permission> Nothing = new HashSet<Permission>();

    /// <summary>Who typed, for the trail.</summary>
    public Actor Actor => new(ActorId, ActorName, ActorKind.User, Nothing);

    /// <summary>The same with more fields.</summary>
    public DraftEdits With(IEnumerable<string> fields) => this with
    {
        Fields = string.Join(',', Fields.Split(',', StringSplitOptions.RemoveEmptyEntries).Concat(fields).Distinct().Order(StringComparer.Ordinal)),
    };
}
