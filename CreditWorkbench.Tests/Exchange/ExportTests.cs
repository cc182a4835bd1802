using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>Models of ours as other programs run them: onnxruntime computes every exported graph on numbers, codes, missing values and
/// categories, at the cuts and beside them.</summary>
public sealed class ExportTests
{
    private static readonly PlattCalibrator _platt = new(1.25, -0.375);
    private static readonly FeatureColumn[] _sampleColumns = [new("age", 0, [], ["-8", "-9"]), new("home", 0, ["own", "rent", "other"], [])];

    public static TheoryData<string> Families => ["boosting", "forest", "ordinal", "logistic", "scorecard", "blend", "imported"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Onnx_EachFamily_GivesOurMarginsInTheRuntime(string family)
    {
        var (predictor, columns) = Sample(family);
        var rows = Rows(predictor, columns);

        var file = ModelExport.Write("onnx", new ExportRequest("sample", predictor, columns, _platt)).Value;

        var numbers = columns.Select(CodeNumbers.Of).ToArray();
        float[] cells = [.. rows.SelectMany(row => row.Select((cell, i) => CodeNumbers.Plain(cell, numbers[i])))];
        var isOrdinal = predictor.Link.Kind == LinkKind.Ordinal;
        var given = OnnxRuntimePeer.Run([new OnnxRun(file, [new OnnxFeed(ModelExport.Features, cells, columns.Length)], isOrdinal ? [ModelExport.Margin] : [ModelExport.Margin, ModelExport.Probability])])[0];
        for (var row = 0; row < rows.Count; row++)
        {
            var margin = predictor.Margin(rows[row]);
            Assert.Equal(margin, given[0][row], 1e-5 * Math.Max(1, Math.Abs(margin)));
            if (!isOrdinal) Assert.Equal(ReproducibleMath.Logistic(_platt.LogOdds(margin)), given[1][row], 1e-6);
        }
    }

    /// <summary>A guard that cannot fail guards nothing.</summary>
    [Fact]
    public void Onnx_OneLeafChanged_GivesOtherMargins()
    {
        var (predictor, columns) = Sample("boosting");
        var file = ModelExport.Write("onnx", new ExportRequest("sample", predictor, columns, _platt)).Value;
        var rows = Rows(predictor, columns);
        var nodes = ((TreeEnsemble)predictor).Nodes;
        for (var node = 0; node < nodes.TreeStart[1]; node++) nodes.Value[node] += 0.25;

        var numbers = columns.Select(CodeNumbers.Of).ToArray();
        var given = OnnxRuntimePeer.Run([new OnnxRun(file, [new OnnxFeed(ModelExport.Features, [.. rows.SelectMany(row => row.Select((cell, i) => CodeNumbers.Plain(cell, numbers[i])))], columns.Length)], [ModelExport.Margin])])[0][0];

        Assert.Contains(Enumerable.Range(0, rows.Count), row => Math.Abs(predictor.Margin(rows[row]) - given[row]) > 0.2);
    }

    [Fact]
    public void Onnx_Network_IsRefused() =>
        Assert.Equal("export.family", ModelExport.Write("onnx", new ExportRequest("n", SamplePredictors.Network, _sampleColumns, _platt)).Problems.Single().Code);

    [Fact]
    public void Write_UnknownFormat_IsRefused() =>
        Assert.Equal("export.format", ModelExport.Write("pmml", new ExportRequest("n", SamplePredictors.Linear, _sampleColumns, _platt)).Problems.Single().Code);

    /// <summary>What we write we also read: boosting comes back as trees with equal margins.</summary>
    [Fact]
    public void Onnx_Boosting_ComesBackAsTrees()
    {
        var predictor = LightGbmFile.Read(LightGbmFile.Random(5, 20, 8, 4)).Value.Ensemble;
        FeatureColumn[] columns = [.. Enumerable.Range(0, 4).Select(i => FeatureColumn.Number($"x{i}"))];
        var file = ModelExport.Write("onnx", new ExportRequest("b", predictor, columns, PlattCalibrator.Identity)).Value;

        var back = ModelExchange.Read(null, file).Value;

        foreach (var row in ExchangeRows.Around(predictor, 3, 300).Select(row => row.Select((cell, i) => i == 3 && !float.IsNaN(cell) ? MathF.Floor(cell) : cell).ToArray())) Assert.Equal(predictor.Margin(row), back.Ensemble.Margin(row), 1e-9);
        Assert.True(back.HasCovers);
    }

    public static TheoryData<string> JsonFamilies => ["boosting", "forest", "ordinal", "logistic", "scorecard", "blend", "network", "imported"];

    [Theory]
    [MemberData(nameof(JsonFamilies))]
    public void Json_ThereAndBack_IsTheSameBytes(string family)
    {
        var (predictor, columns) = Sample(family);

        var back = ModelJson.Read(ModelExport.Write("json", new ExportRequest("sample", predictor, columns, _platt)).Value).Value;

        Assert.Equal(PredictorEncoding.ToBytes(predictor), PredictorEncoding.ToBytes(back.Predictor));
        Assert.Equal((_platt, "sample"), (back.Platt, back.Name));
        Assert.Equal(columns.Select(column => (column.Name, column.Direction, string.Join('|', column.Categories), string.Join('|', column.SpecialCodes))), back.Columns.Select(column => (column.Name, column.Direction, string.Join('|', column.Categories), string.Join('|', column.SpecialCodes))));
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "modelJson.version")]
    [InlineData("creditworkbench.model", "somebody.else", "modelJson.malformed")]
    [InlineData("\"kind\":\"trees\"", "\"kind\":\"vine\"", "modelJson.invalid")]
    [InlineData("\"left\":[1,", "\"left\":[0,", "modelJson.invalid")]
    [InlineData("\"left\":[1,", "\"left\":[2147483647,", "modelJson.invalid")]
    [InlineData("\"words\":", "\"words\":2147483647,\"w\":", "modelJson.invalid")]
    [InlineData("\"slope\":1.25", "\"slope\":-1", "modelJson.invalid")]
    [InlineData("\"predictor\":", "\"other\":", "modelJson.invalid")]
    [InlineData("\"treeStart\":", "\"t\":", "modelJson.invalid")]
    [InlineData("\"sets\":", "\"s\":", "modelJson.invalid")]
    [InlineData("{\"format\"", "[\"format\"", "modelJson.malformed")]
    public void Json_AlteredFile_IsRefused(string part, string other, string code)
    {
        var (predictor, columns) = Sample("boosting");
        var text = System.Text.Encoding.UTF8.GetString(ModelExport.Write("json", new ExportRequest("sample", predictor, columns, _platt)).Value);
        Assert.Contains(part, text, StringComparison.Ordinal);

        var altered = text.Replace(part, other, StringComparison.Ordinal);

        Assert.Equal(code, ModelJson.Read(System.Text.Encoding.UTF8.GetBytes(altered)).Problems.Single().Code);
    }

