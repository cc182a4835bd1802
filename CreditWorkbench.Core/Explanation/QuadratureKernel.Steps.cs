namespace CreditWorkbench.Core.Explanation;

/// <content>The steps.</content>
internal sealed unsafe partial class QuadratureKernel<TLanes, TVector, TNodes>
{
    // r = z + (o - z) t; P of the first child = P r.
    private void Enter(QuadratureStep* step, ulong bits)
    {
        var (blocks, at) = (_blocks, step->Depth * _blocks);
        var (share, passes, fails) = (TLanes.Create(step->Share), TLanes.Create(1 - step->Share), TLanes.Create(-step->Share));
        for (var block = 0; block < blocks; block++)
        {
            var mask = TLanes.Mask(bits >> block * TLanes.Count);
            var excess = TLanes.Select(mask, passes, fails);
            _passed[at + block] = mask;
            _excess[at + block] = excess;
            var product = Level(_products, at + block);
            EnterNodes(product, product + blocks * TNodes.Count, _nodes, excess, share);
        }
    }

    // Rows that have failed the feature before keep failing: r = z, and nothing is added when the walk comes back.
    private void EnterAgain(QuadratureStep* step, float* constants, ulong bits)
    {
        var (blocks, at) = (_blocks, step->Depth * _blocks);
        var (share, passes, fails) = (TLanes.Create(step->Share), TLanes.Create(1 - step->Share), TLanes.Create(-step->Share));
        for (var block = 0; block < blocks; block++)
        {
            var before = _passed[step->Prior * blocks + block];
            var mask = TLanes.Mask(bits >> block * TLanes.Count);
            _passed[at + block] = TLanes.And(before, mask);
            _excess[at + block] = TLanes.And(before, TLanes.Select(mask, passes, fails));
            var product = Level(_products, at + block);
            EnterNodesAgain(product, product + blocks * TNodes.Count, Level(_factors, at + block), constants, before, mask, share);
        }
    }

    // The factors of two children add up to 1.
    private void Turn(QuadratureStep* step)
    {
        var (blocks, at) = (_blocks, step->Depth * _blocks);
        for (var block = 0; block < blocks; block++)
        {
            var before = step->Prior < 0 ? TLanes.Mask(ulong.MaxValue) : _passed[step->Prior * blocks + block];
            _passed[at + block] = TLanes.AndNot(before, _passed[at + block]);
            var product = Level(_products, at + block);
            TurnNodes(product, product + blocks * TNodes.Count);
        }
    }

    private void Leave(QuadratureStep* step, TVector* sums, TVector* pairs)
    {
        var (blocks, at) = (_blocks, step->Depth * _blocks);
        var (share, leaf) = (TLanes.Create(step->Share), TLanes.Create(step->Second));
        for (var block = 0; block < blocks; block++)
        {
            var excess = _excess[at + block];
            var product = Level(_products, at + block);
            var result = Level(_results, step->Result * blocks + block);
            var first = Level(_results, 2 * at + 2 * blocks + block);
            var sum = step->SecondIsLeaf
                ? LeaveNodes(first, leaf, product, result, _nodes, excess, share)
                : LeaveNodes(first, first + blocks * TNodes.Count, product, result, _nodes, excess, share);
            sums[block] = TLanes.MultiplyAdd(excess, sum, sums[block]);
            if (pairs == null) continue;
            for (var i = 0; i < TNodes.Count; i++) _terms[i] = TLanes.Multiply(product[i], TLanes.Subtract(first[i], Second(step, first, i, blocks)));
            AddPairs(step, block, excess, pairs);
        }
    }

    private void LeaveAgain(QuadratureStep* step, float* constants, TVector* sums, TVector* pairs)
    {
        var (blocks, at) = (_blocks, step->Depth * _blocks);
        for (var block = 0; block < blocks; block++)
        {
            var excess = _excess[at + block];
            var product = Level(_products, at + block);
            var result = Level(_results, step->Result * blocks + block);
            var first = Level(_results, 2 * at + 2 * blocks + block);
            var second = first + blocks * TNodes.Count;
            if (step->SecondIsLeaf)
            {
                for (var i = 0; i < TNodes.Count; i++) second[i] = TLanes.Create(step->Second);
            }

            var sum = LeaveNodesAgain(first, second, product, result, Level(_factors, at + block), constants);
            sums[block] = TLanes.MultiplyAdd(excess, sum, sums[block]);
            if (pairs == null) continue;
            for (var i = 0; i < TNodes.Count; i++)
                _terms[i] = TLanes.Multiply(TLanes.Multiply(product[i], TLanes.Create(constants[2 * TNodes.Count + i])), TLanes.Subtract(first[i], second[i]));
            AddPairs(step, block, excess, pairs);
        }
    }

