using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class TrainingInputTests
{
    private static readonly BoostingSettings Quick = new() { Trees = 5, Depth = 3, RowShare = 1, ColumnShare = 1 };

    [Fact]
    public void Check_SoundRows_FindsNothing()
    {
        var rows = TrainingRows.Of(200, 1);

        Assert.Empty(TrainingInput.Check(rows.Features, rows.Bad, null));
        Assert.Empty(TrainingInput.Check(rows.Features, rows.Classes, null, 3));
    }

    [Theory]
    [InlineData(0, "training.classes.absent", "good")]
    [InlineData(1, "training.classes.few", "good")]
    [InlineData(99, "training.classes.few", "bad")]
    [InlineData(100, "training.classes.absent", "bad")]
    public void Check_ClassAbsentOrWithOneRow_IsRefused(int goods, string code, string word)
    {
        var features = TrainingRows.Of(100, 2).Features;
        var bad = Enumerable.Range(0, 100).Select(row => row < goods ? (byte)0 : (byte)1).ToArray();

        var problem = Assert.Single(TrainingInput.Check(features, bad, null));

        Assert.Equal(code, problem.Code);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Train(features, bad, null));
    }

    [Fact]
    public void Check_LabelsOfThreeValues_NamesTheFirstRow()
    {
        var rows = TrainingRows.Of(100, 3);
        rows.Bad[41] = 2;

        var problem = Assert.Single(TrainingInput.Check(rows.Features, rows.Bad, null));

        Assert.Equal(("training.classes.unknown", 42L), (problem.Code, problem.Row));
        Assert.Throws<ArgumentException>(() => Train(rows.Features, rows.Bad, null));
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Check_WeightThatIsNoWeight_NamesItsRow(double weight)
    {
        var rows = TrainingRows.Of(100, 4);
        var weights = Enumerable.Repeat(1.0, 100).ToArray();
        weights[6] = weight;

        var problem = Assert.Single(TrainingInput.Check(rows.Features, rows.Bad, weights));

        Assert.Equal(("training.weights.invalid", 7L), (problem.Code, problem.Row));
        Assert.Throws<ArgumentException>(() => Train(rows.Features, rows.Bad, weights));
    }

    [Theory]
    [InlineData(float.PositiveInfinity, 0)]
    [InlineData(float.NegativeInfinity, 99)]
    public void Check_InfiniteValue_NamesColumnAndRow(float value, int row)
    {
        var rows = TrainingRows.Of(100, 5);
        rows.Features.Values[2 * 100 + row] = value;

        var problem = Assert.Single(TrainingInput.Check(rows.Features, rows.Bad, null));

        Assert.Equal(("training.column.infinite", "wave", row + 1L), (problem.Code, problem.Field, problem.Row));
        Assert.Contains("wave", Assert.Throws<ArgumentException>(() => Train(rows.Features, rows.Bad, null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6f)]
    [InlineData(-1f)]
    [InlineData(1.5f)]
    public void Check_CategoryThatIsNoIndex_NamesColumnAndRow(float value)
    {
        var rows = TrainingRows.Of(100, 6);
        rows.Features.Values[3 * 100 + 8] = value;

        var problem = Assert.Single(TrainingInput.Check(rows.Features, rows.Bad, null));

        Assert.Equal(("training.column.category", "sector", 9L), (problem.Code, problem.Field, problem.Row));
    }

    [Fact]
    public void Check_MoreSpecialCodesThanATreeTellsApart_NamesTheColumn()
    {
        var column = new FeatureColumn("coded", 0, [], [.. Enumerable.Range(1, 32).Select(code => $"-{code}")]);

        var problem = Assert.Single(TrainingInput.Check(new FeatureMatrix([column], 4, [1, 2, 3, 4]), [0, 0, 1, 1], null));

        Assert.Equal(("training.column.codes", "coded"), (problem.Code, problem.Field));
    }

    [Fact]
    public void Check_NoRowsOrNoColumns_IsRefused()
    {
        Assert.Equal("training.columns.none", Assert.Single(TrainingInput.Check(new FeatureMatrix([], 2, []), [0, 1], null)).Code);
        Assert.Equal("training.rows.none", Assert.Single(TrainingInput.Check(new FeatureMatrix([FeatureColumn.Number("x")], 0, []), [], null)).Code);
    }

    [Fact]
    public void Check_AMillionRowsOfOneValue_IsRefusedByName()
    {
        const int rows = 1_000_000;
        var features = new FeatureMatrix([FeatureColumn.Number("x"), FeatureColumn.Number("y")], rows, [.. Enumerable.Repeat(3f, rows), .. Enumerable.Repeat(CodedNaN.Missing, rows)]);
        var bad = Enumerable.Range(0, rows).Select(row => (byte)(row % 2)).ToArray();

        var problem = Assert.Single(TrainingInput.Check(features, bad, null));

        Assert.Equal("training.columns.constant", problem.Code);
        Assert.Contains("x, y", problem.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Train(features, bad, null));
    }

    [Fact]
    public void Check_LengthsThatDiffer_AreTheCallersMistake()
    {
        var rows = TrainingRows.Of(10, 7);

        Assert.Throws<ArgumentException>(() => TrainingInput.Check(rows.Features, new byte[9], null));
        Assert.Throws<ArgumentException>(() => TrainingInput.Check(rows.Features, rows.Bad, new double[11]));
    }

    [Fact]
    public void Train_ConstantAndAllMissingColumns_AreNeverTestedOn()
    {
        var rows = TrainingRows.Of(400, 8);
        var columns = rows.Features.Columns.Append(FeatureColumn.Number("constant")).Append(FeatureColumn.Number("empty")).ToArray();
        var features = new FeatureMatrix(columns, 400, [.. rows.Features.Values, .. Enumerable.Repeat(2f, 400), .. Enumerable.Repeat(CodedNaN.Missing, 400)]);

        Assert.Empty(TrainingInput.Check(features, rows.Bad, null));
        var ensemble = Train(features, rows.Bad, null);

        Assert.DoesNotContain(5, ensemble.Nodes.Feature);
        Assert.DoesNotContain(6, ensemble.Nodes.Feature);
        Assert.All(ensemble.Nodes.Value, value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(15_000)]
    public void Train_ThousandsOfCategories_LearnsTheFrequentOnesAndStaysFinite(int levels)
    {
        var random = new RandomStream(9);
        const int rows = 30_000;
        var cells = new float[rows];
        var bad = new byte[rows];
        for (var row = 0; row < rows; row++)
        {
            // The first three levels hold half of the rows and decide the outcome's odds.
            var level = random.NextInt(2) == 0 ? random.NextInt(3) : random.NextInt(levels);
            cells[row] = level;
            bad[row] = random.NextDouble() < (level == 0 ? 0.8 : level == 1 ? 0.5 : 0.2) ? (byte)1 : (byte)0;
        }

        var column = new FeatureColumn("employer", 0, [.. Enumerable.Range(0, levels).Select(level => $"k{level}")], []);
        var features = new FeatureMatrix([column], rows, cells);

        Assert.Empty(TrainingInput.Check(features, bad, null));
        var ensemble = Train(features, bad, null, new BoostingSettings { Trees = 40, Depth = 3, LearningRate = 0.3, RowShare = 1 });

        Assert.All(ensemble.Nodes.Value, value => Assert.True(double.IsFinite(value)));
        Assert.True(ensemble.Margin([0f]) > ensemble.Margin([1f]) + 0.7);
        Assert.True(ensemble.Margin([1f]) > ensemble.Margin([2f]) + 0.7);
        Assert.True(double.IsFinite(ensemble.Margin([levels + 7f])));
    }

    private static TreeEnsemble Train(FeatureMatrix features, byte[] bad, double[]? weights, BoostingSettings? settings = null) =>
        BoostingTrainer.Train(features, bad, weights, settings ?? Quick, 1, 1, null, TestContext.Current.CancellationToken);
}
