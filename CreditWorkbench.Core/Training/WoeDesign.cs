using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Rows as weights of evidence, one input per characteristic that is kept.</summary>
internal sealed class WoeDesign : LogisticDesign
{
    private readonly FeatureMatrix _features;
    private readonly int[] _kept;
    private readonly ScorecardCharacteristic[] _characteristics;
    private readonly double[][] _woe;

    public WoeDesign(FeatureMatrix features, ScorecardCharacteristic[] characteristics, int[] kept)
    {
        (_features, _characteristics, _kept) = (features, characteristics, kept);
        _woe = [.. kept.Select(column => characteristics[column].Bins.Select(bin => bin.Woe).ToArray())];
    }

    public override int Rows => _features.Rows;

    public override int Columns => _kept.Length;

    public override int Inputs => _kept.Length;

    public override void Fill(int firstRow, Span<int> inputs, Span<double> values)
    {
        for (var i = 0; i < _kept.Length; i++)
        {
            var cells = _features.Column(_kept[i]);
            var characteristic = _characteristics[_kept[i]];
            for (var (at, row) = (i, firstRow); at < inputs.Length; at += _kept.Length, row++)
                (inputs[at], values[at]) = (i, _woe[i][characteristic.BinOf(cells[row])]);
        }
    }
}
