namespace CreditWorkbench.Core.Explanation;

/// <summary>A number of quadrature nodes that the compiler knows.</summary>
internal interface INodeCount
{
    /// <summary>The number.</summary>
    static abstract int Count { get; }
}
