using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Rows of a file that were left out, and why: all are counted, the first are kept.</summary>
public sealed class RejectedRows
{
    private const int MostKept = 100;

    private readonly List<Problem> _first = [];
    private readonly SortedDictionary<string, long> _byCode = new(StringComparer.Ordinal);

    /// <summary>Rows left out.</summary>
    public long Count { get; private set; }

    /// <summary>Problems of the first rows, each with its row, field and remedy; at most 100.</summary>
    public IReadOnlyList<Problem> First => _first;

    /// <summary>Rows per code of their first problem.</summary>
    public IReadOnlyDictionary<string, long> ByCode => _byCode;

    /// <summary>Notes one row.</summary>
    /// <param name="problems">What is wrong with it, at least one.</param>
    public void Add(params ReadOnlySpan<Problem> problems)
    {
        Count++;
        _byCode[problems[0].Code] = _byCode.GetValueOrDefault(problems[0].Code) + 1;
        foreach (var problem in problems)
        {
            if (_first.Count < MostKept) _first.Add(problem);
        }
    }
}
