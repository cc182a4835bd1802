using CreditWorkbench.Core.Exchange;
using Xunit;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>Files that are no LightGBM model, or one that this program cannot serve.</summary>
public sealed class LightGbmRefusalTests
{
    public static TheoryData<string, string, string> Changes => new()
    {
        { "version=v4", "version=v9", "lightgbm.version" },
        { "version=v4\n", "", "lightgbm.version" },
        { "num_class=1", "num_class=3", "lightgbm.outputs" },
        { "num_tree_per_iteration=1", "num_tree_per_iteration=3", "lightgbm.outputs" },
        { "max_feature_idx=1", "max_feature_idx=7", "lightgbm.features" },
        { "max_feature_idx=1", "max_feature_idx=2147483647", "lightgbm.features" },
        { "max_feature_idx=1\n", "", "lightgbm.features" },
        { "feature_names=income age", "feature_names=income income", "lightgbm.features" },
        { "objective=binary sigmoid:1", "objective=regression", "lightgbm.objective" },
        { "objective=binary sigmoid:1", "objective=multiclass num_class:3", "lightgbm.objective" },
        { "objective=binary sigmoid:1", "objective=cross_entropy_lambda", "lightgbm.objective" },
        { "objective=binary sigmoid:1\n", "", "lightgbm.objective" },
        { "sigmoid:1", "sigmoid:-1", "lightgbm.objective" },
        { "sigmoid:1", "sigmoid:nan", "lightgbm.objective" },
        { "is_linear=0", "is_linear=1", "lightgbm.linear" },
        { "end of trees", "end of", "lightgbm.malformed" },
        { "Tree=0", "Tree=1", "lightgbm.malformed" },
        { "tree\n", "forest\n", "lightgbm.malformed" },
        { "num_leaves=2", "num_leaves=0", "lightgbm.malformed" },
        { "num_leaves=2", "num_leaves=2000000000", "lightgbm.malformed" },
        { "num_leaves=2", "num_leaves=99999999999", "lightgbm.malformed" },
        { "left_child=-1", "left_child=0", "lightgbm.trees" },
        { "left_child=-1", "left_child=-2", "lightgbm.trees" },
        { "left_child=-1", "left_child=-2147483648", "lightgbm.trees" },
        { "right_child=-2", "right_child=2147483647", "lightgbm.trees" },
        { "right_child=-2", "right_child=-2 -3", "lightgbm.malformed" },
        { "split_feature=0", "split_feature=2", "lightgbm.trees" },
        { "split_feature=0", "split_feature=-1", "lightgbm.trees" },
        { "threshold=1.5", "threshold=nan", "lightgbm.trees" },
        { "threshold=1.5", "threshold=1e999", "lightgbm.malformed" },
        { "threshold=1.5", "threshold=half", "lightgbm.malformed" },
        { "decision_type=8", "decision_type=16", "lightgbm.trees" },
        { "decision_type=8", "decision_type=12", "lightgbm.trees" },
        { "decision_type=8", "decision_type=1", "lightgbm.trees" },
        { "leaf_value=-0.25 0.5", "leaf_value=inf 0.5", "lightgbm.trees" },
        { "leaf_value=-0.25 0.5", "leaf_value=nan 0.5", "lightgbm.trees" },
        { "leaf_count=60 40", "leaf_count=-60 40", "lightgbm.trees" },
        { "internal_count=100", "internal_count=nan", "lightgbm.trees" },
        { "num_cat=0", "num_cat=3", "lightgbm.malformed" },
        { "tree_sizes=", "tree_sizes=12 ", "lightgbm.trees" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Read_UnfitLine_IsRefusedByItsCode(string line, string other, string code)
    {
        var file = LightGbmFile.Of([LightGbmFile.Stump("1.5", LightGbmFile.NaNMissing)]);
        Assert.Contains(line, file, StringComparison.Ordinal);

        var problem = LightGbmFile.Read(file.Replace(line, other, StringComparison.Ordinal)).Problems.Single();

        Assert.Equal(code, problem.Code);
        Assert.NotNull(problem.Remedy);
    }

    [Theory]
    [InlineData("cat_boundaries=0 1", "cat_boundaries=0 2")]
    [InlineData("cat_boundaries=0 1", "cat_boundaries=1 0")]
    [InlineData("cat_boundaries=0 1", "cat_boundaries=0 2147483647")]
    [InlineData("cat_threshold=5", "cat_threshold=4294967296")]
    [InlineData("num_cat=1", "num_cat=2147483647")]
    [InlineData("threshold=0\n", "threshold=1\n")]
    [InlineData("threshold=0\n", "threshold=-1\n")]
    public void Read_BrokenCategories_AreRefused(string line, string other)
    {
        var file = LightGbmFile.Of([LightGbmFile.CategoryStump("5")]);
        Assert.Contains(line, file, StringComparison.Ordinal);

        Assert.StartsWith("lightgbm.", LightGbmFile.Read(file.Replace(line, other, StringComparison.Ordinal)).Problems.Single().Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TruncatedBeforeTheEndOfTrees_IsRefused()
    {
        var file = LightGbmFile.Of([LightGbmFile.Stump("1.5", 0), LightGbmFile.CategoryStump("5")]);

        for (var length = 0; length < file.IndexOf("end of trees", StringComparison.Ordinal) + 12; length++) Assert.False(LightGbmFile.Read(file[..length]).Succeeded);
    }

    /// <summary>Tests on zero-as-missing double what hangs below them; a tree that would fill the memory is refused instead.</summary>
    [Fact]
    public void Read_ChainsWithoutEnd_AreRefused()
    {
        const int depth = 60;
        var inner = Enumerable.Range(0, depth).ToArray();
        var tree = string.Join('\n',
            $"num_leaves={depth + 1}", "num_cat=0", "split_feature=" + string.Join(' ', inner), "threshold=" + string.Join(' ', inner.Select(_ => "-1")), "decision_type=" + string.Join(' ', inner.Select(_ => "6")),
            "left_child=" + string.Join(' ', inner.Select(i => i == depth - 1 ? -1 : i + 1)), "right_child=" + string.Join(' ', inner.Select(i => i == depth - 1 ? -2 : ~(i + 2))), "leaf_value=" + string.Join(' ', inner.Append(0)), "shrinkage=1\n");

        var problem = LightGbmFile.Read(LightGbmFile.Of([tree], names: string.Join(' ', inner.Select(i => $"x{i}")))).Problems.Single();

        Assert.Equal("lightgbm.trees", problem.Code);
        Assert.Contains("more than 1048576 nodes", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tree\nversion=v4\n", "lightgbm")]
    [InlineData("tree\r\nversion=v4\r\n", "lightgbm")]
    [InlineData("{\"learner\":{}}", "xgboost")]
    [InlineData(" {\"learner\":{}}", "xgboost")]
    [InlineData("{L\0\0", "xgboost")]
    [InlineData("trees", null)]
    [InlineData("", null)]
    public void FormatOf_FirstBytes_TellTheFormat(string start, string? format) =>
        Assert.Equal(format, ModelExchange.FormatOf(System.Text.Encoding.UTF8.GetBytes(start)));

    [Theory]
    [InlineData(null, "MZ")]
    [InlineData("pmml", "<PMML/>")]
    public void Read_UnknownFormat_IsRefused(string? format, string file) =>
        Assert.Equal("import.format", ModelExchange.Read(format, System.Text.Encoding.UTF8.GetBytes(file)).Problems.Single().Code);
}
