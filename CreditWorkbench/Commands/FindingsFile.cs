using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Web.Commands;

/// <summary>The file for findings of an <c>etl</c> run, written while they are made: memory does not grow with them. It appears when the
/// run has ended, and only where there are findings.</summary>
internal sealed class FindingsFile : IDisposable
{
    private readonly string? _path;
    private StreamWriter? _writer;

    /// <param name="path">File; null to count only.</param>
    public FindingsFile(string? path) => _path = path is null ? null : Path.GetFullPath(path);

    /// <summary>Findings so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a finding.</summary>
    public void Add(StagingFinding finding)
    {
        Count++;
        if (_path is null) return;
        if (_writer is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            _writer = new StreamWriter(Draft, append: false, new UTF8Encoding(false), 1 << 16);
            _writer.WriteLine("table,file,row,code,verdict,column,value,remedy");
        }

        string[] cells = [finding.Table, finding.File, finding.Row.ToString(CultureInfo.InvariantCulture), finding.Code, finding.Verdict.ToString(), finding.Column ?? "", finding.Value ?? "", finding.Remedy];
        _writer.WriteLine(CsvText.Line(cells.Select(CsvText.Harmless)));
    }

    /// <summary>Ends the file; it appears under its name.</summary>
    public void Finish()
    {
        if (_writer is null) return;
        _writer.Dispose();
        _writer = null;
        File.Move(Draft, _path!, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_writer is null) return;
        _writer.Dispose();
        File.Delete(Draft);
    }

    private string Draft => _path + ".part";
}
