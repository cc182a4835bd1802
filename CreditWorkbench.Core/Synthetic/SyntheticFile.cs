using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Generated rows of any scorecard as one file to train on: of a staged one the tables are generated and staged first.</summary>
public static class SyntheticFile
{
    /// <summary>Writes as many rows as the dictionary states by default.</summary>
    /// <param name="definition">A dictionary with a generator.</param>
    /// <param name="switches">Seed, drift and bias.</param>
    /// <param name="path">CSV file to write; tables lie in a folder beside it meanwhile.</param>
    /// <param name="threads">Threads at most; the rows do not depend on them.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>Rows written; <c>synthetic.absent</c>, or why staging refuses.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public static async Task<Outcome<int>> WriteAsync(ScorecardDefinition definition, SyntheticSwitches switches, string path, int threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Synthetic?.Tables.Count > 0) return await StagedAsync(definition, switches, path, threads, cancellation).ConfigureAwait(false);
        if (!SyntheticGenerator.Create(definition).TryGet(out var generator, out var problems)) return Outcome<int>.Refused(problems);
        await using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
        await SyntheticCsv.WriteAsync(generator, generator.DefaultRows, switches, writer, null, cancellation).ConfigureAwait(false);
        return generator.DefaultRows;
    }

    private static async Task<Outcome<int>> StagedAsync(ScorecardDefinition definition, SyntheticSwitches switches, string path, int threads, CancellationToken cancellation)
    {
        if (!TableGenerator.Create(definition).TryGet(out var generator, out var problems)) return Outcome<int>.Refused(problems);
        var folder = path + ".tables";
        try
        {
            SyntheticTables.Write(generator, generator.DefaultRows, switches, folder, withFaults: false, null, cancellation);
            var request = new StagingRequest(folder, definition.Synthetic!.Period.Last) { Threads = threads };
            var staged = await StagingLine.WriteAsync(definition, request, path, null, null, cancellation).ConfigureAwait(false);
            if (!staged.TryGet(out var report, out problems)) return Outcome<int>.Refused(problems);
            return report.Passed ? report.Rows : new Problem("staging.gate", string.Join(' ', report.Gate)) { Remedy = "Correct the generator or the gate of the dictionary." };
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }
}
