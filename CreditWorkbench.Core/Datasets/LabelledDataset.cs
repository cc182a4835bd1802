using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Feature vectors with what became of them, and what else the training line asks about a row.</summary>
/// <remarks>All per-row arrays have shape [rows] in file order.</remarks>
public sealed class LabelledDataset
{
    /// <summary>Wraps arrays, which the data set then owns.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is no class.</exception>
    public LabelledDataset(FeatureMatrix features, byte[] outcomes, int classCount)
    {
        if (outcomes.Length != features.Rows) throw new ArgumentException($"{features.Rows} rows need as many outcomes, got {outcomes.Length}.", nameof(outcomes));
        if (classCount < 2) throw new ArgumentException("An outcome has at least two classes.", nameof(classCount));
        var counts = new int[classCount];
        foreach (var outcome in outcomes)
        {
            if (outcome >= classCount) throw new ArgumentException($"Outcome {outcome} is none of {classCount} classes.", nameof(outcomes));
            counts[outcome]++;
        }

        (Features, Outcomes, ClassCounts) = (features, outcomes, counts);
        FileRows = new long[features.Rows];
        for (var row = 0; row < FileRows.Length; row++) FileRows[row] = row + 1;
    }

    /// <summary>Feature vectors.</summary>
    public FeatureMatrix Features { get; }

    /// <summary>Class per row. Binary: 0 good, 1 bad. Ordinal: index of the class, best first.</summary>
    public byte[] Outcomes { get; }

    /// <summary>Rows per class.</summary>
    public IReadOnlyList<int> ClassCounts { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Features.Rows;

    /// <summary>Rows of the last class: bad ones of a binary outcome.</summary>
    public int Positives => ClassCounts[^1];

    /// <summary>Accepted inputs per row; null where only vectors were kept. Fitted transforms need them.</summary>
    public IReadOnlyList<InputRecord>? Records { get; init; }

    /// <summary>Identity per row; null without an id column.</summary>
    public string[]? Ids { get; init; }

    /// <summary>Key whose rows stay on one side of every split; null without one.</summary>
    public CodedColumn? Groups { get; init; }

    /// <summary>Date per row, null where it is missing; null without a time column.</summary>
    public DateOnly?[]? Times { get; init; }

    /// <summary>Columns for audit only.</summary>
    public IReadOnlyList<CodedColumn> Sensitive { get; init; } = [];

    /// <summary>How much each row counts beside the others, finite and above 0; null where all count alike.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Column that the weights come from; null without one.</summary>
    public string? WeightColumn { get; init; }

    /// <summary>One-based data row of the file per row.</summary>
    public long[] FileRows { get; init; }

    /// <summary>The outcome as a mask: true where the row is of the last class.</summary>
    public bool[] BadMask() => [.. Outcomes.Select(outcome => outcome == ClassCounts.Count - 1)];

    /// <summary>The rows with the given indices, in their order.</summary>
    public LabelledDataset Take(ReadOnlySpan<int> rows)
    {
        var indices = rows.ToArray();
        return new LabelledDataset(Features.Take(rows), Gather(Outcomes, indices), ClassCounts.Count)
        {
            Records = Records is null ? null : [.. indices.Select(row => Records[row])],
            Ids = Ids is null ? null : Gather(Ids, indices),
            Groups = Groups?.Take(rows),
            Times = Times is null ? null : Gather(Times, indices),
            Sensitive = [.. Sensitive.Select(column => column.Take(indices))],
            FileRows = Gather(FileRows, indices),
            Weights = Weights is null ? null : Gather(Weights, indices),
            WeightColumn = WeightColumn,
        };
    }

    /// <summary>Hash of column names, cells with their missing and special codes, outcomes and file row numbers, and of weights where there are any.</summary>
    public ContentHash Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        foreach (var column in Features.Columns)
        {
            var name = Encoding.UTF8.GetBytes(column.Name);
            BinaryPrimitives.WriteInt64LittleEndian(number, name.Length);
            hash.AppendData(number);
            hash.AppendData(name);
        }

        BinaryPrimitives.WriteInt64LittleEndian(number, Rows);
        hash.AppendData(number);
        // The product runs on little-endian machines only; the store's packages say the same.
        hash.AppendData(MemoryMarshal.AsBytes(Features.Values.AsSpan()));
        hash.AppendData(Outcomes);
        hash.AppendData(MemoryMarshal.AsBytes(FileRows.AsSpan()));
        if (Weights is not null) hash.AppendData(MemoryMarshal.AsBytes(Weights.AsSpan()));
        return new ContentHash(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static T[] Gather<T>(T[] values, int[] rows)
    {
        var gathered = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++) gathered[i] = values[rows[i]];
        return gathered;
    }
}
