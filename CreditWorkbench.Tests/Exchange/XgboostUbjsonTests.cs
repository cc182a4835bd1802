using System.Text;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Exchange;

public sealed class XgboostUbjsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SameDocumentInBothForms_GivesTheSameBytes()
    {
        var file = XgboostFile.Stump();

        var model = Read(UbjsonFile.Of(file)).Value;

        Assert.Equal(PredictorEncoding.ToBytes(XgboostFile.Read(file).Value.Ensemble), PredictorEncoding.ToBytes(model.Ensemble));
        Assert.Equal(["income", "age"], model.Features.Select(feature => feature.Name));
    }

    /// <summary>XGBoost itself wrote both files and made the margins, on rows with missing values, with sets of categories and dropout.</summary>
    [Theory]
    [InlineData("dict(booster='gbtree', max_depth=5, base_score=.3)")]
    [InlineData("dict(booster='dart', max_depth=3, rate_drop=.3, seed=1)")]
    [InlineData("dict(booster='gbtree', max_depth=4, tree_method='hist', max_cat_to_onehot=1)")]
    [InlineData("dict(booster='gbtree', max_depth=4, num_parallel_tree=3, subsample=.7, objective='binary:logitraw', base_score=.1)")]
    public void Read_FilesOfXgboost_GiveItsMargins(string parameters)
    {
        PythonPeer.RunXgboost($"parameters = {parameters}\n{Script}", _folder.Path);

        var (binary, text) = (ReadFile("model.ubj"), ReadFile("model.json"));

        var margins = PythonPeer.Numbers<float>(_folder.File("margins.f32"));
        var rows = PythonPeer.Numbers<float>(_folder.File("rows.f32")).Chunk(binary.Ensemble.FeatureCount).ToList();
        Assert.Equal(PredictorEncoding.ToBytes(text.Ensemble), PredictorEncoding.ToBytes(binary.Ensemble));
        Assert.Equal((text.Objective, text.Origin), (binary.Objective, binary.Origin));
        Assert.Equal(text.Features, binary.Features);
        Assert.Contains(rows, row => row.Any(float.IsNaN));
        for (var row = 0; row < rows.Count; row++) Assert.Equal(margins[row], binary.Ensemble.Margin(rows[row]), 1e-5 * Math.Max(1, Math.Abs(margins[row])));
    }

    [Fact]
    public void Read_TruncatedAnywhere_IsRefused()
    {
        var file = UbjsonFile.Of(XgboostFile.Stump());

        for (var length = 0; length < file.Length; length++) Assert.Equal("xgboost.malformed", Read(file[..length]).Problems.Single().Code);
    }

    [Theory]
    [InlineData("{L\0\0\0\0\0\0\0\u0001a[$Z#L\u007f\0\0\0\0\0\0\0", "holds numbers")]
    [InlineData("{L\0\0\0\0\0\0\0\u0001a[$l#L\u007f\0\0\0\0\0\0\0", "breaks off")]
    [InlineData("{L\0\0\0\0\0\0\0\u0001a[#L\u007f\0\0\0\0\0\0\0", "breaks off")]
    [InlineData("{L\u007f\0\0\0\0\0\0\0", "longer than 65536 bytes")]
    [InlineData("{l\u0000\u0001\u0000\u0001", "longer than 65536 bytes")]
    [InlineData("{i\u0001aSL\u007f\0\0\0\0\0\0\0", "longer than 65536 bytes")]
    [InlineData("{i\u0001a[$l\u0001", "states its length")]
    [InlineData("{i\u0001aH", "expected a number")]
    [InlineData("{i\u0001aZi\u0001aZ}", "stands twice")]
    [InlineData("{i\u0001aZ}x", "something follows")]
    public void Read_FalseCountsAndKinds_AreRefusedAtOnce(string file, string message)
    {
        var bytes = Encoding.Latin1.GetBytes(file);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var problem = Read(bytes).Problems.Single();

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 21);
    }

    [Fact]
    public void Read_EndlessNesting_IsRefused() =>
        Assert.Contains("nested deeper", Read(Encoding.Latin1.GetBytes("{i\u0001a" + new string('[', 1_000_000))).Problems.Single().Message, StringComparison.Ordinal);

    private static Outcome<ImportedModel> Read(byte[] file) => ModelExchange.Read("xgboost", file);

    private ImportedModel ReadFile(string name) => ModelExchange.Read(null, File.ReadAllBytes(_folder.File(name))).Value;

    private const string Script = """
        import numpy as np, pandas as pd, xgboost as xgb
        r = np.random.default_rng(5)
        n = 1500
        frame = pd.DataFrame({f'x{i}': r.normal(size=n).round(2) for i in range(5)})
        frame['kind'] = r.integers(0, 70, n).astype(float)
        y = (r.logistic(size=n) + 2 * frame['x0'] - frame['x1'] * frame['x2'] + (frame['kind'] % 3 == 0) > 0).astype(int)
        frame = frame.mask(r.random(frame.shape) < .1)
        raw = frame.to_numpy(np.float32)
        if 'max_cat_to_onehot' in parameters: frame['kind'] = pd.Categorical(frame['kind'])
        data = lambda: xgb.DMatrix(frame, label=y, enable_categorical=True)
        model = xgb.train(dict(dict(objective='binary:logistic'), **parameters), data(), 25)
        model.save_model('model.ubj'); model.save_model('model.json')
        raw[:300].tofile('rows.f32')
        model.predict(data(), output_margin=True)[:300].tofile('margins.f32')
        """;
}
