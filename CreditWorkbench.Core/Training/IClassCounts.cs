namespace CreditWorkbench.Core.Training;

/// <summary>Counts of training rows per class, the sums of a forest.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface IClassCounts<TSelf> : ISplitSum<TSelf> where TSelf : unmanaged, IClassCounts<TSelf>
{
    /// <summary>Rows of all classes, bootstrap multiplicity included.</summary>
    int Count { get; }

    /// <summary>Whether at most one class is present, so that no split can gain.</summary>
    bool IsPure { get; }

    /// <summary>A row of a class that counts so many times.</summary>
    static abstract TSelf Of(int outcome, int times);
}
