using System.Text;
using System.Text.Json.Nodes;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>Files that are no model, or one that this program cannot serve: each is refused with what is wrong and where.</summary>
public sealed class XgboostRefusalTests
{
    public static TheoryData<string, string, string> Changes => new()
    {
        { "version", "xgboost.version", """{"version":[0,90,0]}""" },
        { "future", "xgboost.version", """{"version":[4,0,0]}""" },
        { "no version", "xgboost.version", """{"version":[]}""" },
        { "linear", "xgboost.booster", """{"learner":{"gradient_booster":{"name":"gblinear"}}}""" },
        { "regression", "xgboost.objective", """{"learner":{"objective":{"name":"reg:squarederror"}}}""" },
        { "hinge", "xgboost.objective", """{"learner":{"objective":{"name":"binary:hinge"}}}""" },
        { "classes", "xgboost.outputs", """{"learner":{"learner_model_param":{"num_class":"3"},"objective":{"name":"multi:softprob"}}}""" },
        { "targets", "xgboost.outputs", """{"learner":{"learner_model_param":{"num_target":"2"}}}""" },
        { "tree of another class", "xgboost.outputs", """{"learner":{"gradient_booster":{"model":{"tree_info":[1]}}}}""" },
        { "base 0", "xgboost.baseScore", """{"learner":{"learner_model_param":{"base_score":"0"}}}""" },
        { "base 2", "xgboost.baseScore", """{"learner":{"learner_model_param":{"base_score":"2"}}}""" },
        { "base text", "xgboost.malformed", """{"learner":{"learner_model_param":{"base_score":"half"}}}""" },
        { "features", "xgboost.features", """{"learner":{"feature_names":["income"]}}""" },
        { "names twice", "xgboost.features", """{"learner":{"feature_names":["income","income"]}}""" },
        { "types", "xgboost.features", """{"learner":{"feature_types":["float","text"]}}""" },
        { "no features", "xgboost.malformed", """{"learner":{"learner_model_param":{"num_feature":"0"}}}""" },
        { "trees stated", "xgboost.trees", """{"learner":{"gradient_booster":{"model":{"gbtree_model_param":{"num_trees":"7"}}}}}""" },
        { "no trees", "xgboost.trees", """{"learner":{"gradient_booster":{"model":{"trees":[],"tree_info":[],"gbtree_model_param":{"num_trees":"0"}}}}}""" },
        { "dart without weights", "xgboost.trees", """{"learner":{"gradient_booster":{"name":"dart"}}}""" },
    };

