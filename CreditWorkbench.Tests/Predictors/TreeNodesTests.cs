using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.Predictors;

public sealed class TreeNodesTests
{
    [Fact]
    public void Fault_SoundTree_IsNull() => Assert.Null(Tree().Fault(1));

    [Theory]
    [InlineData("feature")]
    [InlineData("shared child")]
    [InlineData("unreached node")]
    [InlineData("backward child")]
    [InlineData("set")]
    [InlineData("value")]
    [InlineData("cut")]
    [InlineData("starts")]
    public void Fault_BrokenTree_NamesTheFault(string what)
    {
        var tree = Tree();
        switch (what)
        {
            case "feature": tree.Feature[0] = 1; break;
            case "shared child": tree.Left[2] = 1; break;
            case "unreached node": (tree.Feature[2], tree.Left[2], tree.Right[2]) = (-1, -1, -1); break;
            case "backward child": tree.Left[2] = 0; break;
            case "set": tree.CategorySet[0] = 0; break;
            case "value": tree.Value[4] = double.NaN; break;
            case "cut": tree.Cut[0] = float.NaN; break;
            case "starts": tree.TreeStart[1] = 4; break;
        }

        Assert.NotNull(tree.Fault(1));
        Assert.Throws<ArgumentException>(() => new TreeEnsemble("boosting", 1, Link.LogOdds, Aggregation.Sum, 0, tree));
    }

    private static TreeNodes Tree() => new()
    {
        TreeStart = [0, 5],
        Feature = [0, -1, 0, -1, -1],
        Cut = [1, 0, 2, 0, 0],
        Left = [1, -1, 3, -1, -1],
        Right = [2, -1, 4, -1, -1],
        CodesLeft = new uint[5],
        CategorySet = [-1, -1, -1, -1, -1],
        SetStart = [0],
        SetBits = [],
        Value = [0, 1, 2, 3, 4],
        Cover = [5, 1, 4, 2, 2],
    };
}
