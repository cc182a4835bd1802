using System.Globalization;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>The hyper-parameters that tuning draws from, per family, written as on the command line.</summary>
internal static class ParameterSpace
{
    private const ulong Purpose = 0x7A11;

    private static readonly Dictionary<string, (string Name, Func<RandomStream, string> Draw)[]> Families = new()
    {
        ["boosting"] =
        [
            ("trees", One("150", "300", "600", "1000")), ("depth", Whole(2, 8)), ("learningRate", Log(0.01, 0.2)), ("l2", Log(0.1, 30)),
            ("minHessian", Log(0.3, 30)), ("rowShare", Even(0.5, 1.0)), ("columnShare", Even(0.2, 1.0)),
        ],
        ["boosting-leafwise"] =
        [
            ("trees", One("150", "300", "600", "1000")), ("leaves", Whole(4, 48)), ("learningRate", Log(0.01, 0.2)), ("l2", Log(0.1, 30)),
            ("minHessian", Log(0.3, 30)), ("rowShare", Even(0.5, 1.0)), ("columnShare", Even(0.2, 1.0)),
        ],
        ["scorecard"] = [("maxBins", Whole(3, 12)), ("minBinShare", Log(0.01, 0.08)), ("binPenalty", Log(0.5, 8)), ("minInformationValue", One("0", "0.005", "0.01", "0.02", "0.05")), ("l2", Log(0.1, 100))],
        ["logistic"] = [("l1", One("0", "0", "1", "3", "10", "30")), ("l2", Log(0.1, 300)), ("clipShare", One("0.001", "0.005", "0.02"))],
        ["network"] = [("hidden", One("16", "32", "16,8", "24,12", "48,16")), ("learningRate", Log(0.0005, 0.01)), ("weightDecay", Log(0.0001, 0.1))],
        ["forest"] =
        [
            ("trees", One("100", "200", "400")), ("depth", Whole(6, 16)), ("minSplit", One("2", "10", "20", "50", "100")), ("minLeaf", One("1", "3", "5", "10", "20")),
        ],
    };

    /// <summary>Whether a family has something to draw.</summary>
    public static bool Has(string family) => Families.ContainsKey(family);

    /// <summary>The n-th configuration of a family: the same whatever was drawn before it and however long that took.</summary>
    /// <param name="family">A family that <see cref="Has"/> knows.</param>
    /// <param name="configuration">0 changes nothing; from 1 on drawn.</param>
    /// <param name="seed">Seed of the run.</param>
    public static IReadOnlyDictionary<string, string> Of(string family, int configuration, int seed)
    {
        if (configuration == 0) return new Dictionary<string, string>();
        var stream = new RandomStream((ulong)seed, Purpose ^ (ulong)Array.IndexOf([.. Families.Keys.Order(StringComparer.Ordinal)], family), (ulong)configuration);
        return Families[family].ToDictionary(parameter => parameter.Name, parameter => parameter.Draw(stream));
    }

    private static Func<RandomStream, string> One(params string[] values) => stream => values[stream.NextInt(values.Length)];

    private static Func<RandomStream, string> Whole(int low, int high) => stream => (low + stream.NextInt(high - low + 1)).ToString(CultureInfo.InvariantCulture);

    private static Func<RandomStream, string> Even(double low, double high) => stream => Text(low + (high - low) * stream.NextDouble());

    private static Func<RandomStream, string> Log(double low, double high) => stream => Text(low * Math.Pow(high / low, stream.NextDouble()));

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
