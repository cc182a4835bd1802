using System.Globalization;
using CreditWorkbench.Core.Calibration;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>What the classes of training rows weigh beside each other, on top of what the rows weigh.</summary>
/// <remarks>Rows keep the weight that they have together, so that a penalty means the same whatever the classes weigh. Log-odds that were
/// learnt under class weights are taken back to the population in closed form: see <see cref="PriorCorrection"/>.</remarks>
internal sealed record ClassWeighting
{
    /// <summary>Name of the parameter, in every family but the blend, whose members have their own.</summary>
    public const string Parameter = "classWeights";

    private const double Most = 1e6;

    private ClassWeighting(string text, double[]? numbers) => (Text, Numbers) = (text, numbers);

    /// <summary>Classes weigh what their rows weigh.</summary>
    public static ClassWeighting None { get; } = new("none", null);

    /// <summary>All classes weigh the same.</summary>
    public static ClassWeighting Balanced { get; } = new("balanced", null);

    /// <summary>none, balanced, or the numbers between commas.</summary>
    public string Text { get; }

    /// <summary>Factor per class in the order of classes; null where they follow from the rows.</summary>
    public IReadOnlyList<double>? Numbers { get; }

    /// <summary>Reads none, balanced, or one number above 0 per class: <c>1, 5</c> or <c>[1, 5]</c>, good before bad.</summary>
    /// <param name="text">The value.</param>
    /// <param name="classes">Number of classes.</param>
    public static ClassWeighting? Read(string text, int classes)
    {
        if (text == None.Text) return None;
        if (text == Balanced.Text) return Balanced;
        var parts = text.Split([',', '[', ']', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !(numbers[i] is >= 1.0 / Most and <= Most)) return null;
        }

        return numbers.Length == classes ? new ClassWeighting(string.Join(", ", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))), numbers) : null;
    }

    /// <summary>Weight per row of a binary outcome; null where all count alike.</summary>
    /// <param name="bad">1 for bad, 0 for good; both present.</param>
    /// <param name="weights">Weights of the rows themselves; null for ones.</param>
    public double[]? Of(byte[] bad, double[]? weights)
    {
        if (this == None) return weights;
        var (goods, bads) = Sums(bad, weights);
        var (good, worse) = FactorsOf(goods, bads);
        var weighed = new double[bad.Length];
        for (var row = 0; row < weighed.Length; row++) weighed[row] = (weights?[row] ?? 1.0) * (bad[row] == 1 ? worse : good);
        return weighed;
    }

    /// <summary>What to add to log-odds that were learnt under these weights.</summary>
    /// <param name="bad">The rows that were learnt from.</param>
    /// <param name="weights">Their own weights; null for ones.</param>
    public double Shift(byte[] bad, double[]? weights)
    {
        if (this == None) return 0.0;
        var (goods, bads) = Sums(bad, weights);
        return Numbers is { } numbers ? PriorCorrection.ForWeights(numbers[1], numbers[0]) : PriorCorrection.ForWeights(goods, bads);
    }

    private (double Good, double Bad) FactorsOf(double goods, double bads)
    {
        var total = goods + bads;
        if (Numbers is not { } numbers) return (0.5 * total / goods, 0.5 * total / bads);
        var unit = total / (numbers[0] * goods + numbers[1] * bads);
        return (numbers[0] * unit, numbers[1] * unit);
    }

    private static (double Goods, double Bads) Sums(byte[] bad, double[]? weights)
    {
        var (goods, bads) = (0.0, 0.0);
        for (var row = 0; row < bad.Length; row++)
        {
            if (bad[row] == 1) bads += weights?[row] ?? 1.0;
            else goods += weights?[row] ?? 1.0;
        }

        return (goods, bads);
    }
}
