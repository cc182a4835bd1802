namespace CreditWorkbench.Core.Scoring;

/// <summary>Bins of 25 points over a scale, with the number of reference scores in each.</summary>
public sealed class ScoreBins
{
    /// <summary>Points per bin; the last one takes the highest score as well, and may be narrower.</summary>
    public const int Width = 25;

    /// <summary>Stands for the score where bins go by the name of a feature; no feature can have this name.</summary>
    public const string Name = "$score";

    private readonly int _min;
    private readonly long[] _expected;

    /// <summary>Counts reference scores.</summary>
    /// <param name="scale">Limits of issued scores.</param>
    /// <param name="reference">Issued scores of held-out rows.</param>
    public ScoreBins(ScoreScale scale, IReadOnlyList<int> reference)
    {
        _min = scale.Min;
        _expected = new long[(scale.Max - scale.Min + Width - 1) / Width];
        foreach (var issued in reference) _expected[BinOf(issued)]++;
    }

    /// <summary>Number of bins.</summary>
    public int Count => _expected.Length;

    /// <summary>Reference scores per bin, shape [Count].</summary>
    public IReadOnlyList<long> Expected => _expected;

    /// <summary>The bin of an issued score; scores beyond the limits fall into the outermost bins.</summary>
    public int BinOf(int issued) => Math.Clamp((issued - _min) / Width, 0, Count - 1);

    /// <summary>Lowest score of a bin.</summary>
    public int From(int bin) => _min + bin * Width;
}
