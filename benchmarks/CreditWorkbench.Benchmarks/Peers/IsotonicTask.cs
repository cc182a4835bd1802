using CreditWorkbench.Core.Calibration;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>Isotonic fit of 100,000 scores, the very ones that the peer draws. Quality is the mean squared error of the fit.</summary>
internal sealed class IsotonicTask : IPeerTask
{
    /// <inheritdoc/>
    public string Name => "isotonic-fit-100k";

    /// <inheritdoc/>
    public IReadOnlyList<string> PeerNames => ["skl_isotonic"];

    /// <inheritdoc/>
    public PeerUnit Unit => PeerUnit.Seconds;

    /// <inheritdoc/>
    public int Threads => 1;

    /// <inheritdoc/>
    public string PeerScript => """
        import numpy as np, sys
        rng = np.random.default_rng(3)
        p = rng.beta(1.2, 8, 100000)
        y = (rng.random(100000) < p ** 1.3).astype(float)
        for name, values in (("isotonic_p", p), ("isotonic_y", y)):
            np.save(sys.argv[1] + "/" + name + ".npy", values.view(np.float32).reshape(-1, 2))
        """;

    /// <inheritdoc/>
    public PeerMeasure Run(PeerData data)
    {
        var (positions, outcomes) = (data.Doubles("isotonic_p.npy"), data.Doubles("isotonic_y.npy"));
        var bad = Array.ConvertAll(outcomes, outcome => outcome == 1.0);
        IsotonicCalibrator? calibrator = null;
        var timing = PeerClock.Time(data.Threads, () => calibrator = IsotonicFit.Fit(positions, bad, Trend.Rising).Value);
        var error = positions.Select((position, row) => Math.Pow(calibrator!.Probability(position) - outcomes[row], 2)).Average();
        return PeerMeasure.Seconds(timing, error);
    }
}
