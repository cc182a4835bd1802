using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Durable scenarios, per case and person.</summary>
public interface IScenarioStore
{
    /// <summary>A person's scenarios of an application, oldest first; none of an erased applicant.</summary>
    Task<IReadOnlyList<Scenario>> OfAsync(Guid applicationId, Guid userId, CancellationToken cancellationToken);

    /// <summary>Adds a scenario with its audit entry; <c>scenario.full</c> when the person keeps <see cref="Scenario.Most"/> already.</summary>
    Task<Outcome<Scenario>> AddAsync(Scenario scenario, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Removes a person's scenario with its audit entry; <c>scenario.notFound</c> otherwise.</summary>
    Task<Outcome<Guid>> RemoveAsync(Guid id, Guid userId, AuditDraft audit, CancellationToken cancellationToken);
}
