namespace CreditWorkbench.Core.Explanation;

/// <content>The steps.</content>
internal sealed unsafe partial class QuadratureKernel<TLanes, TVector>
{
    // r = z + (o - z) t; P of the first child = P r.
    private void Enter(QuadratureStep* step, ulong bits)
    {
        var (q, blocks) = (_q, _blocks);
        var nodes = _nodes;
        var at = step->Depth * blocks;
        var (share, passes, fails) = (TLanes.Create(step->Share), TLanes.Create(1 - step->Share), TLanes.Create(-step->Share));
        for (var block = 0; block < blocks; block++)
        {
            var mask = TLanes.Mask(bits >> block * TLanes.Count);
            var excess = TLanes.Select(mask, passes, fails);
            _passed[at + block] = mask;
            _excess[at + block] = excess;
            var product = _products + (at + block) * q;
            var child = product + blocks * q;
            for (var i = 0; i < q; i++) child[i] = TLanes.Multiply(product[i], TLanes.MultiplyAdd(excess, nodes[i], share));
        }
    }

    // Rows that have failed the feature before keep failing: r = z, and nothing is added when the walk comes back.
    private void EnterAgain(QuadratureStep* step, float* constants, ulong bits)
    {
        var (q, blocks) = (_q, _blocks);
        var at = step->Depth * blocks;
        var (share, passes, fails) = (TLanes.Create(step->Share), TLanes.Create(1 - step->Share), TLanes.Create(-step->Share));
        for (var block = 0; block < blocks; block++)
        {
            var before = _passed[step->Prior * blocks + block];
            var mask = TLanes.Mask(bits >> block * TLanes.Count);
            _passed[at + block] = TLanes.And(before, mask);
            _excess[at + block] = TLanes.And(before, TLanes.Select(mask, passes, fails));
            var product = _products + (at + block) * q;
            var factor = _factors + (at + block) * q;
            var child = product + blocks * q;
            for (var i = 0; i < q; i++)
            {
                factor[i] = TLanes.Select(before, TLanes.Select(mask, TLanes.Create(constants[i]), TLanes.Create(constants[q + i])), share);
                child[i] = TLanes.Multiply(product[i], factor[i]);
            }
        }
    }

    // The factors of two children add up to 1.
    private void Turn(QuadratureStep* step)
    {
        var (q, blocks) = (_q, _blocks);
        var at = step->Depth * blocks;
        for (var block = 0; block < blocks; block++)
        {
            var before = step->Prior < 0 ? TLanes.Mask(ulong.MaxValue) : _passed[step->Prior * blocks + block];
            _passed[at + block] = TLanes.AndNot(before, _passed[at + block]);
            var product = _products + (at + block) * q;
            var child = product + blocks * q;
            for (var i = 0; i < q; i++) child[i] = TLanes.Subtract(product[i], child[i]);
        }
    }

    private void Leave(QuadratureStep* step, TVector* sums, TVector* pairs)
    {
        var (q, blocks) = (_q, _blocks);
        var nodes = _nodes;
        var terms = _terms;
        var at = step->Depth * blocks;
        var share = TLanes.Create(step->Share);
        for (var block = 0; block < blocks; block++)
        {
            var excess = _excess[at + block];
            var product = _products + (at + block) * q;
            var result = _results + (step->Result * blocks + block) * q;
            var first = _results + (2 * at + 2 * blocks + block) * q;
            var second = Second(step, first);
            var sum = default(TVector);
            for (var i = 0; i < q; i++)
            {
                var difference = TLanes.Subtract(first[i], second[i]);
                sum = TLanes.MultiplyAdd(product[i], difference, sum);
                result[i] = TLanes.MultiplyAdd(TLanes.MultiplyAdd(excess, nodes[i], share), difference, second[i]);
            }

            sums[block] = TLanes.MultiplyAdd(excess, sum, sums[block]);
            if (pairs == null) continue;
            for (var i = 0; i < q; i++) terms[i] = TLanes.Multiply(product[i], TLanes.Subtract(first[i], second[i]));
            AddPairs(step, block, excess, pairs);
        }
    }

    private void LeaveAgain(QuadratureStep* step, float* constants, TVector* sums, TVector* pairs)
    {
        var (q, blocks) = (_q, _blocks);
        var terms = _terms;
        var at = step->Depth * blocks;
        for (var block = 0; block < blocks; block++)
        {
            var excess = _excess[at + block];
            var product = _products + (at + block) * q;
            var factor = _factors + (at + block) * q;
            var result = _results + (step->Result * blocks + block) * q;
            var first = _results + (2 * at + 2 * blocks + block) * q;
            var second = Second(step, first);
            var sum = default(TVector);
            for (var i = 0; i < q; i++)
            {
                var difference = TLanes.Subtract(first[i], second[i]);
                var term = TLanes.Multiply(TLanes.Multiply(product[i], TLanes.Create(constants[2 * q + i])), difference);
                sum = TLanes.Add(sum, term);
                result[i] = TLanes.MultiplyAdd(factor[i], difference, second[i]);
                terms[i] = term;
            }

            sums[block] = TLanes.MultiplyAdd(excess, sum, sums[block]);
            if (pairs != null) AddPairs(step, block, excess, pairs);
        }
    }

