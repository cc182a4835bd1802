using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>The truth of one generated base row.</summary>
/// <param name="Outcome">1 bad, 0 good.</param>
/// <param name="LogOdds">Log-odds of bad without the term that nobody observes.</param>
public readonly record struct SyntheticTruth(int Outcome, double LogOdds);

/// <summary>Generates the tables of a staged scorecard whose true mechanism is known. Works through customers in batches, so that any
/// number of them takes the same memory; a longer delivery begins with the shorter one.</summary>
/// <remarks>The log-odds are over the features that the staging line itself works out from the complete tables; special codes,
/// missing values and faults come after that.</remarks>
public sealed class TableGenerator
{
    private const int ParentsPerBatch = 1000;
    private readonly SyntheticDefinition _synthetic;

    private TableGenerator(ScorecardDefinition definition) => (Definition, _synthetic) = (definition, definition.Synthetic!);

    /// <summary>The dictionary.</summary>
    public ScorecardDefinition Definition { get; }

    /// <summary>Customers where the caller names no number.</summary>
    public int DefaultRows => _synthetic.Rows;

    /// <summary>Makes the generator of a dictionary.</summary>
    /// <returns>A generator; <c>synthetic.absent</c> or <c>synthetic.noTables</c> where there is nothing to generate.</returns>
    public static Outcome<TableGenerator> Create(ScorecardDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Synthetic is not { } synthetic) return new Problem("synthetic.absent", $"The scorecard {definition.Id} describes no synthetic data.") { Remedy = "Add a section synthetic to its dictionary." };
        if (synthetic.Tables.Count == 0 || definition.Staging is null) return new Problem("synthetic.noTables", $"The rows of scorecard {definition.Id} come from one table.") { Remedy = "Choose a staged scorecard." };
        return new TableGenerator(definition);
    }

    /// <summary>The truth of every base row, in the order of the file.</summary>
    /// <param name="customers">Rows of the first table, at least 0.</param>
    /// <param name="switches">Seed, drift and bias.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number, or a switch outside [0, 1].</exception>
    public IEnumerable<SyntheticTruth> Truths(int customers, SyntheticSwitches switches) => Batches(customers, switches).SelectMany(batch => batch.Truths);

    /// <summary>Batches of whole customers.</summary>
    internal IEnumerable<TableBatch> Batches(int customers, SyntheticSwitches switches)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(customers);
        if (switches.Drift is not (>= 0 and <= 1) || switches.Bias is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(switches), "Switches lie in [0, 1].");
        return Generated(customers, switches);
    }

    private IEnumerable<TableBatch> Generated(int customers, SyntheticSwitches switches)
    {
        var maker = new TableBatchMaker(Definition, switches);
        for (var first = 0; first < customers; first += ParentsPerBatch)
            yield return maker.Make(first, Math.Min(ParentsPerBatch, customers - first));
    }
}

/// <summary>Rows of some customers in every table, as they are observed, with the truth of the base rows.</summary>
/// <param name="Tables">Rows by table.</param>
/// <param name="Truths">One per base row.</param>
internal sealed record TableBatch(IReadOnlyDictionary<string, TableRows> Tables, IReadOnlyList<SyntheticTruth> Truths);
