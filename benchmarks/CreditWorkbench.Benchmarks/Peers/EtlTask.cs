using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>Four CSV files to one CSV file of the 51 columns that the peers write too: 10,000 customers, 500,000 transactions. Quality is
/// the largest relative difference of a column's sum from the peer's file, where that is there already.</summary>
internal sealed class EtlTask : IPeerTask
{
    /// <summary>Day of loading: behind every row.</summary>
    public static readonly DateOnly LoadDay = new(2025, 1, 1);

    /// <inheritdoc/>
    public string Name => "etl-files";

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => ["etl_pandas"];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.Seconds;

    /// <inheritdoc/>
    public int Threads => 2;

    /// <inheritdoc/>
    public bool ReadsTables => true;

    /// <summary>The seed loan-risk, whose tables the generated files are.</summary>
    public static ScorecardDefinition Definition()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "loan-risk.yaml");
        return ScorecardReader.Read(File.ReadAllText(path), path).Value;
    }

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (definition, target) = (Definition(), Path.Combine(data.Work, "etl_ours.csv"));
        var request = new StagingRequest(data.Folder, LoadDay) { Threads = data.Threads, OnlyFixedColumns = true };
        var timing = PeerClock.Time(data.Threads, () =>
        {
            var outcome = StagingLine.WriteAsync(definition, request, target, null, null, CancellationToken.None).GetAwaiter().GetResult();
            if (!outcome.Succeeded || !outcome.Value.Passed) throw new InvalidOperationException(string.Join(' ', outcome.Problems));
        });
        var peers = Path.Combine(data.Work, "etl_pandas.csv");
        return PeerMeasure.Seconds(timing, File.Exists(peers) ? Difference(target, peers) : null);
    }

    private static double Difference(string ours, string peers)
    {
        var (own, other) = (Sums(ours), Sums(peers));
        return other.Max(column => Math.Abs(own[column.Key] - column.Value) / Math.Max(1, Math.Abs(column.Value)));
    }

    private static Dictionary<string, double> Sums(string path)
    {
        var names = File.ReadLines(path).First().Split(',');
        var sums = new double[names.Length];
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var cells = line.Split(',');
            for (var i = 0; i < sums.Length; i++) sums[i] += double.TryParse(cells[i], System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : 0;
        }

        return names.Zip(sums).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }
}
