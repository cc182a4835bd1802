using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Who may let a release decide on people: a person, known by name, who had no hand in it. The product itself (the command line without
/// <c>--as</c>, jobs, schedules) and client systems are no such person.</summary>
public static class FourEyes
{
    /// <summary>Null when the actor may let a version decide; else <c>model.stage.person</c> or <c>model.stage.self</c>.</summary>
    /// <param name="actor">Who wants to.</param>
    /// <param name="builders">Everybody who had a hand in the version (<see cref="IModelStore.BuildersAsync"/>).</param>
    /// <param name="askedBy">Who asked for its approval; null where nobody did.</param>
    public static Problem? Refusal(Actor actor, IReadOnlySet<Guid> builders, Guid? askedBy)
    {
        if (actor.Kind != ActorKind.User) return RegistryProblems.NoPerson;
        return builders.Contains(actor.Id) || actor.Id == askedBy ? RegistryProblems.OwnApproval : null;
    }
}
