using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>Interval of an AUC from 1,000 resamples of 100,000 scores, the very ones that the peer draws, the sort included. Ours resamples
/// good and bad rows apart, the peer all rows together. Quality is the width of the interval.</summary>
internal sealed class BootstrapTask : IPeerTask
{
    /// <inheritdoc/>
    public string Name => "bootstrap-auc-1000x100k";

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => ["np_boot_auc"];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.Seconds;

    /// <inheritdoc/>
    public int Threads => 2;

    /// <inheritdoc/>
    public string PeerScript => """
        import numpy as np, sys
        rng = np.random.default_rng(4)
        p = rng.beta(1.2, 8, 100000)
        y = (rng.random(100000) < p).astype(float)
        for name, values in (("bootstrap_p", p), ("bootstrap_y", y)):
            np.save(sys.argv[1] + "/" + name + ".npy", values.view(np.float32).reshape(-1, 2))
        """;

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (risk, bad) = (data.Doubles("bootstrap_p.npy"), Array.ConvertAll(data.Doubles("bootstrap_y.npy"), outcome => outcome == 1.0));
        var interval = default(Interval);
        var timing = PeerClock.Time(data.Threads, () => interval = StratifiedBootstrap.Auc(RankedOutcomes.Of(risk, bad), seed: 1, threads: data.Threads));
        return PeerMeasure.Seconds(timing, interval.High - interval.Low);
    }
}
