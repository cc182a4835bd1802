using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Core.Staging;

/// <summary>Findings of a run as CSV lines in encrypted blocks: memory stays bounded, however many there are. Several threads may add.</summary>
internal sealed class QuarantineFile : IDisposable
{
    /// <summary>Header of the file that people download.</summary>
    public const string Header = "table,file,row,code,verdict,column,value,remedy";

    private const int BlockSize = 1 << 18;
    private readonly Lock _adding = new();
    private readonly SealedFileWriter _file;
    private readonly long _most;
    private readonly StringBuilder _waiting = new();

    public QuarantineFile(string path, Guid id, IZoneSealer sealer, long most) => (_file, _most) = (new SealedFileWriter(path, id, sealer), most);

    /// <summary>Findings told so far; beyond the limit they are counted and not kept.</summary>
    public long Count { get; private set; }

    public void Add(StagingFinding finding)
    {
        string[] cells = [finding.Table, finding.File, finding.Row.ToString(CultureInfo.InvariantCulture), finding.Code, finding.Verdict.ToString(), finding.Column ?? "", finding.Value ?? "", finding.Remedy];
        var line = CsvText.Line(cells.Select(Harmless));
        lock (_adding)
        {
            if (++Count > _most) return;
            _waiting.Append(line).Append('\n');
            if (_waiting.Length >= BlockSize) Empty();
        }
    }

    /// <summary>Ends the file; it appears under its name.</summary>
    public void Finish()
    {
        lock (_adding)
        {
            if (Count > _most) _waiting.Append(CultureInfo.InvariantCulture, $"# {Count - _most} further findings are counted in the report and not listed.\n");
            if (_waiting.Length > 0) Empty();
            _file.Finish("quarantine"u8);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The lines of a finished file, without the header.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IEnumerable<string> Lines(string path, Guid id, IZoneSealer sealer)
    {
        using var reader = new SealedFileReader(path, id, sealer);
        for (var at = 0L; at < reader.FooterAt;)
        {
            var block = Encoding.UTF8.GetString(reader.Block(at, out at));
            foreach (var line in block.Split('\n', StringSplitOptions.RemoveEmptyEntries)) yield return line;
        }
    }

    private void Empty()
    {
        _file.Add(Encoding.UTF8.GetBytes(_waiting.ToString()));
        _waiting.Clear();
    }

    // A spreadsheet must not run what a bad delivery holds, and a line of the file is one line.
    private static string Harmless(string cell) => CsvText.Harmless(cell.ReplaceLineEndings(" ").Replace('\n', ' '));
}
