using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>One reading of a file against its dictionary: counts, dates, and every rejected row in a file of its own.</summary>
internal sealed class TrialPass(RowReader reader, DatasetRequest request, DictionaryVectorizer vectorizer, TextWriter? rejects)
{
    private const int MostListed = 20_000;
    private readonly int _target = reader.IndexOf(request.Target);
    private readonly int _time = request.Time is null ? -1 : reader.IndexOf(request.Time);
    private readonly WeightCell? _weight = WeightCell.Of(reader, request.Weight);
    private readonly float[] _vector = new float[vectorizer.Columns.Count];
    private readonly List<Problem> _problems = [];
    private long _rows;

    /// <summary>Bad rows.</summary>
    public long Bad { get; private set; }

    /// <summary>Rows that are left out.</summary>
    public RejectedRows Rejected { get; } = new();

    /// <summary>First date.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>Last date.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>Reads to the end.</summary>
    /// <returns>Labelled rows; refused when the file breaks off.</returns>
    public async Task<Outcome<long>> RunAsync(CancellationToken cancellationToken)
    {
        if (rejects is not null) await rejects.WriteAsync($"row,column,code,message\r\n".AsMemory(), cancellationToken);
        while (true)
        {
            _problems.Clear();
            switch (await reader.ReadAsync(cancellationToken))
            {
                case RowState.Row:
                    Take();
                    break;
                case RowState.Rejected:
                    _problems.Add(reader.Problem!);
                    break;
                case RowState.Refused:
                    return reader.Problem!;
                default:
                    await CloseAsync(cancellationToken);
                    return _rows;
            }

            if (_problems.Count == 0) continue;
            Rejected.Add([.. _problems]);
            if (Rejected.Count <= MostListed) await WriteAsync(cancellationToken);
        }
    }

    private void Take()
    {
        var cell = reader.Cell(_target);
        var outcome = request.Labels.ClassOf(cell);
        if (outcome is null)
            _problems.Add(CellText.IsMissing(cell) ? DatasetProblems.OutcomeMissing(request.Target, reader.Row) : DatasetProblems.OutcomeUnlabelled(request.Target, reader.Row, FileProblems.Shorten(reader.Text(_target))));
        var date = Date();
        _weight?.Read(reader, _problems);
        if (!vectorizer.TryCompute(reader, _vector, _problems) || _problems.Count > 0) return;
        _rows++;
        Bad += outcome!.Value;
        if (date is not { } day) return;
        From = From is { } from && from < day ? from : day;
        To = To is { } to && to > day ? to : day;
    }

    private DateOnly? Date()
    {
        if (_time < 0 || CellText.IsMissing(reader.Cell(_time))) return null;
        var cell = reader.Cell(_time);
        if (request.TimeFormat is { } format ? DateCell.TryRead(cell, format, out var date) : DateCell.TryUnambiguous(cell, out date)) return date;
        _problems.Add(DatasetProblems.TimeUnreadable(request.Time!, reader.Row, FileProblems.Shorten(reader.Text(_time))));
        return null;
    }

    // A file in which every row is bad must not become a list that no one can hold.
    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (rejects is null || Rejected.Count <= MostListed) return;
        var more = string.Create(CultureInfo.InvariantCulture, $",,rejects.more,{Rejected.Count - MostListed} more rows are left out and not listed.\r\n");
        await rejects.WriteAsync(more.AsMemory(), cancellationToken);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (rejects is null) return;
        foreach (var problem in _problems)
        {
            var line = CsvText.Line([reader.Row.ToString(CultureInfo.InvariantCulture), CsvText.Harmless(problem.Field ?? ""), problem.Code, CsvText.Harmless($"{problem.Message} {problem.Remedy}".Trim())]);
            await rejects.WriteAsync($"{line}\r\n".AsMemory(), cancellationToken);
        }
    }
}
