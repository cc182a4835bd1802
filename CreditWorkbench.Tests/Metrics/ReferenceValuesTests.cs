using CreditWorkbench.Core.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Metrics;

/// <summary>Against scikit-learn 1.2.1, numpy 1.24.2 and scipy 1.10.1.</summary>
/// <remarks><code>
/// import numpy as np
/// from sklearn import metrics as m
/// from scipy import stats
/// x, p, y = 12345, [], []
/// for i in range(400):
///     x = (1103515245 * x + 12345) % 2147483648; a = x / 2147483648
///     x = (1103515245 * x + 12345) % 2147483648; b = x / 2147483648
///     p.append(round(a * 50) / 50 * 0.9 + 0.05); y.append(b &lt; a)
/// p, y = np.array(p), np.array(y); d = p > 0.5
/// f, t, _ = m.roc_curve(y, p, drop_intermediate=False)
/// print(y.sum(), m.roc_auc_score(y, p), m.average_precision_score(y, p), (t - f).max(), m.brier_score_loss(y, p), m.log_loss(y, p))
/// print(m.confusion_matrix(y, d).ravel(), m.accuracy_score(y, d), m.precision_score(y, d), m.recall_score(y, d), m.f1_score(y, d))
/// print(stats.chi2.ppf(0.95, 9), stats.chi2.sf(16.9, 9), stats.norm.cdf(-1.3), stats.norm.cdf(2.5),
///       stats.fisher_exact([[8, 2], [1, 5]])[1], stats.fisher_exact([[310, 690], [51, 259]])[1])
/// </code></remarks>
public sealed class ReferenceValuesTests
{
    private readonly double[] _risk;
    private readonly bool[] _bad;
    private readonly RankedOutcomes _ranked;

    public ReferenceValuesTests()
    {
        (_risk, _bad) = Samples.Congruential();
        _ranked = RankedOutcomes.Of(_risk, _bad);
    }

    [Fact]
    public void Ranking_KnownSample_EqualsScikitLearn()
    {
        Assert.Equal(199, _ranked.BadCount);
        Assert.Equal(0.8111077776944424, Ranking.Auc(_risk, _bad), 1e-14);
        Assert.Equal(0.788030520139588, Ranking.AveragePrecision(_ranked.Good, _ranked.Bad), 1e-14);
        Assert.Equal(0.4809370234255856, Ranking.KolmogorovSmirnov(_ranked.Good, _ranked.Bad), 1e-14);
    }

    [Fact]
    public void Losses_KnownSample_EqualScikitLearn()
    {
        Assert.Equal(0.17724769, ProbabilityLoss.Brier(_risk, _bad), 1e-12);
        Assert.Equal(0.5293690522999659, ProbabilityLoss.LogLoss(_risk, _bad), 1e-12);
    }

    [Fact]
    public void Confusion_KnownSample_EqualsScikitLearn()
    {
        var matrix = ConfusionMatrix.At(_risk, _bad, 0.5);

        Assert.Equal(new ConfusionMatrix(145, 52, 149, 54), matrix);
        Assert.Equal(0.735, matrix.Accuracy!.Value, 1e-14);
        Assert.Equal(0.7360406091370558, matrix.Precision!.Value, 1e-14);
        Assert.Equal(0.7286432160804021, matrix.Recall!.Value, 1e-14);
        Assert.Equal(0.7323232323232324, matrix.F1!.Value, 1e-14);
        Assert.Equal(149.0 / 201, matrix.Specificity!.Value, 1e-14);
    }

    [Fact]
    public void Distributions_KnownArguments_EqualScipy()
    {
        Assert.Equal(16.918977604620448, Distributions.ChiSquareQuantile(0.95, 9), 1e-10);
        Assert.Equal(0.0503051901243108, Distributions.ChiSquareUpper(16.9, 9), 1e-13);
        Assert.Equal(0.09680048458561036, Distributions.NormalCdf(-1.3), 1e-13);
        Assert.Equal(0.9937903346742238, Distributions.NormalCdf(2.5), 1e-13);
        Assert.Equal(0.034965034965034975, Distributions.FisherExact(8, 2, 1, 5), 1e-12);
        Assert.Equal(1.0, Distributions.FisherExact(310, 690, 51, 259) / 2.9962937979474514e-07, 1e-9);
    }
}
