using System.Diagnostics.CodeAnalysis;
using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Core.Quality;

/// <summary>Finds rows that say the same in every input.</summary>
internal static class DuplicateRows
{
    /// <summary>Rows that repeat an earlier one, outcome included. O(rows x inputs).</summary>
    public static int Count(IReadOnlyList<InputRecord> records, byte[] classes)
    {
        var seen = new HashSet<(InputRecord, byte)>(records.Count, new SameRow());
        var duplicates = 0;
        for (var row = 0; row < records.Count; row++)
        {
            if (!seen.Add((records[row], classes[row]))) duplicates++;
        }

        return duplicates;
    }

    private sealed class SameRow : IEqualityComparer<(InputRecord Record, byte Outcome)>
    {
        public bool Equals((InputRecord Record, byte Outcome) x, (InputRecord Record, byte Outcome) y)
        {
            if (x.Outcome != y.Outcome) return false;
            var (left, right) = (x.Record.Values, y.Record.Values);
            for (var i = 0; i < left.Count; i++)
            {
                if (left[i] != right[i]) return false;
            }

            return true;
        }

        public int GetHashCode([DisallowNull] (InputRecord Record, byte Outcome) row)
        {
            var hash = new HashCode();
            hash.Add(row.Outcome);
            var values = row.Record.Values;
            for (var i = 0; i < values.Count; i++) hash.Add(values[i]);
            return hash.ToHashCode();
        }
    }
}
