namespace CreditWorkbench.Core.Scoring;

/// <summary>S(z): z itself in the middle, stretched at both ends so that a sure worst class gets the lowest and a sure best class
/// the highest score. With anchors 800, 600, 400 and limits 300 to 900: [400, 500] to [300, 500), [700, 800] to [700, 900].</summary>
/// <remarks>The stretch begins half way between the outermost anchor and its neighbour. Continuous and strictly rising.</remarks>
public sealed class OrdinalScale : ScoreScale
{
    private readonly double _lowEdge;
    private readonly double _highEdge;
    private readonly double _lowSlope;
    private readonly double _highSlope;

    /// <summary>Fixes the scale.</summary>
    /// <param name="anchors">z of each class, best class first, strictly falling, at least two.</param>
    /// <param name="min">Issued score of a sure worst class.</param>
    /// <param name="max">Issued score of a sure best class.</param>
    /// <exception cref="ArgumentException">Anchors do not fall, or limits leave no room for a stretch.</exception>
    public OrdinalScale(IReadOnlyList<double> anchors, int min, int max)
        : base(min, max)
    {
        if (anchors.Count < 2 || anchors.Zip(anchors.Skip(1)).Any(pair => !(pair.First > pair.Second)))
            throw new ArgumentException("Anchors fall from the best class to the worst.", nameof(anchors));
        Anchors = anchors;
        _lowEdge = (anchors[^1] + anchors[^2]) / 2;
        _highEdge = (anchors[0] + anchors[1]) / 2;
        _lowSlope = (_lowEdge - min) / (_lowEdge - anchors[^1]);
        _highSlope = (max - _highEdge) / (anchors[0] - _highEdge);
        if (!(_lowSlope > 0) || !(_highSlope > 0)) throw new ArgumentException("The limits lie outside the edges of the outermost bands.", nameof(min));
    }

    /// <summary>z of each class, best first.</summary>
    public IReadOnlyList<double> Anchors { get; }

    /// <inheritdoc/>
    public override bool IsOrdinal => true;

    /// <inheritdoc/>
    /// <remarks>25 points: half of the usual PDO, since an ordinal scale has none of its own.</remarks>
    public override double ReasonReach => 25;

    /// <inheritdoc/>
    public override double Points(double position)
    {
        if (position < _lowEdge) return _lowEdge + (position - _lowEdge) * _lowSlope;
        return position > _highEdge ? _highEdge + (position - _highEdge) * _highSlope : position;
    }

    /// <inheritdoc/>
    /// <remarks>Mean slope by the share of the way in each piece; no difference of nearly equal points is divided.</remarks>
    public override double Secant(double from, double to)
    {
        var (low, high) = from <= to ? (from, to) : (to, from);
        if (low == high) return low < _lowEdge ? _lowSlope : low > _highEdge ? _highSlope : 1.0;
        var below = Math.Max(0, Math.Min(high, _lowEdge) - low);
        var above = Math.Max(0, high - Math.Max(low, _highEdge));
        return 1.0 + (below * (_lowSlope - 1.0) + above * (_highSlope - 1.0)) / (high - low);
    }
}
