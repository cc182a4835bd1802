using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Memory for tables that starts on a cache line and does not move, so that a row of a table never straddles two lines.</summary>
internal sealed unsafe class AlignedTable<T> where T : unmanaged
{
    private const int Line = 64;

    private readonly T[] _memory;

    /// <summary>Takes memory with undefined content.</summary>
    /// <param name="length">Number of elements.</param>
    public AlignedTable(int length)
    {
        _memory = GC.AllocateUninitializedArray<T>(length + Line / sizeof(T), pinned: true);
        var start = (nuint)Unsafe.AsPointer(ref _memory[0]);
        Pointer = (T*)((start + Line - 1) & ~(nuint)(Line - 1));
        Length = length;
        LargePages.Ask(Pointer, (nuint)length * (nuint)sizeof(T));
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The first element; valid as long as this object is reachable.</summary>
    public T* Pointer { get; }

    /// <summary>Some elements.</summary>
    public Span<T> Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start + (uint)length, (uint)Length, nameof(length));
        return new Span<T>(Pointer + start, length);
    }
}
