using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Compares training with serving on every row of a data set. Training computes a matrix of many rows; serving gets one record at a time, as
/// the text that is stored with a case.</summary>
public sealed class ParityRun(LabelledDataset dataset) : IRowEvidence
{
    private const int RowsPerTask = 256;

    /// <inheritdoc/>
    public Task<RowEvidence?> MeasureAsync(Release release, CancellationToken cancellationToken) => Task.Run(() => Measure(release, cancellationToken), cancellationToken);

    /// <summary>The fingerprint of what training gave to its rows; null where no records were kept, so that serving could not follow.</summary>
    internal static ScoreFingerprint? TrainedOf(TrainingResult result, CancellationToken cancellation)
    {
        if (result.Request.Dataset.Records is not { } records) return null;
        var threads = result.Request.Settings.Threads;
        return ScoreFingerprint.Of(TrainingMargins(result.Model.Scoring.Program, result.Model.Scoring, result.Request.Dataset, records, threads, cancellation));
    }

    private RowEvidence? Measure(Release release, CancellationToken cancellation)
    {
        if (dataset.Records is not { } records) return null;
        var trained = TrainingMargins(release.Program, release.Scoring, dataset, records, Environment.ProcessorCount, cancellation);
        var served = new double[records.Count];
        var tasks = (records.Count + RowsPerTask - 1) / RowsPerTask;
        Parallel.For(0, tasks, new ParallelOptions { CancellationToken = cancellation }, task =>
        {
            for (var row = task * RowsPerTask; row < Math.Min(records.Count, (task + 1) * RowsPerTask); row++) served[row] = Serve(release, records[row]);
        });
        var (differing, largest) = (0L, 0.0);
        for (var row = 0; row < served.Length; row++)
        {
            if (BitConverter.DoubleToInt64Bits(served[row]) == BitConverter.DoubleToInt64Bits(trained[row])) continue;
            differing++;
            largest = Math.Max(largest, double.IsNaN(served[row]) ? double.PositiveInfinity : Math.Abs(served[row] - trained[row]));
        }

        bool? matches = release.Package.Trained is { } packed ? packed == ScoreFingerprint.Of(served) : null;
        return new RowEvidence(served.Length, differing, largest, matches, SampleOf(release, records));
    }

    // Training may have read features from the file straight into a matrix; only where transforms are fitted does it go over records.
    private static double[] TrainingMargins(
        FeatureProgram program, Core.Scoring.ScoringModel scoring, LabelledDataset dataset, IReadOnlyList<InputRecord> records, int threads, CancellationToken cancellation)
    {
        var matrix = dataset.Features.Columns.Count == program.Columns.Count && !FittedTransforms.Needed(program.Definition) ? dataset.Features : program.Run(records, threads);
        return Array.ConvertAll(Quantities.Of(scoring.Predictor, matrix, threads, cancellation), quantity => scoring.OfQuantity(quantity).Margin);
    }

    private static double Serve(Release release, InputRecord record)
    {
        var stored = InputRecordJson.FromBytes(release.Definition, InputRecordJson.ToBytes(record));
        return stored.TryGet(out var read, out _) ? release.Scoring.Score(release.Program.Evaluate(read, default).Model).Margin : double.NaN;
    }

    private static FeatureMatrix SampleOf(Release release, IReadOnlyList<InputRecord> records)
    {
        var step = Math.Max(1, records.Count / GateMeasures.MostExplained);
        return release.Program.Run([.. Enumerable.Range(0, records.Count).Where(row => row % step == 0).Select(row => records[row])], 1);
    }
}