    public static TheoryData<string, string, string, string> TreeChanges => new()
    {
        { "cycle", "left_children", "[0,-1,-1]", "node 0 has two parents" },
        { "shared child", "left_children", "[2,-1,-1]", "node 2 has two parents" },
        { "child outside", "left_children", "[9,-1,-1]", "children 9 and 2" },
        { "child below", "left_children", "[-5,-1,-1]", "children -5 and 2" },
        { "half a leaf", "right_children", "[2,2,-1]", "children -1 and 2" },
        { "unreached", "left_children", "[-1,-1,-1]", "children -1 and 2" },
        { "feature", "split_indices", "[2,0,0]", "tests feature 2" },
        { "negative feature", "split_indices", "[-1,0,0]", "tests feature -1" },
        { "NaN cut", "split_conditions", "[NaN,0.5,0.5]", "node 0 has no cut" },
        { "NaN leaf", "split_conditions", "[0.5,NaN,0.5]", "leaf 1 has the value NaN" },
        { "infinite leaf", "split_conditions", "[0.5,0.5,Infinity]", "leaf 2 has the value" },
        { "huge leaf", "split_conditions", "[0.5,0.5,1E99]", "1E99 is beyond the range" },
        { "huge integer", "split_indices", "[99999999999,0,0]", "'99999999999' is not a whole number" },
        { "long number", "split_indices", "[" + "00000000000000000000000000000000000000000000000000000000000000000000001" + ",0,0]", "longer than 64 characters" },
        { "NaN cover", "sum_hessian", "[10,NaN,4]", "node 1 has the cover NaN" },
        { "negative cover", "sum_hessian", "[10,-1,4]", "node 1 has the cover -1" },
        { "text for a number", "sum_hessian", "[10,\"x\",4]", "trees[0].sum_hessian[1]" },
        { "short array", "default_left", "[1,0]", "default_left has 2 elements" },
        { "short types", "split_type", "[0]", "split_type has 1 elements" },
        { "unlisted categories", "split_type", "[1,0,0]", "tests categories and lists none" },
        { "segments", "categories_segments", "[0]", "differ in length" },
        { "not an array", "left_children", "7", "expected an array" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Read_UnfitPart_IsRefusedByItsCode(string name, string code, string change)
    {
        var file = XgboostFile.Stump();
        Merge(file.AsObject(), JsonNode.Parse(change)!.AsObject());

        var problem = XgboostFile.Read(file).Problems.Single();

        Assert.Equal((name, code), (name, problem.Code));
        Assert.NotNull(problem.Remedy);
    }

    [Theory]
    [MemberData(nameof(TreeChanges))]
    public void Read_BrokenTree_IsRefusedWithItsPlace(string name, string part, string value, string message)
    {
        var text = Without(XgboostFile.Stump(), part).Replace("\"tree_param\"", $"\"{part}\":{value},\"tree_param\"", StringComparison.Ordinal);

        var problem = XgboostFile.Read(text).Problems.Single();

        Assert.Equal((name, true), (name, problem.Message.Contains(message, StringComparison.Ordinal)));
    }

    [Fact]
    public void Read_CategoriesOutsideTheirList_IsRefused()
    {
        var file = XgboostFile.Stump();
        var tree = XgboostFile.OnlyTree(file);
        tree["split_type"] = new JsonArray(1, 0, 0);
        tree["categories"] = new JsonArray(1);
        tree["categories_nodes"] = new JsonArray(0);
        tree["categories_segments"] = new JsonArray(0);
        tree["categories_sizes"] = new JsonArray(int.MaxValue);

        Assert.Contains("reach outside", XgboostFile.Read(file).Problems.Single().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(2_000_000_000)]
    public void Read_CategoryOutOfRange_IsRefused(int category)
    {
        var file = XgboostFile.Stump();
        var tree = XgboostFile.OnlyTree(file);
        tree["split_type"] = new JsonArray(1, 0, 0);
        tree["categories"] = new JsonArray(category);
        tree["categories_nodes"] = new JsonArray(0);
        tree["categories_segments"] = new JsonArray(0);
        tree["categories_sizes"] = new JsonArray(1);

        Assert.Equal("xgboost.trees", XgboostFile.Read(file).Problems.Single().Code);
    }

    /// <summary>A file cut anywhere is refused; none is read as a smaller model.</summary>
    [Fact]
    public void Read_TruncatedAnywhere_IsRefused()
    {
        var text = XgboostFile.Stump().ToJsonString();

        for (var length = 0; length < text.Length; length++) Assert.Equal("xgboost.malformed", XgboostFile.Read(text[..length]).Problems.Single().Code);
    }

    /// <summary>Whatever single byte is changed, reading ends in a model or a refusal, never in an exception.</summary>
    [Fact]
    public void Read_AnyByteChanged_EndsInAnOutcome()
    {
        var text = Encoding.UTF8.GetBytes(XgboostFile.Stump().ToJsonString());
        var refused = 0;
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var other in "9\"[}\0"u8)
            {
                var changed = (byte[])text.Clone();
                changed[at] = other;
                if (!XgboostModel.Read(new MemoryStream(changed)).Succeeded) refused++;
            }
        }

        Assert.InRange(refused, text.Length, text.Length * 5);
    }

    [Theory]
    [InlineData("[{\"nodeid\":0}]", "a dump")]
    [InlineData("{}", "no part named learner")]
    [InlineData("{\"learner\":{},\"learner\":{}}", "stands twice")]
    [InlineData("{\"learner\":{}} x", "something follows")]
    [InlineData("{X\u0001", "expected a text in quotes")]
    [InlineData("{L\u0001", "the file breaks off")]
    [InlineData("binf", "expected an object")]
    [InlineData("", "breaks off")]
    [InlineData("{\"a\":\"\\q\"}", "is no escape")]
    [InlineData("{\"a\":\"\\ud800\"}", "half a character")]
    [InlineData("{\"a\":[1,]}", "a comma stands before the end")]
    [InlineData("{\"a\":[1 2]}", "expected , or ]")]
    public void Read_NotAModel_SaysSo(string text, string message) =>
        Assert.Contains(message, XgboostFile.Read(text).Problems.Single().Message, StringComparison.Ordinal);

    /// <summary>A gigabyte of opening brackets, or of one text, is refused after its first bytes and takes no memory.</summary>
    [Theory]
    [InlineData("{\"x\":", '[', "nested deeper than 32 levels")]
    [InlineData("{\"x\":\"", 'y', "a text is longer than 65536 bytes")]
    [InlineData("{\"x\":", '7', "a number is longer than 64 characters")]
    public void Read_EndlessContent_IsRefusedAtOnce(string start, char repeated, string message)
    {
        using var endless = new EndlessStream(start, (byte)repeated);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var problem = XgboostModel.Read(endless).Problems.Single();

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Given, 0, 1 << 18);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 21);
    }

    private static string Without(JsonNode file, string part)
    {
        XgboostFile.OnlyTree(file).Remove(part);
        return file.ToJsonString();
    }

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner && target[name] is JsonObject there) Merge(there, inner);
            else target[name] = value?.DeepClone();
        }
    }

    private sealed class EndlessStream(string start, byte repeated) : Stream
    {
        private const long Length1G = 1L << 30;

        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => Length1G;

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++) buffer[offset + i] = Given + i < start.Length ? (byte)start[(int)Given + i] : repeated;
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
