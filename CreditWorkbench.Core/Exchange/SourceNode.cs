namespace CreditWorkbench.Core.Exchange;

/// <summary>A node of a tree from elsewhere.</summary>
/// <param name="Test">Its test; null at a leaf.</param>
/// <param name="Left">Node where the test sends left; 0 at a leaf.</param>
/// <param name="Right">Node where the test sends right; 0 at a leaf.</param>
/// <param name="Value">Value of a leaf; 0 at inner nodes.</param>
/// <param name="Cover">Training weight that passed; 1 where the file does not say.</param>
internal readonly record struct SourceNode(SourceTest? Test, int Left, int Right, double Value, double Cover)
{
    /// <summary>A leaf.</summary>
    public static SourceNode Leaf(double value, double cover) => new(null, 0, 0, value, cover);
}
