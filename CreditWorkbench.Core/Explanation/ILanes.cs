namespace CreditWorkbench.Core.Explanation;

/// <summary>Float arithmetic over the rows that a vector holds. Every width rounds alike (multiply-add is fused), so a row's
/// explanation has the same bits whichever machine works it out.</summary>
/// <typeparam name="TVector">One float per row. A mask is a vector whose lanes have all bits set or none.</typeparam>
internal interface ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Rows in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TVector Create(float value);

    /// <summary>Lane i is set when bit i is.</summary>
    static abstract TVector Mask(ulong bits);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a - b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a b + c, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>Bits of both.</summary>
    static abstract TVector And(TVector a, TVector b);

    /// <summary>Bits of a that b has not.</summary>
    static abstract TVector AndNot(TVector a, TVector b);

    /// <summary>The first where the mask is set, else the second.</summary>
    static abstract TVector Select(TVector mask, TVector set, TVector unset);
}
