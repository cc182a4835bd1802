using System.Buffers;
using System.Text;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Gathers scored blocks into parts. Where a part ends depends on its rows and bytes only, so a part that is written again has the same bytes.</summary>
internal sealed class BatchParts
{
    private const int PartBytes = 8 << 20;
    private readonly IBatchFiles _files;
    private readonly Guid _id;
    private readonly int _partRows;
    private readonly ArrayBufferWriter<byte> _lines = new(PartBytes + (1 << 20));
    private readonly List<BatchError> _errors = [];
    private readonly Dictionary<string, long> _challenged = [];
    private int _next;
    private long _rows;
    private long _rejected;

    /// <summary>Goes on behind finished parts; the first part begins with the header.</summary>
    public BatchParts(IBatchFiles files, Guid id, IReadOnlyList<BatchPart> finished, string header, int partRows)
    {
        (_files, _id, _partRows, _next, Counts) = (files, id, partRows, finished.Count, BatchCounts.Of(finished));
        if (_next == 0) _lines.Write(Encoding.UTF8.GetBytes(header));
    }

    /// <summary>Rows taken so far, finished parts included.</summary>
    public BatchCounts Counts { get; private set; }

    /// <summary>Takes a block.</summary>
    public async ValueTask AddAsync(ScoredBlock block, CancellationToken cancellationToken)
    {
        _lines.Write(block.Csv.Span);
        (_rows, _rejected) = (_rows + block.Rows, _rejected + block.Errors.Count);
        _errors.AddRange(block.Errors.Take(Math.Max(0, BatchCounts.MostErrors - _errors.Count)));
        if (block.Challenged is (var release, var rows)) _challenged[release.Hex] = _challenged.GetValueOrDefault(release.Hex) + rows;
        Counts = Counts.Plus(block.Rows, block.Errors.Count, block.Errors);
        if (_lines.WrittenCount >= PartBytes || _rows >= _partRows) await FlushAsync(cancellationToken);
    }

    /// <summary>Writes what is gathered.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_rows == 0) return;
        await _files.WritePartAsync(_id, new BatchPart(_next++, Counts.Rows, _rejected, [.. _errors], _challenged.Count == 0 ? null : new Dictionary<string, long>(_challenged)), _lines.WrittenMemory, cancellationToken);
        (_rows, _rejected) = (0, 0);
        _errors.Clear();
        _challenged.Clear();
        _lines.ResetWrittenCount();
    }
}
