using System.Text.Json;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Refusals of the registry.</summary>
public static class RegistryProblems
{
    /// <summary>Somebody asked already.</summary>
    public static Problem ApprovalOpen { get; } = new("model.approval.open", "An approval of this version is asked for already.") { Remedy = "Wait for the decision, or withdraw the request." };

    /// <summary>Nobody asked.</summary>
    public static Problem NoApproval { get; } = new("model.approval.none", "No approval of this version is asked for.") { Remedy = "Ask for one first." };

    /// <summary>Not the stage to ask in.</summary>
    public static Problem ApprovalStage { get; } = new("model.approval.stage", "Approval is asked for from staging or from the archive.") { Field = "stage", Remedy = "Move the version to staging first." };

    /// <summary>Somebody else's request.</summary>
    public static Problem NotYourRequest { get; } = new("model.approval.other", "Only who asked takes a request back.") { Remedy = "Reject it instead, if you may." };

    /// <summary>The builder judges the builder's work.</summary>
    public static Problem OwnEvidence { get; } = new("model.gate.self", "Who built a model does not sign its evidence.") { Remedy = "Ask a colleague." };

    /// <summary>The builder, or who asked, approves.</summary>
    public static Problem OwnApproval { get; } = new("model.stage.self", "Who built a model, or asked for its approval, does not put it into production.") { Remedy = "Ask a colleague to approve it." };

    /// <summary>Nobody in particular lets a model decide.</summary>
    public static Problem NoPerson { get; } = new("model.stage.person", "A person who is known by name, and did not build the model, answers for what goes into production.")
    {
        Remedy = "On the command line say who with --as EMAIL; elsewhere sign in.",
    };

    /// <summary>No note.</summary>
    public static Problem NoteMissing { get; } = new("model.stage.note", "A change of stage needs a note.") { Field = "note", Remedy = "Say why." };

    /// <summary>Too little said.</summary>
    /// <param name="least">Fewest characters.</param>
    public static Problem NoteShort(int least) => new("model.gate.note", $"Say what was looked at, in at least {least} characters.") { Field = "note", Remedy = "Write a sentence." };

    /// <summary>Something was measured, so nobody can sign it away.</summary>
    /// <param name="gate">Gate.</param>
    public static Problem NotWaivable(EvidenceGate gate) =>
        new("model.gate.waive", $"Nobody takes responsibility for the gate {NameOf(gate)}: it was measured, or never looked at.") { Field = NameOf(gate), Remedy = "Mend the model, or measure first." };

    /// <summary>A gate that does not let a version through.</summary>
    /// <param name="model">The version.</param>
    /// <param name="gate">Gate.</param>
    /// <param name="result">What was found; null where nobody has looked.</param>
    public static Problem GateFailed(RegisteredModel model, EvidenceGate gate, GateResult? result)
    {
        var name = NameOf(gate);
        if (result is null || (gate == EvidenceGate.Fairness && result.State == GateState.Passed)) return new($"gate.{name}", $"{model.Reference}: nobody has reviewed its fairness.") { Field = name, Remedy = "Somebody who did not build it reviews the figures and says so." };
        return new($"gate.{name}", $"{model.Reference}: {result.Detail}")
        {
            Field = name,
            Remedy = GateDesk.MayBeWaived(result) ? "Somebody who did not build it can take responsibility, with a note." : "Mend the model and register it again.",
        };
    }

    /// <summary>Nothing to go back to.</summary>
    /// <param name="scorecardId">Scorecard.</param>
    public static Problem NothingBefore(string scorecardId) => new("model.rollback.none", $"No earlier release of {scorecardId} can come back.") { Remedy = "Promote another version instead." };

    /// <summary>The dictionary has moved on.</summary>
    /// <param name="model">The version.</param>
    public static Problem DictionaryMoved(RegisteredModel model) =>
        new("model.dictionary", $"{model.Reference} was made for another scoring dictionary than the one of {model.ScorecardId} that is in force.") { Field = "stage", Remedy = "Train it again on this dictionary, or put the earlier one in force." };

    /// <summary>The upload is too large.</summary>
    /// <param name="mebibytes">Limit.</param>
    public static Problem TooLarge(int mebibytes) => new("package.tooLarge", $"A package has at most {mebibytes} MiB.") { Remedy = "Export it again without refits." };

    private static string NameOf(EvidenceGate gate) => JsonNamingPolicy.CamelCase.ConvertName(gate.ToString());
}
