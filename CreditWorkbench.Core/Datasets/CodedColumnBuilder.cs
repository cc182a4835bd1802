using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Collects a column of texts as indices.</summary>
/// <param name="name">Name of the column.</param>
/// <param name="position">Where it stands in the file.</param>
/// <param name="numbersAreOne">Whether 1 and 1.0 are one value; keys are told apart by their text.</param>
internal sealed class CodedColumnBuilder(string name, int position, bool numbersAreOne)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<int> _codes = [];

    /// <summary>Adds the cell of the current row.</summary>
    public void Add(RowReader reader)
    {
        if (CellText.IsMissing(reader.Cell(position)))
        {
            _codes.Add(-1);
            return;
        }

        var text = numbersAreOne ? OutcomeLabels.Spelling(reader.Cell(position)) : reader.Text(position);
        if (!_index.TryGetValue(text, out var code)) _index.Add(text, code = _index.Count);
        _codes.Add(code);
    }

    /// <summary>The column of all rows.</summary>
    public CodedColumn Build() => new(name, [.. _index.OrderBy(entry => entry.Value).Select(entry => entry.Key)], [.. _codes]);
}
