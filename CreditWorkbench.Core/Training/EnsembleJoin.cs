using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Puts the trees of two ensembles behind each other.</summary>
internal static class EnsembleJoin
{
    /// <summary>These trees, then others.</summary>
    public static TreeNodes Followed(this TreeNodes first, TreeNodes then) => new()
    {
        TreeStart = [.. first.TreeStart, .. Shifted(then.TreeStart[1..], first.Count)],
        Feature = [.. first.Feature, .. then.Feature],
        Cut = [.. first.Cut, .. then.Cut],
        Left = [.. first.Left, .. Shifted(then.Left, first.Count)],
        Right = [.. first.Right, .. Shifted(then.Right, first.Count)],
        CodesLeft = [.. first.CodesLeft, .. then.CodesLeft],
        CategorySet = [.. first.CategorySet, .. Shifted(then.CategorySet, first.SetStart.Length - 1)],
        SetStart = [.. first.SetStart, .. Shifted(then.SetStart[1..], first.SetBits.Length)],
        SetBits = [.. first.SetBits, .. then.SetBits],
        Value = [.. first.Value, .. then.Value],
        Cover = [.. first.Cover, .. then.Cover],
    };

    /// <summary>Indices moved up; -1 says that there is none.</summary>
    private static int[] Shifted(int[] indices, int by) => Array.ConvertAll(indices, index => index < 0 ? index : index + by);
}