    [Fact]
    public void CodeNumbers_AnyCodes_AllDiffer()
    {
        Assert.Equal([-9f, -float.MaxValue, MathF.BitIncrement(-float.MaxValue)], CodeNumbers.Of(new FeatureColumn("x", 0, [], ["-9", "none", "-9.0"])));
        Assert.Equal([-1f, -2f], CodeNumbers.Of(new FeatureColumn("x", 0, ["a", "b"], ["9", "none"])));
    }

    private static (Predictor Predictor, FeatureColumn[] Columns) Sample(string family)
    {
        if (family is "logistic" or "scorecard" or "blend" or "network") return (SamplePredictors.Of(family), _sampleColumns);
        if (family == "imported")
        {
            var model = LightGbmFile.Read(LightGbmFile.Random(6, 20, 8, 4)).Value;
            FeatureColumn[] named = [.. model.Features.Select(feature => new FeatureColumn(feature.Name, 0, [], feature.Name == "x1" ? ["-2", "1"] : []))];
            return (model.Over(named).Value, named);
        }

        // Codes at cuts: 0.25 and 0.5 are regular numbers of the cells below as well.
        FeatureColumn[] columns = [.. Enumerable.Range(0, RandomEnsembles.Features).Select(i => new FeatureColumn($"x{i}", 0, [], i switch { 0 => ["-9", "0.5"], 1 => ["refused", "-9", "99"], _ => [] }))];
        var ensemble = RandomEnsembles.Of(family == "forest" ? 12UL : 13UL);
        return family == "ordinal"
            ? (new TreeEnsemble("forest", ensemble.FeatureCount, Link.Ordinal, Aggregation.Mean, 0, ensemble.Nodes), columns)
            : (ensemble, columns);
    }

    // A number that is a code's own number is the code, so it cannot stand among the regular cells.
    private static List<float[]> Rows(Predictor predictor, FeatureColumn[] columns)
    {
        if (predictor is not TreeEnsemble ensemble) return [.. SamplePredictors.Vectors().Where(row => float.IsNaN(row[0]) ? CodedNaN.CodeOf(row[0]) <= 2 : true).Where(row => !float.IsNaN(row[1]) || CodedNaN.CodeOf(row[1]) == 0)];
        var random = new Random(9);
        var rows = ExchangeRows.Around(ensemble, 21, 500);
        var sets = ensemble.Nodes.Feature.Zip(ensemble.Nodes.CategorySet).Where(test => test.Second >= 0).Select(test => test.First).ToHashSet();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                if (sets.Contains(i) && float.IsFinite(row[i])) row[i] = random.Next(-1, 130);
                if (CodeNumbers.Of(columns[i]).Contains(row[i])) row[i] = 7f;
                if (random.Next(5) == 0) row[i] = CodedNaN.Of(random.Next(columns[i].SpecialCodes.Count + 1));
            }
        }

        return rows;
    }
}
