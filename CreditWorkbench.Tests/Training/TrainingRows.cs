using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Tests.Training;

/// <summary>Seeded rows with a known mechanism: risk rises in "burden", falls in "tenure", waves in "wave", differs by "sector";
/// "burden" has missing cells and "tenure" two special codes that mean opposite things.</summary>
internal sealed record TrainingRows(FeatureMatrix Features, byte[] Bad, byte[] Classes)
{
    public static IReadOnlyList<FeatureColumn> Columns(int burdenDirection = 1, int tenureDirection = -1) =>
    [
        FeatureColumn.Number("burden", burdenDirection),
        new FeatureColumn("tenure", tenureDirection, [], ["-8", "-9"]),
        FeatureColumn.Number("wave"),
        new FeatureColumn("sector", 0, ["farm", "shop", "mine", "bank", "port", "mill"], []),
        FeatureColumn.Number("noise"),
    ];

    public static TrainingRows Of(int rows, ulong seed, int burdenDirection = 1, int tenureDirection = -1)
    {
        var random = new RandomStream(seed, 4711);
        var columns = Columns(burdenDirection, tenureDirection);
        var values = new float[columns.Count * rows];
        var (bad, classes) = (new byte[rows], new byte[rows]);
        double[] sectorRisk = [0.9, -0.6, 1.4, -1.1, 0.2, -0.3];
        for (var row = 0; row < rows; row++)
        {
            var (burden, tenure, wave, noise) = (random.NextDouble(), Math.Round(20 * random.NextDouble()), 6 * random.NextDouble(), random.NextDouble());
            var sector = random.NextInt(6);
            var code = random.NextDouble() < 0.15 ? 1 + random.NextInt(2) : 0;
            var tenureRisk = code switch { 1 => 1.5, 2 => -1.5, _ => -0.1 * (tenure - 10) };
            var isMissing = random.NextDouble() < 0.1;
            var logOdds = -0.6 + 3 * (burden - 0.5) + tenureRisk + Math.Sin(wave) + sectorRisk[sector];
            values[row] = isMissing ? CodedNaN.Missing : (float)burden;
            values[rows + row] = code > 0 ? CodedNaN.Of(code) : (float)tenure;
            values[2 * rows + row] = (float)wave;
            values[3 * rows + row] = sector;
            values[4 * rows + row] = (float)noise;
            bad[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? (byte)1 : (byte)0;
            var level = logOdds + Math.Log(random.NextDouble() + 1e-9) - Math.Log(random.NextDouble() + 1e-9);
            classes[row] = level < -1.2 ? (byte)0 : level < 1.2 ? (byte)1 : (byte)2;
        }

        return new TrainingRows(new FeatureMatrix(columns, rows, values), bad, classes);
    }

    /// <summary>Rows whose cells are drawn from the whole input space: values beyond the training range, unseen categories and
    /// codes, and the model's own split points.</summary>
    public static float[] Anywhere(RandomStream random, IReadOnlyList<FeatureColumn> columns, Func<int, float> cutOf)
    {
        var vector = new float[columns.Count];
        for (var column = 0; column < vector.Length; column++)
        {
            vector[column] = columns[column].IsCategory ? random.NextInt(columns[column].Categories.Count + 2)
                : random.NextInt(10) switch { 0 => CodedNaN.Missing, 1 => CodedNaN.Of(1 + random.NextInt(3)), < 6 => cutOf(column), _ => (float)(30 * random.NextDouble() - 5) };
        }

        return vector;
    }

    /// <summary>Area under the ROC curve by counting pairs.</summary>
    public static double Auc(IReadOnlyList<double> risks, IReadOnlyList<byte> bad)
    {
        var (wins, pairs) = (0.0, 0L);
        for (var i = 0; i < bad.Count; i++)
        {
            if (bad[i] == 0) continue;
            for (var j = 0; j < bad.Count; j++)
            {
                if (bad[j] == 1) continue;
                wins += risks[i] > risks[j] ? 1 : risks[i] == risks[j] ? 0.5 : 0;
                pairs++;
            }
        }

        return wins / pairs;
    }
}
