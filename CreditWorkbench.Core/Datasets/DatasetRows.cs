using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Collects rows of unknown number column by column.</summary>
internal sealed class DatasetRows
{
    private readonly DatasetRequest _request;
    private readonly IRowVectorizer _vectorizer;
    private readonly int _target;
    private readonly int _id;
    private readonly int _time;
    private readonly CodedColumnBuilder? _group;
    private readonly CodedColumnBuilder[] _sensitive;
    private readonly List<float>[] _cells;
    private readonly List<byte> _outcomes = [];
    private readonly List<long> _fileRows = [];
    private readonly List<string> _ids = [];
    private readonly List<DateOnly?> _times = [];
    private readonly List<InputRecord> _records = [];
    private readonly List<double> _weights = [];
    private readonly WeightCell? _weight;
    private readonly List<Problem> _problems = [];
    private readonly float[] _vector;

    public DatasetRows(RowReader reader, DatasetRequest request, IRowVectorizer vectorizer)
    {
        (_request, _vectorizer, _target) = (request, vectorizer, reader.IndexOf(request.Target));
        _id = request.Id is null ? -1 : reader.IndexOf(request.Id);
        _time = request.Time is null ? -1 : reader.IndexOf(request.Time);
        _weight = WeightCell.Of(reader, request.Weight);
        _group = request.Group is null ? null : new CodedColumnBuilder(request.Group, reader.IndexOf(request.Group), numbersAreOne: false);
        _sensitive = [.. request.Sensitive.Select(column => new CodedColumnBuilder(column, reader.IndexOf(column), numbersAreOne: true))];
        _cells = [.. vectorizer.Columns.Select(_ => new List<float>())];
        _vector = new float[vectorizer.Columns.Count];
    }

    /// <summary>Accepted rows so far.</summary>
    public int Count => _outcomes.Count;

    /// <summary>Takes the current row, or notes why not.</summary>
    public void Take(RowReader reader, RejectedRows rejected)
    {
        _problems.Clear();
        var outcome = Outcome(reader);
        var time = Time(reader);
        var weight = _weight?.Read(reader, _problems) ?? 1.0;
        if (!_vectorizer.TryCompute(reader, _vector, _problems) || _problems.Count > 0)
        {
            rejected.Add([.. _problems]);
            return;
        }

        _outcomes.Add((byte)outcome);
        _fileRows.Add(reader.Row);
        for (var column = 0; column < _vector.Length; column++) _cells[column].Add(_vector[column]);
        if (_id >= 0) _ids.Add(reader.Text(_id));
        if (_time >= 0) _times.Add(time);
        if (_weight is not null) _weights.Add(weight);
        if (_request.KeepRecords && _vectorizer.Record is { } record) _records.Add(record);
        _group?.Add(reader);
        foreach (var column in _sensitive) column.Add(reader);
    }

    /// <summary>The data set of all accepted rows.</summary>
    public LabelledDataset Build()
    {
        var values = new float[(long)Count * _cells.Length];
        for (var column = 0; column < _cells.Length; column++)
        {
            _cells[column].CopyTo(values, column * Count);
            _cells[column] = [];
        }

        return new LabelledDataset(new FeatureMatrix(_vectorizer.Columns, Count, values), [.. _outcomes], _request.Labels.ClassCount)
        {
            Records = _records.Count == Count ? _records : null,
            Ids = _id < 0 ? null : [.. _ids],
            Groups = _group?.Build(),
            Times = _time < 0 ? null : [.. _times],
            Sensitive = [.. _sensitive.Select(column => column.Build())],
            FileRows = [.. _fileRows],
            Weights = _weight is null ? null : [.. _weights],
            WeightColumn = _weight is null ? null : _request.Weight,
        };
    }

    private int Outcome(RowReader reader)
    {
        var cell = reader.Cell(_target);
        if (_request.Labels.ClassOf(cell) is { } outcome) return outcome;
        _problems.Add(CellText.IsMissing(cell)
            ? DatasetProblems.OutcomeMissing(_request.Target, reader.Row)
            : DatasetProblems.OutcomeUnlabelled(_request.Target, reader.Row, FileProblems.Shorten(reader.Text(_target))));
        return 0;
    }

    private DateOnly? Time(RowReader reader)
    {
        if (_time < 0) return null;
        var cell = reader.Cell(_time);
        if (CellText.IsMissing(cell)) return null;
        if (_request.TimeFormat is { } format ? DateCell.TryRead(cell, format, out var date) : DateCell.TryUnambiguous(cell, out date)) return date;
        _problems.Add(DatasetProblems.TimeUnreadable(_request.Time!, reader.Row, FileProblems.Shorten(reader.Text(_time))));
        return null;
    }
}
