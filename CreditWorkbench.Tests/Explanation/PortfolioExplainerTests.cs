using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class PortfolioExplainerTests
{
    private const int Features = 5;

    [Fact]
    public void Explain_RowsOfAnEnsemble_GivesTheExactValuesInMarginUnits()
    {
        var (ensemble, rows) = Case(seed: 1, rowCount: 100);
        var exact = Attributors.PathDependent(ensemble);

        var shap = PortfolioExplainers.PathDependent(ensemble).Explain(rows, threads: 2, cancellation: TestContext.Current.CancellationToken).Value;

        Assert.Equal((100, Features), (shap.Rows, shap.Features));
        for (var row = 0; row < rows.Rows; row++)
        {
            var attribution = exact.Explain(RowOf(rows, row)).Value;
            Assert.Equal(attribution.Margin, shap.Margins[row]);
            Assert.Equal(attribution.Base, shap.Base, 12);
            for (var i = 0; i < Features; i++) Assert.Equal(attribution.Contributions[i], shap.Row(row)[i], 1e-5);
        }
    }

    [Fact]
    public void Explain_NoRows_GivesNoContributions()
    {
        var (ensemble, rows) = Case(seed: 2, rowCount: 1);

        var shap = PortfolioExplainers.PathDependent(ensemble).Explain(rows.Take([]), threads: 2, cancellation: TestContext.Current.CancellationToken).Value;

        Assert.Empty(shap.Contributions);
        Assert.Empty(shap.Margins);
    }

    [Fact]
    public void Explain_OtherColumns_Throws()
    {
        var (ensemble, _) = Case(seed: 3, rowCount: 1);

        Assert.Throws<ArgumentException>(() => PortfolioExplainers.PathDependent(ensemble).Explain(Ensembles.Matrix([[1, 2]]), threads: 1, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Explain_Cancelled_Throws()
    {
        var (ensemble, rows) = Case(seed: 4, rowCount: 10_000);
        using var source = new CancellationTokenSource();
        var progress = new EachReport(share =>
        {
            if (share > 0.1) source.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(() => PortfolioExplainers.PathDependent(ensemble).Explain(rows, threads: 2, progress, source.Token));
    }

    [Fact]
    public void Explain_WithProgress_RisesToOne()
    {
        var (ensemble, rows) = Case(seed: 5, rowCount: 9_000);
        var shares = new List<double>();

        _ = PortfolioExplainers.PathDependent(ensemble).Explain(rows, threads: 2, new EachReport(shares.Add), TestContext.Current.CancellationToken).Value;

        Assert.True(shares.Count >= 4);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1.0, shares[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Explain_RowThatDoesNotAddUp_IsRefusedByItsNumber(int threads)
    {
        var (ensemble, rows) = Case(seed: 6, rowCount: 5_000);

        var outcome = new Wrong(ensemble, wrongRow: 4_321).Explain(rows, threads, cancellation: TestContext.Current.CancellationToken);

        Assert.False(outcome.Succeeded);
        Assert.Equal("explanation.notAdditive", outcome.Problems[0].Code);
        Assert.Equal(4_322, outcome.Problems[0].Row);
    }

    [Fact]
    public void Check_GapOfOnePartInTenThousand_IsRefused()
    {
        Assert.Null(PortfolioExplainer.Check(0, 1.0, [0.5f, -0.25f], [1.25]));
        Assert.NotNull(PortfolioExplainer.Check(0, 1.0, [0.5f, -0.25f], [1.25 + 2e-4]));
        Assert.NotNull(PortfolioExplainer.Check(0, 1.0, [float.NaN, 0], [1.0]));
    }

    private static (TreeEnsemble Ensemble, FeatureMatrix Rows) Case(int seed, int rowCount)
    {
        var random = new Random(seed);
        var trees = Enumerable.Range(0, 4).Select(_ => Ensembles.Random(random, Features, 4, -1, 1)).ToArray();
        var ensemble = Ensembles.Of(Features, Link.LogOdds, Aggregation.Sum, -0.3, trees);
        return (ensemble, Ensembles.Matrix([.. Enumerable.Range(0, rowCount).Select(_ => Ensembles.RandomRow(random, Features))]));
    }

    private static float[] RowOf(FeatureMatrix rows, int row)
    {
        var vector = new float[rows.Columns.Count];
        rows.CopyRow(row, vector);
        return vector;
    }

    private sealed class EachReport(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    // Explains every row rightly but one.
    private sealed class Wrong(Predictor predictor, int wrongRow) : PortfolioExplainer
    {
        private readonly PortfolioExplainer _right = PortfolioExplainers.PathDependent(predictor);

        public override AttributionMethod Method => _right.Method;

        public override Predictor Predictor => predictor;

        public override int BackgroundRows => 0;

        public override string Engine => "wrong";

        internal override double BaseMargin => _right.BaseMargin;

        internal override TileExplainer NewTile() => new Tile(_right.NewTile(), wrongRow);

        private sealed class Tile(TileExplainer right, int wrongRow) : TileExplainer
        {
            public override Problem? Explain(FeatureMatrix rows, int first, Span<float> contributions, Span<double> margins)
            {
                var problem = right.Explain(rows, first, contributions, margins);
                var at = wrongRow - first;
                if (at >= 0 && at < margins.Length) contributions[at * Features] += 0.01f;
                return problem;
            }
        }
    }
}
