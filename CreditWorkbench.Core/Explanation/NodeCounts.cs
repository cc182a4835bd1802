namespace CreditWorkbench.Core.Explanation;

/// <summary>Rules of 1 to 8 nodes.</summary>
internal static class NodeCounts
{
    /// <summary>One node.</summary>
    public readonly struct N1 : INodeCount
    {
        /// <inheritdoc/>
        public static int Count => 1;
    }

    /// <summary>Two nodes.</summary>
    public readonly struct N2 : INodeCount
    {
        /// <inheritdoc/>
        public static int Count => 2;
    }

    /// <summary>Three nodes.</summary>
    public readonly struct N3 : INodeCount
    {
        /// <inheritdoc/>
        public static int Count => 3;
    }

    /// <summary>Four nodes.</summary>
    public readonly struct N4 : INodeCount
    {
        /// <inheritdoc/>
        public static int Count => 4;
    }

    /// <summary>Five nodes.</summary>
    public readonly struct N5 : INodeCount
    {
        /// <inheritdoc/>
        public static int Count => 5;
    }

    /// <summary>Six nodes.</summary>
    public readonly struct N6 : INodeCount
    {
        /// <inheritdoc/>
        public static int Count => 6;
    }

    /// <summary>Seven nodes.</summary>
    public readonly struct N7 : INodeCount
    {
        /// <inheritdoc/>
        public static int Count => 7;
    }

    /// <summary>Eight nodes.</summary>
    public readonly struct N8 : INodeCount
    {
        /// <inheritdoc/>
        public static int Count => 8;
    }
}
