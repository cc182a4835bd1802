namespace CreditWorkbench.Core.Features;

/// <summary>What a model knows of one column of its feature vector.</summary>
/// <param name="Name">The feature's name in the dictionary, byte for byte.</param>
/// <param name="Direction">+1: risk never falls as the value rises; -1 the reverse; 0 free (always for categories).</param>
/// <param name="Categories">Category codes in index order; empty for numbers and flags.</param>
/// <param name="SpecialCodes">The input's special codes in payload order (index k stands at k - 1); empty without codes
/// or where codes take the missing path.</param>
public sealed record FeatureColumn(string Name, int Direction, IReadOnlyList<string> Categories, IReadOnlyList<string> SpecialCodes)
{
    /// <summary>Whether the cells are category indices.</summary>
    public bool IsCategory => Categories.Count > 0;

    /// <summary>A numeric column without codes.</summary>
    public static FeatureColumn Number(string name, int direction = 0) => new(name, direction, [], []);
}
