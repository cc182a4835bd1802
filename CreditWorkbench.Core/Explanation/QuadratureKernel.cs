namespace CreditWorkbench.Core.Explanation;

/// <summary>Walks trees with rows in lanes: what the steps of a <see cref="QuadratureTree"/> mean. Scratch of one thread.</summary>
/// <remarks>Arrays over levels of the walk hold, for each level, <c>rows / lanes</c> blocks of one vector per quadrature node.</remarks>
/// <typeparam name="TLanes">Arithmetic.</typeparam>
/// <typeparam name="TVector">One float per row.</typeparam>
/// <typeparam name="TNodes">Nodes of the rule: known to the compiler, which then unrolls the loops over them.</typeparam>
internal sealed unsafe partial class QuadratureKernel<TLanes, TVector, TNodes> : IQuadratureKernel
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
    where TNodes : struct, INodeCount
{
    private readonly int _blocks;
    private readonly AlignedTable<float> _memory;
    private readonly TVector* _nodes;
    private readonly TVector* _swapOfFailed;
    private readonly TVector* _terms;
    private readonly TVector* _products;
    private readonly TVector* _factors;
    private readonly TVector* _swaps;
    private readonly TVector* _results;
    private readonly TVector* _passed;
    private readonly TVector* _excess;
    private QuadraturePartner* _partners;
    private QuadratureTree? _tree;

    /// <summary>Takes scratch memory.</summary>
    /// <param name="depth">Tests on the longest path of the trees to come.</param>
    /// <param name="rows">Rows that are walked together, a multiple of the lanes, at most 64.</param>
    public QuadratureKernel(int depth, int rows)
    {
        _blocks = rows / TLanes.Count;
        var levels = depth + 1;
        var all = levels * _blocks;
        _memory = new AlignedTable<float>(TLanes.Count * (3 * TNodes.Count + all * (5 * TNodes.Count + 2) + 2 * _blocks * TNodes.Count));
        _nodes = (TVector*)_memory.Pointer;
        _swapOfFailed = _nodes + TNodes.Count;
        _terms = _swapOfFailed + TNodes.Count;
        _products = _terms + TNodes.Count;
        _factors = _products + all * TNodes.Count;
        _swaps = _factors + all * TNodes.Count;
        _results = _swaps + all * TNodes.Count;
        _passed = _results + 2 * (all + _blocks) * TNodes.Count;
        _excess = _passed + all;
    }

    /// <inheritdoc/>
    public void Prepare(QuadratureTree tree)
    {
        if (tree.Nodes != TNodes.Count) throw new ArgumentException("The tree takes another rule.", nameof(tree));
        _tree = tree;
        var (nodes, weights) = GaussLegendre.Rule(tree.Nodes);
        for (var i = 0; i < TNodes.Count; i++)
        {
            _nodes[i] = TLanes.Create((float)nodes[i]);
            _swapOfFailed[i] = TLanes.Create((float)(-1 / (1 - nodes[i])));
            for (var block = 0; block < _blocks; block++) _products[block * TNodes.Count + i] = TLanes.Create((float)weights[i]);
        }
    }

    /// <inheritdoc/>
    public void Walk(ulong* outcomes, int firstBit, float* sums, float* pairSums)
    {
        var tree = _tree ?? throw new InvalidOperationException("No tree is prepared.");
        var pairs = (TVector*)pairSums;
        fixed (float* constants = tree.Constants)
        {
            fixed (QuadratureStep* steps = tree.Steps)
            fixed (QuadraturePartner* partners = tree.Partners)
            {
                _partners = partners;
                var end = steps + tree.Steps.Length;
                for (var step = steps; step < end; step++)
                {
                    var own = constants + step->Constants;
                    var sum = (TVector*)sums + step->Feature * _blocks;
                    switch (step->Action)
                    {
                        case QuadratureAction.Enter:
                            Enter(step, outcomes[step->Test] >> firstBit);
                            if (pairs != null) SetSwaps(step->Depth, own);
                            break;
                        case QuadratureAction.EnterAgain:
                            EnterAgain(step, own, outcomes[step->Test] >> firstBit);
                            if (pairs != null) SetSwaps(step->Depth, own + 3 * TNodes.Count);
                            break;
                        case QuadratureAction.Turn:
                            Turn(step);
                            if (pairs != null) SetSwaps(step->Depth, own + (step->Prior < 0 ? TNodes.Count : 4 * TNodes.Count));
                            break;
                        case QuadratureAction.Leave: Leave(step, sum, pairs); break;
                        case QuadratureAction.LeaveAgain: LeaveAgain(step, own, sum, pairs); break;
                        case QuadratureAction.Pair: Pair(step, outcomes[step->Test] >> firstBit, sum, pairs); break;
                        default: PairAgain(step, own, outcomes[step->Test] >> firstBit, sum, pairs); break;
                    }
                }
            }
        }
    }
}
