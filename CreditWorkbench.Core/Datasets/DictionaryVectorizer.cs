using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Computes vectors by a dictionary: the row becomes a record, the feature program makes the vector.</summary>
/// <remarks>Where transforms are fitted on training rows, the vectors are computed again from
/// <see cref="LabelledDataset.Records"/> after fitting.</remarks>
public sealed class DictionaryVectorizer : IRowVectorizer
{
    private readonly RecordBinder _binder;
    private readonly FeatureProgram _program;
    private readonly double[] _slots;

    private DictionaryVectorizer(RecordBinder binder, FeatureProgram program) => (_binder, _program, _slots) = (binder, program, new double[program.SlotCount]);

    /// <summary>Binds the columns of an open file; blanks are allowed everywhere, as labelled files have them.</summary>
    /// <returns>The vectorizer; refused when two columns give the same input.</returns>
    public static Outcome<DictionaryVectorizer> Create(ScorecardDefinition definition, FeatureProgram program, RowReader reader) =>
        RecordBinder.Create(definition, [.. reader.Columns.Select(column => column.Name)], RecordReading.Training)
            .Then<DictionaryVectorizer>(binder => new DictionaryVectorizer(binder, program));

    /// <summary>Columns of the file that are no inputs; keys and outcome included.</summary>
    public IReadOnlyList<string> UnknownColumns => _binder.UnknownColumns;

    /// <inheritdoc/>
    public IReadOnlyList<FeatureColumn> Columns => _program.Columns;

    /// <inheritdoc/>
    public InputRecord? Record { get; private set; }

    /// <inheritdoc/>
    public bool TryCompute(RowReader row, Span<float> vector, List<Problem> problems)
    {
        Record = null;
        if (!_binder.Bind(row).TryGet(out var record, out var found))
        {
            problems.AddRange(found);
            return false;
        }

        Record = record;
        _program.Run(record, _slots, vector);
        return true;
    }
}
