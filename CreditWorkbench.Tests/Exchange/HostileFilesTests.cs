using System.Text;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>Files of every format with bytes changed, cut out, put in and doubled: whatever comes, reading ends in a model that serves
/// or in a refusal with a code, and takes no memory that the file does not fill.</summary>
public sealed class HostileFilesTests
{
    private const int Files = 1500;
    private const long MostBytes = 64L << 20;

    public static TheoryData<string> Formats => ["json", "ubjson", "lightgbm", "onnx", "mlnet", "own"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_MutatedFiles_EndInAnOutcome(string format)
    {
        var (whole, random, refused) = (FileOf(format), new Random(2_026), 0);
        for (var i = 0; i < Files; i++)
        {
            var file = Mutated(random, whole);
            var before = GC.GetAllocatedBytesForCurrentThread();

            var (predictor, problems) = Read(format, file);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            if (predictor is null)
            {
                refused++;
                Assert.All(problems, problem => Assert.True(problem.Code.Contains('.', StringComparison.Ordinal) && problem.Message.Length is > 0 and < 2_000, problem.ToString()));
                continue;
            }

            Assert.True(double.IsFinite(predictor.Margin(new float[predictor.FeatureCount])) || predictor.Link.Kind == LinkKind.LogOdds);
            Assert.True(PredictorEncoding.Read(PredictorEncoding.ToBytes(predictor)).Succeeded);
        }

        Assert.InRange(refused, Files / 4, Files);
    }

    /// <summary>The files themselves are sound, so that what the mutations meet is what they broke.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_WholeFiles_Succeed(string format) => Assert.NotNull(Read(format, FileOf(format)).Predictor);

    private static (Predictor? Predictor, IReadOnlyList<Problem> Problems) Read(string format, byte[] file)
    {
        if (format == "own")
        {
            var own = ModelJson.Read(file);
            return (own.Succeeded ? own.Value.Predictor : null, own.Problems);
        }

        var read = ModelExchange.Read(format switch { "json" or "ubjson" => "xgboost", "mlnet" => "onnx", _ => format }, file);
        return (read.Succeeded ? read.Value.Ensemble : null, read.Problems);
    }

    private static byte[] FileOf(string format) => format switch
    {
        "json" => Encoding.UTF8.GetBytes(XgboostFile.Stump().ToJsonString()),
        "ubjson" => UbjsonFile.Of(XgboostFile.Stump()),
        "lightgbm" => Encoding.UTF8.GetBytes(LightGbmFile.Random(1, 3, 6, 4)),
        "onnx" => OnnxFile.Classifier(OnnxTestTrees.Random(1, 3, 3, 4), 4, "LOGISTIC", [0], [0.5]),
        "mlnet" => OnnxFile.MlNet(OnnxTestTrees.Random(2, 3, 3, 4, isDouble: true), 4, 1, 0),
        _ => ModelExport.Write("json", new ExportRequest("x", SamplePredictors.Blend, SamplePredictors.Matrix().Columns, new(1, 0))).Value,
    };

    private static byte[] Mutated(Random random, byte[] whole)
    {
        var bytes = whole.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: bytes.InsertRange(at, Enumerable.Repeat((byte)0xFF, length)); break;
                case 5: bytes[at] = (byte)'9'; break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }

            if (bytes.Count == 0) return [];
        }

        return [.. bytes];
    }
}
