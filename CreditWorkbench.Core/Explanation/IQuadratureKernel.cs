namespace CreditWorkbench.Core.Explanation;

/// <summary>Walks one tree at a time with a number of rows side by side. Scratch of one thread.</summary>
internal unsafe interface IQuadratureKernel
{
    /// <summary>Sets the tree for the walks to come.</summary>
    void Prepare(QuadratureTree tree);

    /// <summary>Adds the tree's values for the rows.</summary>
    /// <param name="outcomes">One word per test of the tree: bit r is set when row r goes to the first child.</param>
    /// <param name="firstBit">Bit of the first of the rows.</param>
    /// <param name="sums">Shape [features x rows].</param>
    /// <param name="pairSums">Shape [pairs x rows]; null where pairs are not wanted.</param>
    void Walk(ulong* outcomes, int firstBit, float* sums, float* pairSums);
}
