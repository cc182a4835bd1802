using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Rows of features out of a feature file, for deliveries that did not fit into memory. Reads what <see cref="FeatureFile"/> wrote.</summary>
internal sealed class FileFeatureRows : FeatureRows
{
    private readonly StreamReader _file;
    private readonly StagingColumn[] _columns;
    private readonly Dictionary<string, int>?[] _texts;
    private readonly List<string> _entities = [];
    private readonly List<double> _asOf = [];
    private readonly List<string> _cells = [];
    private readonly int _entity;
    private readonly Func<string, double> _instant;
    private readonly int _asOfColumn;

    private FileFeatureRows(ScorecardDefinition definition, StreamReader file, IReadOnlyList<string> header, int entity, int asOfColumn, DateOnly? asOf)
    {
        (_file, _entity, _asOfColumn) = (file, entity, asOfColumn);
        _columns = [.. header.Select(name => FeatureColumns.DefinitionOf(definition, name))];
        Columns = [.. _columns.Select(FeatureSetColumn.Of)];
        _texts = [.. Columns.Select(column => column.IsText ? new Dictionary<string, int>(StringComparer.Ordinal) : null)];
        var time = definition.Staging!.AsOfTime.ToTimeSpan().TotalDays;
        _instant = asOf is { } day ? _ => day.DayNumber + time : text => FeatureRowCheck.NumberOf(_columns[asOfColumn], text) is var date && date == Math.Floor(date) ? date + time : date;
    }

    public override IReadOnlyList<FeatureSetColumn> Columns { get; }

    public override IReadOnlyList<string> Entities => _entities;

    public override IReadOnlyList<double> AsOf => _asOf;

    /// <summary>Opens a feature file; <c>staging.entity.absent</c> when it lacks a column that is needed.</summary>
    public static Outcome<FeatureRows> Open(ScorecardDefinition definition, string path, DateOnly? asOf)
    {
        var file = new StreamReader(path, Encoding.UTF8, false, 1 << 16);
        var header = new List<string>();
        Read(file, header);
        var (entity, date) = (header.IndexOf(FeatureSetKeys.EntityColumn(definition)), header.IndexOf(definition.Staging!.AsOf));
        var missing = entity < 0 ? FeatureSetKeys.EntityColumn(definition) : asOf is null && date < 0 ? definition.Staging.AsOf : null;
        if (missing is null) return new FileFeatureRows(definition, file, header, entity, Math.Max(date, 0), asOf);
        file.Dispose();
        return FeatureSetKeys.Absent(missing);
    }

    public override int Next(double[][] cells)
    {
        var row = 0;
        for (; row < cells[0].Length && Read(_file, _cells); row++)
        {
            for (var column = 0; column < _columns.Length; column++) cells[column][row] = NumberOf(column, _cells[column]);
            _entities.Add(_cells[_entity]);
            _asOf.Add(_instant(_cells[_asOfColumn]));
        }

        return row;
    }

    public override IReadOnlyList<string>? TextsOf(int column) => _texts[column] is { } texts ? [.. texts.OrderBy(text => text.Value).Select(text => text.Key)] : null;

    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    private double NumberOf(int column, string text)
    {
        if (text.Length == 0) return Core.Features.CodedNaN.OfDouble(0);
        var number = Canonical(FeatureRowCheck.NumberOf(_columns[column], text));
        if (_texts[column] is not { } texts || Core.Features.CodedNaN.CodeOf(number) > 0) return number;
        if (!texts.TryGetValue(text, out var known)) texts[text] = known = texts.Count;
        return known;
    }

    // One record of RFC 4180; false at the end of the file.
    private static bool Read(StreamReader file, List<string> cells)
    {
        cells.Clear();
        if (file.ReadLine() is not { } line) return false;
        var (cell, quoted) = (new StringBuilder(), false);
        for (var i = 0; ; i++)
        {
            if (i == line.Length)
            {
                if (!quoted || file.ReadLine() is not { } more) break;
                cell.Append('\n');
                (line, i) = (more, -1);
            }
            else if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(line[i]);
        }

        cells.Add(cell.ToString());
        return true;
    }
}
