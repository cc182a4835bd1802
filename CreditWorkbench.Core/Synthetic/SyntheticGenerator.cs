using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Generates cases of a scorecard whose true mechanism is known. Every draw of a row has a stream of its own, so a longer
/// file begins with the shorter one.</summary>
public sealed class SyntheticGenerator
{
    private const int RowsOfFit = 2000;
    private readonly SyntheticDefinition _synthetic;

    private SyntheticGenerator(ScorecardDefinition definition, SyntheticDefinition synthetic) => (Definition, _synthetic) = (definition, synthetic);

    /// <summary>The dictionary.</summary>
    public ScorecardDefinition Definition { get; }

    /// <summary>Rows where the caller names no number.</summary>
    public int DefaultRows => _synthetic.Rows;

    /// <summary>Makes the generator of a dictionary.</summary>
    /// <returns>A generator; <c>synthetic.absent</c> without a section, <c>synthetic.tables</c> where rows come from several tables.</returns>
    public static Outcome<SyntheticGenerator> Create(ScorecardDefinition definition)
    {
        if (definition.Synthetic is not { } synthetic) return new Problem("synthetic.absent", $"The scorecard {definition.Id} describes no synthetic data.") { Remedy = "Add a section synthetic to its dictionary." };
        if (synthetic.Tables.Count > 0) return new Problem("synthetic.tables", $"The rows of scorecard {definition.Id} come from several tables.") { Remedy = "Choose a scorecard of one table." };
        return new SyntheticGenerator(definition, synthetic);
    }

    /// <summary>Rows, each made when it is asked for.</summary>
    /// <param name="count">Number of rows, at least 0.</param>
    /// <param name="switches">Seed, drift and bias.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative count, or a switch outside [0, 1].</exception>
    public IEnumerable<SyntheticRow> Rows(int count, SyntheticSwitches switches)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (switches.Drift is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(switches), switches.Drift, "Drift lies in [0, 1].");
        if (switches.Bias is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(switches), switches.Bias, "Bias lies in [0, 1].");
        return Kept(count, switches);
    }

    private IEnumerable<SyntheticRow> Kept(int count, SyntheticSwitches switches)
    {
        var sampler = new RowSampler(Definition, _synthetic, Fitted(switches), switches);
        var kept = 0;
        for (long row = 0; kept < count; row++)
        {
            if (sampler.Sample(row) is not { } sampled) continue;
            kept++;
            yield return sampled;
        }
    }

    // Fitted features may take part in the truth: they are fitted on the true values of the first rows, whatever the length of the file.
    private FittedTransforms Fitted(SyntheticSwitches switches)
    {
        if (!FittedTransforms.Needed(Definition)) return FittedTransforms.None;
        var sampler = new RowSampler(WithoutFits(), DrawsOnly(), FittedTransforms.None, switches);
        var rows = Enumerable.Range(0, RowsOfFit).Select(row => new InputRecord(Definition, [.. sampler.SampleTrue(row).Values]));
        return FeatureProgram.Fit(Definition, [.. rows]);
    }

    private SyntheticDefinition DrawsOnly() => _synthetic with
    {
        Terms = [],
        Specials = [],
        Missing = [],
        Drift = [.. _synthetic.Drift.Where(effect => effect.Draw is not null)],
        Bias = [.. _synthetic.Bias.Where(effect => effect.Draw is not null)],
    };

    private ScorecardDefinition WithoutFits()
    {
        var unfitted = new HashSet<string>(StringComparer.Ordinal);
        var features = new List<FeatureDefinition>();
        foreach (var feature in Definition.Features)
        {
            var fitted = feature.Expression is { } expression
                && (FittedCalls.In(expression).Count > 0 || ExpressionNames.References(expression).Any(name => unfitted.Contains(name.Name)));
            if (fitted) unfitted.Add(feature.Name);
            else features.Add(feature);
        }

        return Definition with { Features = features };
    }

    /// <summary>The outcome as files have it.</summary>
    /// <param name="outcome">As <see cref="SyntheticRow.Outcome"/>.</param>
    public string OutcomeText(int outcome)
    {
        var target = Definition.Target;
        if (target.IsOrdinal) return target.Classes[outcome].Value;
        if (outcome == 1) return target.Bad[0];
        return target.Good.Count > 0 ? target.Good[0] : target.Bad.Contains("0") ? "good" : "0";
    }

    /// <summary>The id of a zero-based row.</summary>
    internal static string IdOf(string scorecard, long row) => string.Create(CultureInfo.InvariantCulture, $"{scorecard}-{row + 1:D7}");
}
