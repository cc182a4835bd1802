using System.Buffers.Binary;
using System.Text;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Reads a feature set's file: the newest row of an entity up to an instant, or all rows in their order.</summary>
internal sealed class FeatureSetReader : IDisposable
{
    private readonly SealedFileReader _file;
    private readonly FeatureSetFooter _footer;
    private readonly StagingColumn[] _columns;
    private readonly string[]?[] _texts;

    /// <exception cref="InvalidDataException">The file is damaged or of a layout that is not known.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes were altered.</exception>
    public FeatureSetReader(string path, Guid id, IZoneSealer sealer)
    {
        _file = new SealedFileReader(path, id, sealer);
        _footer = FeatureSetFooter.Read(_file.Block(_file.FooterAt));
        _columns = [.. _footer.Columns.Select(column => column.Definition())];
        _texts = new string[]?[_columns.Length];
    }

    /// <summary>Rows.</summary>
    public int Rows => _footer.Rows;

    /// <summary>The row of an entity with the newest as-of instant that is not after a limit; null when there is none.</summary>
    /// <param name="entity">Entity.</param>
    /// <param name="limit">Day number.</param>
    public FeatureRow? Find(string entity, double limit)
    {
        (double AsOf, int Row)? found = null;
        foreach (var (key, asOf, row) in EntriesFrom(entity))
        {
            if (string.CompareOrdinal(key, entity) is var sign and not 0)
            {
                if (sign > 0) break;
                continue;
            }

            if (asOf <= limit) found = (asOf, row);
        }

        return found is { } hit ? new FeatureRow(entity, InstantOf(hit.AsOf), FieldsOf(hit.Row)) : null;
    }

    /// <summary>Writes the rows that are not later than a limit as a feature file (CSV), byte for byte as <see cref="FeatureFile"/> does.</summary>
    /// <param name="into">Target.</param>
    /// <param name="limit">Day number; null for all rows.</param>
    /// <param name="cancellation">Stops between groups of rows.</param>
    /// <returns>Rows written.</returns>
    public int WriteCsv(TextWriter into, double? limit, CancellationToken cancellation)
    {
        into.Write(string.Join(',', _columns.Select(column => CsvText.Cell(column.Name))) + "\n");
        var kept = limit is { } latest ? Kept(latest) : null;
        var written = 0;
        for (var group = 0; group < _footer.Groups.Count; group++)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = _file.Block(_footer.Groups[group]);
            var rows = RowsOf(group);
            for (var row = 0; row < rows; row++)
            {
                if (kept is not null && !kept[(group * _footer.GroupRows) + row]) continue;
                for (var column = 0; column < _columns.Length; column++)
                {
                    if (column > 0) into.Write(',');
                    into.Write(CsvText.Cell(TextOf(column, CellOf(block, rows, column, row)) ?? ""));
                }

                into.Write('\n');
                written++;
            }
        }

        return written;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The instant of a day number.</summary>
    public static DateTimeOffset InstantOf(double day) => new((long)Math.Round(day * TimeSpan.MillisecondsPerDay) * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    /// <summary>The day number of an instant.</summary>
    public static double DayOf(DateTimeOffset instant) => instant.UtcTicks / (double)TimeSpan.TicksPerDay;

    private IEnumerable<(string Entity, double AsOf, int Row)> EntriesFrom(string entity)
    {
        // The last block that begins before the entity may hold its first rows.
        var (low, high) = (0, _footer.Index.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_footer.Index[middle].First, entity) < 0) low = middle + 1;
            else high = middle;
        }

        for (var block = Math.Max(0, low - 1); block < _footer.Index.Count; block++)
        {
            foreach (var entry in EntriesOf(block)) yield return entry;
        }
    }

    private IEnumerable<(string Entity, double AsOf, int Row)> EntriesOf(int block)
    {
        using var reader = new BinaryReader(new MemoryStream(_file.Block(_footer.Index[block].Offset)), Encoding.UTF8);
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++) yield return (reader.ReadString(), reader.ReadDouble(), reader.ReadInt32());
    }

    private bool[] Kept(double limit)
    {
        var kept = new bool[Rows];
        for (var block = 0; block < _footer.Index.Count; block++)
        {
            foreach (var (_, asOf, row) in EntriesOf(block)) kept[row] = asOf <= limit;
        }

        return kept;
    }

    private FeatureField[] FieldsOf(int row)
    {
        var group = row / _footer.GroupRows;
        var block = _file.Block(_footer.Groups[group]);
        var fields = new FeatureField[_columns.Length];
        for (var column = 0; column < fields.Length; column++)
        {
            var cell = CellOf(block, RowsOf(group), column, row % _footer.GroupRows);
            var isText = _footer.Texts[column] is not null;
            fields[column] = new FeatureField(_columns[column].Name, _columns[column].Type, TextOf(column, cell), isText && !double.IsNaN(cell) ? CodedNaN.OfDouble(0) : cell);
        }

        return fields;
    }

    private int RowsOf(int group) => Math.Min(_footer.GroupRows, Rows - (group * _footer.GroupRows));

    private static double CellOf(byte[] block, int rows, int column, int row) =>
        BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReadUInt64LittleEndian(block.AsSpan(((column * rows) + row) * sizeof(double))));

    private string? TextOf(int column, double cell)
    {
        if (_footer.Texts[column] is { } offset && !double.IsNaN(cell)) return (_texts[column] ??= ReadTexts(offset))[(int)cell];
        Span<byte> bytes = stackalloc byte[FeatureCell.LongestNumber];
        var length = FeatureCell.Write(bytes, _columns[column], cell);
        return length == 0 ? null : Encoding.UTF8.GetString(bytes[..length]);
    }

    private string[] ReadTexts(long offset)
    {
        using var reader = new BinaryReader(new MemoryStream(_file.Block(offset)), Encoding.UTF8);
        var texts = new string[reader.ReadInt32()];
        for (var i = 0; i < texts.Length; i++) texts[i] = reader.ReadString();
        return texts;
    }
}
