using System.Text.Json;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Web.Commands;

/// <summary>Models, gates and reigns as JSON, in the same shape for every verb.</summary>
public static class ModelJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Any of the shapes below as text.</summary>
    public static string Text(object document) => JsonSerializer.Serialize(document, Options);

    /// <summary>A version with its gates.</summary>
    public static object Of(RegisteredModel model, IEnumerable<GateResult> gates) => new
    {
        model.Name,
        model.Version,
        model.Reference,
        scorecard = model.ScorecardId,
        model.Family,
        model.Stage,
        model.StageSince,
        model.CreatedAt,
        package = model.PackageHash.Hex,
        release = model.ReleaseHash.Hex,
        scoringDictionary = model.ScoringHash.Hex,
        presentationDictionary = model.PresentationHash?.Hex,
        policy = model.PolicyHash?.Hex,
        cutoffs = new { approve = model.ApproveFrom, decline = model.DeclineBelow },
        signedBy = model.SignedBy,
        gates = gates.OrderBy(gate => gate.Gate).Select(Of),
    };

    /// <summary>A gate.</summary>
    public static object Of(GateResult gate) => new { gate.Gate, gate.State, gate.Code, gate.Detail, figures = gate.Figures.ToDictionary(figure => figure.Name, figure => figure.Value), gate.Note, gate.At };

    /// <summary>A time during which a release decided.</summary>
    public static object Of(ReleaseReign reign) => new { model = reign.Model.Reference, release = reign.Model.ReleaseHash.Hex, reign.From, reign.Until, rollback = reign.IsRollback, reign.Note };
}
