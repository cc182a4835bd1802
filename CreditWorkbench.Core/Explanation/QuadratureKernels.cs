using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>One thread's kernels, one per number of nodes, made when a tree first needs them.</summary>
/// <param name="width">Rows per vector.</param>
/// <param name="depth">Tests on the longest path.</param>
internal sealed class QuadratureKernels(LaneWidth width, int depth)
{
    private readonly IQuadratureKernel?[] _kernels = new IQuadratureKernel?[QuadratureTree.MaxNodes + 1];

    /// <summary>Rows side by side: several vectors, so that a step's bookkeeping is shared.</summary>
    public int Rows { get; } = width switch { LaneWidth.Scalar => 1, LaneWidth.Bits128 => 16, _ => 32 };

    /// <summary>The kernel of a tree.</summary>
    public IQuadratureKernel Of(QuadratureTree tree) => _kernels[tree.Nodes] ??= width switch
    {
        LaneWidth.Scalar => New<ScalarLanes, float>(tree.Nodes),
        LaneWidth.Bits128 => New<Lanes128, Vector128<float>>(tree.Nodes),
        LaneWidth.Bits256 => New<Lanes256, Vector256<float>>(tree.Nodes),
        _ => New<Lanes512, Vector512<float>>(tree.Nodes),
    };

    private IQuadratureKernel New<TLanes, TVector>(int nodes)
        where TLanes : struct, ILanes<TVector>
        where TVector : unmanaged => nodes switch
        {
            1 => new QuadratureKernel<TLanes, TVector, NodeCounts.N1>(depth, Rows),
            2 => new QuadratureKernel<TLanes, TVector, NodeCounts.N2>(depth, Rows),
            3 => new QuadratureKernel<TLanes, TVector, NodeCounts.N3>(depth, Rows),
            4 => new QuadratureKernel<TLanes, TVector, NodeCounts.N4>(depth, Rows),
            5 => new QuadratureKernel<TLanes, TVector, NodeCounts.N5>(depth, Rows),
            6 => new QuadratureKernel<TLanes, TVector, NodeCounts.N6>(depth, Rows),
            7 => new QuadratureKernel<TLanes, TVector, NodeCounts.N7>(depth, Rows),
            _ => new QuadratureKernel<TLanes, TVector, NodeCounts.N8>(depth, Rows),
        };
}
