using System.Globalization;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>Models that somebody else trained, read from their files: margins, path-dependent Shapley values and interaction values
/// equal those of XGBoost itself, on rows with missing values.</summary>
/// <remarks>XGBoost sums in float32, we in double: the gap is measured against the row's scale, which is the sum of the magnitudes that
/// XGBoost adds (bias included), and at least 1.</remarks>
public sealed class XgboostParityTests : IDisposable
{
    private const double MarginTolerance = 1e-5;
    private const double ValueTolerance = 1e-5;
    private const double InteractionTolerance = 1e-4;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Values_Boosting_EqualXgboosts() => Compare("boosting", rows: 200, interactionRows: 10);

    /// <summary>The whole claim, and models of other depths. XGBoost needs a third of a second per row for the interactions of the deep
    /// forest, so those are 100.</summary>
    [Theory]
    [Trait("Category", "Long")]
    [InlineData("deep7", 500, 20)]
    [InlineData("deep8", 500, 20)]
    [InlineData("cuts", 500, 20)]
    [InlineData("dart", 500, 20)]
    [InlineData("boosting", 10_000, 10_000)]
    [InlineData("forest", 10_000, 100)]
    public void Values_ManyRows_EqualXgboosts(string kind, int rows, int interactionRows) => Compare(kind, rows, interactionRows);

    /// <summary>Without this a comparison that never failed would pass as well.</summary>
    [Fact]
    public void Values_OneLeafChanged_DoNotEqualXgboosts()
    {
        var origin = Train("deep7", 50, 1);
        var before = ContributionGap(origin);
        var leaf = Array.FindIndex(origin.Ensemble.Nodes.Feature, feature => feature < 0);
        origin.Ensemble.Nodes.Value[leaf] += 0.25;

        var after = ContributionGap(origin);

        Assert.InRange(before, 0, ValueTolerance);
        Assert.InRange(after, 10 * ValueTolerance, 1);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Values_FeatureOfAThousandCuts_HasThem()
    {
        var ensemble = Train("cuts", 1, 1).Ensemble;

        var cuts = ensemble.Nodes.Feature.Zip(ensemble.Nodes.Cut).Where(test => test.First == 0).Select(test => test.Second).Distinct().Count();

        Assert.InRange(cuts, 1_000, 100_000);
    }

    /// <summary>Sets of categories, listed and unlisted ones, and one-hot tests: XGBoost explains none of them, but scores them.</summary>
    [Fact]
    public void Margins_CategorySplits_EqualXgboosts()
    {
        PythonPeer.RunXgboost(CategoryScript, _folder.Path);
        var ensemble = Read("categories.json");
        var rows = Rows(ensemble.FeatureCount);

        Assert.Contains(ensemble.Nodes.CategorySet, set => set >= 0);
        Assert.InRange(MarginGap(ensemble, rows, PythonPeer.Numbers<float>(_folder.File("margins.f32"))), 0, MarginTolerance);
    }

    private void Compare(string kind, int rows, int interactionRows)
    {
        var origin = Train(kind, rows, interactionRows);

        Assert.Contains(origin.Rows, row => row.Any(float.IsNaN));
        Assert.InRange(MarginGap(origin.Ensemble, origin.Rows, origin.Margins), 0, MarginTolerance);
        Assert.InRange(ContributionGap(origin), 0, ValueTolerance);
        Assert.InRange(PortfolioGap(origin), 0, ValueTolerance);
        Assert.InRange(InteractionGap(origin, interactionRows), 0, InteractionTolerance);
    }

    private Origin Train(string kind, int rows, int interactionRows)
    {
        PythonPeer.RunXgboost(string.Create(CultureInfo.InvariantCulture, $"kind, rows, inner = '{kind}', {rows}, {interactionRows}\n") + Script, _folder.Path);
        var ensemble = Read("model.json");
        return new Origin(ensemble, Rows(ensemble.FeatureCount), PythonPeer.Numbers<float>(_folder.File("margins.f32")), PythonPeer.Numbers<float>(_folder.File("contribs.f32")), PythonPeer.Numbers<float>(_folder.File("interactions.f32")));
    }

    private TreeEnsemble Read(string file)
    {
        using var stream = File.OpenRead(_folder.File(file));
        return XgboostModel.Read(stream).Value.Ensemble;
    }

    private List<float[]> Rows(int features) => [.. PythonPeer.Numbers<float>(_folder.File("rows.f32")).Chunk(features)];

    private static double MarginGap(TreeEnsemble ensemble, IReadOnlyList<float[]> rows, float[] margins) =>
        rows.Select((row, i) => Math.Abs(ensemble.Margin(row) - margins[i]) / Math.Max(1, Math.Abs(margins[i]))).Max();

    private static double ContributionGap(Origin origin)
    {
        var (explainer, width) = (Attributors.PathDependent(origin.Ensemble), origin.Ensemble.FeatureCount + 1);
        return Enumerable.Range(0, origin.Rows.Count).AsParallel().Max(row =>
        {
            var ours = explainer.Explain(origin.Rows[row]).Value;
            return Gap([.. ours.Contributions, ours.Base], origin.Contributions.AsSpan(row * width, width));
        });
    }

    private static double PortfolioGap(Origin origin)
    {
        var (features, rows) = (origin.Ensemble.FeatureCount, origin.Rows.Count);
        var values = new float[features * rows];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < features; i++) values[i * rows + row] = origin.Rows[row][i];
        }