    // With b = (o - z) (V1 - V2): H = V2 + z (V1 - V2) + b t, and the feature receives b times the sum of P.
    private void Pair(QuadratureStep* step, ulong bits, TVector* sums, TVector* pairs)
    {
        var (q, blocks) = (_q, _blocks);
        var nodes = _nodes;
        var terms = _terms;
        var at = step->Depth * blocks;
        var difference = step->First - step->Second;
        var mean = TLanes.Create(step->Second + step->Share * difference);
        var (passes, fails) = (TLanes.Create((1 - step->Share) * difference), TLanes.Create(-step->Share * difference));
        for (var block = 0; block < blocks; block++)
        {
            var excess = TLanes.Select(TLanes.Mask(bits >> block * TLanes.Count), passes, fails);
            var product = _products + (at + block) * q;
            var result = _results + (step->Result * blocks + block) * q;
            var sum = default(TVector);
            for (var i = 0; i < q; i++)
            {
                sum = TLanes.Add(sum, product[i]);
                result[i] = TLanes.MultiplyAdd(excess, nodes[i], mean);
            }

            sums[block] = TLanes.MultiplyAdd(excess, sum, sums[block]);
            if (pairs == null) continue;
            for (var i = 0; i < q; i++) terms[i] = product[i];
            AddPairs(step, block, excess, pairs);
        }
    }

    private void PairAgain(QuadratureStep* step, float* constants, ulong bits, TVector* sums, TVector* pairs)
    {
        var (q, blocks) = (_q, _blocks);
        var terms = _terms;
        var at = step->Depth * blocks;
        var (difference, second) = (TLanes.Create(step->First - step->Second), TLanes.Create(step->Second));
        var mean = TLanes.MultiplyAdd(TLanes.Create(step->Share), difference, second);
        var passes = TLanes.Multiply(TLanes.Create(1 - step->Share), difference);
        var fails = TLanes.Multiply(TLanes.Create(-step->Share), difference);
        for (var block = 0; block < blocks; block++)
        {
            var before = _passed[step->Prior * blocks + block];
            var mask = TLanes.Mask(bits >> block * TLanes.Count);
            var excess = TLanes.And(before, TLanes.Select(mask, passes, fails));
            var product = _products + (at + block) * q;
            var result = _results + (step->Result * blocks + block) * q;
            var sum = default(TVector);
            for (var i = 0; i < q; i++)
            {
                var factor = TLanes.Select(mask, TLanes.Create(constants[i]), TLanes.Create(constants[q + i]));
                var term = TLanes.Multiply(product[i], TLanes.Create(constants[2 * q + i]));
                sum = TLanes.Add(sum, term);
                result[i] = TLanes.Select(before, TLanes.MultiplyAdd(factor, difference, second), mean);
                terms[i] = term;
            }

            sums[block] = TLanes.MultiplyAdd(excess, sum, sums[block]);
            if (pairs != null) AddPairs(step, block, excess, pairs);
        }
    }

    // Where the second child is a leaf, its value stands in for its results.
    private TVector* Second(QuadratureStep* step, TVector* first)
    {
        var q = _q;
        var second = first + _blocks * q;
        if (!step->SecondIsLeaf) return second;
        var leaf = TLanes.Create(step->Second);
        for (var i = 0; i < q; i++) second[i] = leaf;
        return second;
    }

    // (o - z) over the factor, of the node's feature after the child's edge.
    private void SetSwaps(int depth, float* constants)
    {
        var (q, blocks) = (_q, _blocks);
        var ofFailed = _swapOfFailed;
        for (var block = 0; block < blocks; block++)
        {
            var mask = _passed[depth * blocks + block];
            var swap = _swaps + (depth * blocks + block) * q;
            for (var i = 0; i < q; i++) swap[i] = TLanes.Select(mask, TLanes.Create(constants[i]), ofFailed[i]);
        }
    }

    private void AddPairs(QuadratureStep* step, int block, TVector excess, TVector* pairs)
    {
        var (q, blocks) = (_q, _blocks);
        var terms = _terms;
        var swaps = _swaps;
        var end = _partners + step->FirstPartner + step->Partners;
        for (var partner = end - step->Partners; partner < end; partner++)
        {
            var swap = swaps + (partner->Depth * blocks + block) * q;
            var sum = TLanes.Multiply(terms[0], swap[0]);
            for (var i = 1; i < q; i++) sum = TLanes.MultiplyAdd(terms[i], swap[i], sum);
            ref var pair = ref pairs[partner->Pair * blocks + block];
            pair = TLanes.MultiplyAdd(excess, sum, pair);
        }
    }
}
