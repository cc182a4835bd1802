using System.Runtime.CompilerServices;

namespace CreditWorkbench.Core.Explanation;

/// <content>The loops over the nodes of the rule, written out: the compiler does not unroll them, and drops what the number of nodes
/// makes unreachable. A fifth of the time.</content>
internal sealed unsafe partial class QuadratureKernel<TLanes, TVector, TNodes>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EnterNodes(TVector* product, TVector* child, TVector* nodes, TVector excess, TVector share)
    {
        EnterNode(product, child, nodes, excess, share, 0);
        if (TNodes.Count > 1) EnterNode(product, child, nodes, excess, share, 1);
        if (TNodes.Count > 2) EnterNode(product, child, nodes, excess, share, 2);
        if (TNodes.Count > 3) EnterNode(product, child, nodes, excess, share, 3);
        if (TNodes.Count > 4) EnterNode(product, child, nodes, excess, share, 4);
        if (TNodes.Count > 5) EnterNode(product, child, nodes, excess, share, 5);
        if (TNodes.Count > 6) EnterNode(product, child, nodes, excess, share, 6);
        if (TNodes.Count > 7) EnterNode(product, child, nodes, excess, share, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EnterNode(TVector* product, TVector* child, TVector* nodes, TVector excess, TVector share, int i) =>
        child[i] = TLanes.Multiply(product[i], TLanes.MultiplyAdd(excess, nodes[i], share));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EnterNodesAgain(TVector* product, TVector* child, TVector* factor, float* constants, TVector before, TVector mask, TVector share)
    {
        EnterNodeAgain(product, child, factor, constants, before, mask, share, 0);
        if (TNodes.Count > 1) EnterNodeAgain(product, child, factor, constants, before, mask, share, 1);
        if (TNodes.Count > 2) EnterNodeAgain(product, child, factor, constants, before, mask, share, 2);
        if (TNodes.Count > 3) EnterNodeAgain(product, child, factor, constants, before, mask, share, 3);
        if (TNodes.Count > 4) EnterNodeAgain(product, child, factor, constants, before, mask, share, 4);
        if (TNodes.Count > 5) EnterNodeAgain(product, child, factor, constants, before, mask, share, 5);
        if (TNodes.Count > 6) EnterNodeAgain(product, child, factor, constants, before, mask, share, 6);
        if (TNodes.Count > 7) EnterNodeAgain(product, child, factor, constants, before, mask, share, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EnterNodeAgain(TVector* product, TVector* child, TVector* factor, float* constants, TVector before, TVector mask, TVector share, int i)
    {
        var here = TLanes.Select(before, FactorOf(constants, mask, i), share);
        factor[i] = here;
        child[i] = TLanes.Multiply(product[i], here);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnNodes(TVector* product, TVector* child)
    {
        child[0] = TLanes.Subtract(product[0], child[0]);
        if (TNodes.Count > 1) child[1] = TLanes.Subtract(product[1], child[1]);
        if (TNodes.Count > 2) child[2] = TLanes.Subtract(product[2], child[2]);
        if (TNodes.Count > 3) child[3] = TLanes.Subtract(product[3], child[3]);
        if (TNodes.Count > 4) child[4] = TLanes.Subtract(product[4], child[4]);
        if (TNodes.Count > 5) child[5] = TLanes.Subtract(product[5], child[5]);
        if (TNodes.Count > 6) child[6] = TLanes.Subtract(product[6], child[6]);
        if (TNodes.Count > 7) child[7] = TLanes.Subtract(product[7], child[7]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LeaveNodes(TVector* first, TVector* second, TVector* product, TVector* result, TVector* nodes, TVector excess, TVector share)
    {
        var sum = default(TVector);
        sum = LeaveNode(first, second, product, result, nodes, excess, share, sum, 0);
        if (TNodes.Count > 1) sum = LeaveNode(first, second, product, result, nodes, excess, share, sum, 1);
        if (TNodes.Count > 2) sum = LeaveNode(first, second, product, result, nodes, excess, share, sum, 2);
        if (TNodes.Count > 3) sum = LeaveNode(first, second, product, result, nodes, excess, share, sum, 3);
        if (TNodes.Count > 4) sum = LeaveNode(first, second, product, result, nodes, excess, share, sum, 4);
        if (TNodes.Count > 5) sum = LeaveNode(first, second, product, result, nodes, excess, share, sum, 5);
        if (TNodes.Count > 6) sum = LeaveNode(first, second, product, result, nodes, excess, share, sum, 6);
        if (TNodes.Count > 7) sum = LeaveNode(first, second, product, result, nodes, excess, share, sum, 7);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LeaveNode(
        TVector* first, TVector* second, TVector* product, TVector* result, TVector* nodes, TVector excess, TVector share, TVector sum, int i)
    {
        var difference = TLanes.Subtract(first[i], second[i]);
        result[i] = TLanes.MultiplyAdd(TLanes.MultiplyAdd(excess, nodes[i], share), difference, second[i]);
        return TLanes.MultiplyAdd(product[i], difference, sum);
    }

    // The same with a leaf for second child.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LeaveNodes(TVector* first, TVector leaf, TVector* product, TVector* result, TVector* nodes, TVector excess, TVector share)
    {
        var sum = default(TVector);
        sum = LeaveNode(first, leaf, product, result, nodes, excess, share, sum, 0);
        if (TNodes.Count > 1) sum = LeaveNode(first, leaf, product, result, nodes, excess, share, sum, 1);
        if (TNodes.Count > 2) sum = LeaveNode(first, leaf, product, result, nodes, excess, share, sum, 2);
        if (TNodes.Count > 3) sum = LeaveNode(first, leaf, product, result, nodes, excess, share, sum, 3);
        if (TNodes.Count > 4) sum = LeaveNode(first, leaf, product, result, nodes, excess, share, sum, 4);
        if (TNodes.Count > 5) sum = LeaveNode(first, leaf, product, result, nodes, excess, share, sum, 5);
        if (TNodes.Count > 6) sum = LeaveNode(first, leaf, product, result, nodes, excess, share, sum, 6);
        if (TNodes.Count > 7) sum = LeaveNode(first, leaf, product, result, nodes, excess, share, sum, 7);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LeaveNode(
        TVector* first, TVector leaf, TVector* product, TVector* result, TVector* nodes, TVector excess, TVector share, TVector sum, int i)
    {
        var difference = TLanes.Subtract(first[i], leaf);
        result[i] = TLanes.MultiplyAdd(TLanes.MultiplyAdd(excess, nodes[i], share), difference, leaf);
        return TLanes.MultiplyAdd(product[i], difference, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LeaveNodesAgain(TVector* first, TVector* second, TVector* product, TVector* result, TVector* factor, float* constants)
    {
        var sum = default(TVector);
        sum = LeaveNodeAgain(first, second, product, result, factor, constants, sum, 0);
        if (TNodes.Count > 1) sum = LeaveNodeAgain(first, second, product, result, factor, constants, sum, 1);
        if (TNodes.Count > 2) sum = LeaveNodeAgain(first, second, product, result, factor, constants, sum, 2);
        if (TNodes.Count > 3) sum = LeaveNodeAgain(first, second, product, result, factor, constants, sum, 3);
        if (TNodes.Count > 4) sum = LeaveNodeAgain(first, second, product, result, factor, constants, sum, 4);
        if (TNodes.Count > 5) sum = LeaveNodeAgain(first, second, product, result, factor, constants, sum, 5);
        if (TNodes.Count > 6) sum = LeaveNodeAgain(first, second, product, result, factor, constants, sum, 6);
        if (TNodes.Count > 7) sum = LeaveNodeAgain(first, second, product, result, factor, constants, sum, 7);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LeaveNodeAgain(TVector* first, TVector* second, TVector* product, TVector* result, TVector* factor, float* constants, TVector sum, int i)
    {
        var difference = TLanes.Subtract(first[i], second[i]);
        result[i] = TLanes.MultiplyAdd(factor[i], difference, second[i]);
        return TLanes.MultiplyAdd(TLanes.Multiply(product[i], TLanes.Create(constants[2 * TNodes.Count + i])), difference, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PairNodes(TVector* product, TVector* result, TVector* nodes, TVector excess, TVector mean)
    {
        var sum = default(TVector);
        sum = PairNode(product, result, nodes, excess, mean, sum, 0);
        if (TNodes.Count > 1) sum = PairNode(product, result, nodes, excess, mean, sum, 1);
        if (TNodes.Count > 2) sum = PairNode(product, result, nodes, excess, mean, sum, 2);
        if (TNodes.Count > 3) sum = PairNode(product, result, nodes, excess, mean, sum, 3);
        if (TNodes.Count > 4) sum = PairNode(product, result, nodes, excess, mean, sum, 4);
        if (TNodes.Count > 5) sum = PairNode(product, result, nodes, excess, mean, sum, 5);
        if (TNodes.Count > 6) sum = PairNode(product, result, nodes, excess, mean, sum, 6);
        if (TNodes.Count > 7) sum = PairNode(product, result, nodes, excess, mean, sum, 7);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PairNode(TVector* product, TVector* result, TVector* nodes, TVector excess, TVector mean, TVector sum, int i)
    {
        result[i] = TLanes.MultiplyAdd(excess, nodes[i], mean);
        return TLanes.Add(sum, product[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PairNodesAgain(
        TVector* product, TVector* result, float* constants, TVector before, TVector mask, TVector difference, TVector second, TVector mean)
    {
        var sum = default(TVector);
        sum = PairNodeAgain(product, result, constants, before, mask, difference, second, mean, sum, 0);
        if (TNodes.Count > 1) sum = PairNodeAgain(product, result, constants, before, mask, difference, second, mean, sum, 1);
        if (TNodes.Count > 2) sum = PairNodeAgain(product, result, constants, before, mask, difference, second, mean, sum, 2);
        if (TNodes.Count > 3) sum = PairNodeAgain(product, result, constants, before, mask, difference, second, mean, sum, 3);
        if (TNodes.Count > 4) sum = PairNodeAgain(product, result, constants, before, mask, difference, second, mean, sum, 4);
        if (TNodes.Count > 5) sum = PairNodeAgain(product, result, constants, before, mask, difference, second, mean, sum, 5);
        if (TNodes.Count > 6) sum = PairNodeAgain(product, result, constants, before, mask, difference, second, mean, sum, 6);
        if (TNodes.Count > 7) sum = PairNodeAgain(product, result, constants, before, mask, difference, second, mean, sum, 7);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PairNodeAgain(
        TVector* product, TVector* result, float* constants, TVector before, TVector mask, TVector difference, TVector second, TVector mean, TVector sum, int i)
    {
        result[i] = TLanes.Select(before, TLanes.MultiplyAdd(FactorOf(constants, mask, i), difference, second), mean);
        return TLanes.MultiplyAdd(product[i], TLanes.Create(constants[2 * TNodes.Count + i]), sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector FactorOf(float* constants, TVector mask, int i) =>
        TLanes.Select(mask, TLanes.Create(constants[i]), TLanes.Create(constants[TNodes.Count + i]));

    // The terms stay in registers from partner to partner.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPartners(QuadraturePartner* partner, QuadraturePartner* end, TVector* terms, TVector* swaps, TVector* pairs, int blocks)
    {
        var t0 = terms[0];
        var t1 = TNodes.Count > 1 ? terms[1] : default;
        var t2 = TNodes.Count > 2 ? terms[2] : default;
        var t3 = TNodes.Count > 3 ? terms[3] : default;
        var t4 = TNodes.Count > 4 ? terms[4] : default;
        var t5 = TNodes.Count > 5 ? terms[5] : default;
        var t6 = TNodes.Count > 6 ? terms[6] : default;
        var t7 = TNodes.Count > 7 ? terms[7] : default;
        for (; partner < end; partner++)
        {
            var swap = swaps + partner->Depth * blocks * TNodes.Count;
            var pair = pairs + partner->Pair * blocks;
            var sum = *pair;
            sum = TLanes.MultiplyAdd(t0, swap[0], sum);
            if (TNodes.Count > 1) sum = TLanes.MultiplyAdd(t1, swap[1], sum);
            if (TNodes.Count > 2) sum = TLanes.MultiplyAdd(t2, swap[2], sum);
            if (TNodes.Count > 3) sum = TLanes.MultiplyAdd(t3, swap[3], sum);
            if (TNodes.Count > 4) sum = TLanes.MultiplyAdd(t4, swap[4], sum);
            if (TNodes.Count > 5) sum = TLanes.MultiplyAdd(t5, swap[5], sum);
            if (TNodes.Count > 6) sum = TLanes.MultiplyAdd(t6, swap[6], sum);
            if (TNodes.Count > 7) sum = TLanes.MultiplyAdd(t7, swap[7], sum);
            *pair = sum;
        }
    }
}