    // With b = (o - z) (V1 - V2): H = V2 + z (V1 - V2) + b t, and the feature receives b times the sum of P.
    private void Pair(QuadratureStep* step, ulong bits, TVector* sums, TVector* pairs)
    {
        var (blocks, at) = (_blocks, step->Depth * _blocks);
        var difference = step->First - step->Second;
        var mean = TLanes.Create(step->Second + step->Share * difference);
        var (passes, fails) = (TLanes.Create((1 - step->Share) * difference), TLanes.Create(-step->Share * difference));
        for (var block = 0; block < blocks; block++)
        {
            var excess = TLanes.Select(TLanes.Mask(bits >> block * TLanes.Count), passes, fails);
            var product = Level(_products, at + block);
            var sum = PairNodes(product, Level(_results, step->Result * blocks + block), _nodes, excess, mean);
            sums[block] = TLanes.MultiplyAdd(excess, sum, sums[block]);
            if (pairs == null) continue;
            for (var i = 0; i < TNodes.Count; i++) _terms[i] = product[i];
            AddPairs(step, block, excess, pairs);
        }
    }

    private void PairAgain(QuadratureStep* step, float* constants, ulong bits, TVector* sums, TVector* pairs)
    {
        var (blocks, at) = (_blocks, step->Depth * _blocks);
        var (difference, second) = (TLanes.Create(step->First - step->Second), TLanes.Create(step->Second));
        var mean = TLanes.MultiplyAdd(TLanes.Create(step->Share), difference, second);
        var passes = TLanes.Multiply(TLanes.Create(1 - step->Share), difference);
        var fails = TLanes.Multiply(TLanes.Create(-step->Share), difference);
        for (var block = 0; block < blocks; block++)
        {
            var before = _passed[step->Prior * blocks + block];
            var mask = TLanes.Mask(bits >> block * TLanes.Count);
            var excess = TLanes.And(before, TLanes.Select(mask, passes, fails));
            var product = Level(_products, at + block);
            var sum = PairNodesAgain(product, Level(_results, step->Result * blocks + block), constants, before, mask, difference, second, mean);
            sums[block] = TLanes.MultiplyAdd(excess, sum, sums[block]);
            if (pairs == null) continue;
            for (var i = 0; i < TNodes.Count; i++) _terms[i] = TLanes.Multiply(product[i], TLanes.Create(constants[2 * TNodes.Count + i]));
            AddPairs(step, block, excess, pairs);
        }
    }

    // (o - z) over the factor, of the node's feature after the child's edge.
    private void SetSwaps(int depth, float* constants)
    {
        for (var block = 0; block < _blocks; block++)
        {
            var mask = _passed[depth * _blocks + block];
            var swap = Level(_swaps, depth * _blocks + block);
            for (var i = 0; i < TNodes.Count; i++) swap[i] = TLanes.Select(mask, TLanes.Create(constants[i]), _swapOfFailed[i]);
        }
    }

    private void AddPairs(QuadratureStep* step, int block, TVector excess, TVector* pairs)
    {
        var (blocks, end) = (_blocks, step->FirstPartner + step->Partners);
        var swaps = Level(_swaps, block);
        for (var i = 0; i < TNodes.Count; i++) _terms[i] = TLanes.Multiply(_terms[i], excess);
        AddPartners(_partners + step->FirstPartner, _partners + end, _terms, swaps, pairs + block, blocks);
    }

    private static TVector Second(QuadratureStep* step, TVector* first, int i, int blocks) =>
        step->SecondIsLeaf ? TLanes.Create(step->Second) : first[blocks * TNodes.Count + i];

    private static TVector* Level(TVector* levels, int level) => levels + level * TNodes.Count;
}
