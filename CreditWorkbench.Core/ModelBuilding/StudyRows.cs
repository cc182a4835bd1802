using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Rows that a model is explained on: vectors, and what else the file says of them.</summary>
public sealed class StudyRows
{
    private const int ReportEvery = 4096;

    private StudyRows(FeatureMatrix features, RowOutcome[] outcomes, string[]? ids, long[] fileRows, RejectedRows rejected) =>
        (Features, Outcomes, Ids, FileRows, Rejected) = (features, outcomes, ids, fileRows, rejected);

    /// <summary>Feature vectors.</summary>
    public FeatureMatrix Features { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Features.Rows;

    /// <summary>Outcome per row.</summary>
    public RowOutcome[] Outcomes { get; }

    /// <summary>Identity per row; null without an id column.</summary>
    public string[]? Ids { get; }

    /// <summary>One-based data row of the file per row.</summary>
    public long[] FileRows { get; }

    /// <summary>Rows that could not be read.</summary>
    public RejectedRows Rejected { get; }

    /// <summary>Whether good and bad rows are known, so that a ranking can be measured.</summary>
    public bool IsLabelled => Outcomes.Contains(RowOutcome.Good) && Outcomes.Contains(RowOutcome.Bad);

    /// <summary>The rows that a package carries as background.</summary>
    public static StudyRows OfBackground(Release release)
    {
        var rows = release.Package.ExplanationBackground;
        return new StudyRows(rows, new RowOutcome[rows.Rows], null, [.. Enumerable.Range(1, rows.Rows).Select(row => (long)row)], new RejectedRows());
    }

    /// <summary>Reads a file by the dictionary of a model. The outcome is taken where the file has it.</summary>
    /// <param name="release">The model.</param>
    /// <param name="reader">The open file, before its first row.</param>
    /// <param name="progress">Rows read so far; null for none.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>The rows; refused when columns clash, the file breaks off, or no row is usable.</returns>
    public static async Task<Outcome<StudyRows>> ReadAsync(Release release, RowReader reader, Action<long>? progress, CancellationToken cancellationToken)
    {
        var bound = RecordBinder.Create(release.Definition, [.. reader.Columns.Select(column => column.Name)], RecordReading.Training);
        if (!bound.TryGet(out var binder, out var problems)) return Outcome<StudyRows>.Refused(problems);
        var known = reader.Columns.Count - binder.UnknownColumns.Count;
        if (known == 0) return NoColumn(release);
        var collector = new Collector(release, reader, binder);
        while (true)
        {
            switch (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                case RowState.Row:
                    collector.Take();
                    break;
                case RowState.Rejected:
                    collector.Rejected.Add(reader.Problem!);
                    break;
                case RowState.Refused:
                    return reader.Problem!;
                default:
                    return collector.Finish();
            }

            if (reader.Row % ReportEvery == 0) progress?.Invoke(reader.Row);
        }
    }

    private static Problem NoColumn(Release release) =>
        new("study.columns.none", $"The file has no column of the scorecard {release.Definition.Id}.") { Remedy = "Choose a file with the inputs that the model was trained on." };

    private sealed class Collector(Release release, RowReader reader, RecordBinder binder)
    {
        private readonly FeatureMatrixBuilder _features = new(release.Program);
        private readonly OutcomeLabels _labels = OutcomeLabels.Of(release.Definition.Target);
        private readonly int _badClass = CalibrationStep.PdClass(release.Definition.Target);
        private readonly int _target = reader.IndexOf(release.Definition.Target.Column);
        private readonly int _id = release.Definition.Keys.Id is { } id ? reader.IndexOf(id) : -1;
        private readonly List<RowOutcome> _outcomes = [];
        private readonly List<string> _ids = [];
        private readonly List<long> _fileRows = [];

        public RejectedRows Rejected { get; } = new();

        public void Take()
        {
            if (!binder.Bind(reader).TryGet(out var record, out var problems))
            {
                Rejected.Add([.. problems]);
                return;
            }

            _features.Add(record);
            _outcomes.Add(OutcomeOf());
            _fileRows.Add(reader.Row);
            if (_id >= 0) _ids.Add(reader.Text(_id));
        }

        public Outcome<StudyRows> Finish()
        {
            if (_outcomes.Count == 0) return (List<Problem>)[Unusable(Rejected.Count), .. Rejected.First.Take(5)];
            return new StudyRows(_features.Build(), [.. _outcomes], _id < 0 ? null : [.. _ids], [.. _fileRows], Rejected);
        }

        private RowOutcome OutcomeOf()
        {
            if (_target < 0 || _labels.ClassOf(reader.Cell(_target)) is not { } outcome) return RowOutcome.Unknown;
            return outcome == _badClass ? RowOutcome.Bad : RowOutcome.Good;
        }

        private static Problem Unusable(long rejected) =>
            new("study.rows.none", $"None of the {rejected} rows can be explained.") { Remedy = "See what is wrong with the first rows." };
    }
}