        var columns = Enumerable.Range(0, features).Select(i => FeatureColumn.Number($"x{i}")).ToList();
        var ours = PortfolioExplainers.PathDependent(origin.Ensemble).Explain(new FeatureMatrix(columns, rows, values), 2, null, TestContext.Current.CancellationToken).Value;
        return Enumerable.Range(0, rows).Max(row =>
            Gap([.. ours.Contributions.AsSpan(row * features, features).ToArray().Select(value => (double)value), ours.Base], origin.Contributions.AsSpan(row * (features + 1), features + 1)));
    }

    // Theirs is a symmetric table with the bias in the last row and column; the main effects stand on the diagonal, as ours do.
    private static double InteractionGap(Origin origin, int rows)
    {
        var (explainer, features) = (InteractionExplainers.PathDependent(origin.Ensemble), origin.Ensemble.FeatureCount);
        var size = (features + 1) * (features + 1);
        return Enumerable.Range(0, rows).AsParallel().Max(row =>
        {
            var ours = explainer.Explain(origin.Rows[row]).Value;
            var table = new double[size];
            for (var i = 0; i < features; i++)
            {
                for (var j = 0; j < features; j++) table[i * (features + 1) + j] = ours.Values[i * features + j];
            }

            table[^1] = ours.Base;
            return Gap(table, origin.Interactions.AsSpan(row * size, size));
        });
    }

    private static double Gap(double[] ours, ReadOnlySpan<float> theirs)
    {
        var (gap, scale) = (0.0, 0.0);
        for (var i = 0; i < ours.Length; i++)
        {
            gap = Math.Max(gap, Math.Abs(ours[i] - theirs[i]));
            scale += Math.Abs(theirs[i]);
        }

        return gap / Math.Max(1.0, scale);
    }

    private sealed record Origin(TreeEnsemble Ensemble, IReadOnlyList<float[]> Rows, float[] Margins, float[] Contributions, float[] Interactions);

    private const string Script = """
        import numpy as np, xgboost as xgb
        r = np.random.default_rng(7)
        n, f = 12000, 6
        X = r.normal(size=(n, f)).astype(np.float32)
        X[:, 1] = np.round(X[:, 1], 1)
        X[:, 2] = r.integers(0, 2, n)
        X[:, 3] = r.integers(0, 6, n)
        z = X[:, 0] * (1 + X[:, 2]) + np.sin(3 * X[:, 4]) - 0.7 * X[:, 5] * X[:, 4] + 0.3 * X[:, 3]
        if kind == 'cuts': z = z + 2 * np.sin(25 * X[:, 0])
        y = (z + r.logistic(size=n) > 1).astype(int)
        for k in range(f): X[r.random(n) < 0.04 * k, k] = np.nan
        names = [f'x{k}' for k in range(f)]
        base = dict(objective='binary:logistic', tree_method='hist', nthread=2, seed=1)
        parameters, rounds = dict(
            boosting=(dict(base, max_depth=6, eta=0.1), 300),
            forest=(dict(base, max_depth=10, eta=1, num_parallel_tree=100, subsample=.8, colsample_bynode=.6, min_child_weight=2), 1),
            deep7=(dict(base, max_depth=7, eta=0.2, base_score=.3), 40),
            deep8=(dict(base, objective='binary:logitraw', max_depth=8, eta=0.2, gamma=.5), 40),
            cuts=(dict(base, max_depth=6, eta=0.2, max_bin=4096, min_child_weight=0), 200),
            dart=(dict(base, booster='dart', max_depth=4, rate_drop=.3, one_drop=1, base_score=.2), 20))[kind]
        model = xgb.train(parameters, xgb.DMatrix(X, label=y, feature_names=names), rounds)
        model.save_model('model.json')
        X[:rows].tofile('rows.f32')
        some = xgb.DMatrix(X[:rows], feature_names=names)
        model.predict(some, output_margin=True).tofile('margins.f32')
        model.predict(some, pred_contribs=True).tofile('contribs.f32')
        model.predict(some.slice(list(range(inner))), pred_interactions=True).tofile('interactions.f32')
        """;

    private const string CategoryScript = """
        import numpy as np, pandas as pd, xgboost as xgb
        r = np.random.default_rng(3)
        n = 3000
        k, m, a = r.integers(0, 90, n), r.integers(0, 3, n), r.normal(size=n).astype(np.float32)
        y = ((k % 7 < 3) * 1.0 + a + (m == 1) + r.normal(size=n) > 1).astype(int)
        frame = pd.DataFrame(dict(a=a, k=pd.Categorical(k), m=pd.Categorical(m)))
        frame.loc[r.random(n) < .1, 'k'] = np.nan
        data = xgb.DMatrix(frame, label=y, enable_categorical=True)
        model = xgb.train(dict(objective='binary:logistic', tree_method='hist', max_depth=5, max_cat_to_onehot=4), data, 30)
        model.save_model('categories.json')
        model.predict(data, output_margin=True).tofile('margins.f32')
        np.stack([a, frame.k.cat.codes.where(frame.k.notna(), np.nan), m], 1).astype(np.float32).tofile('rows.f32')
        """;
}
