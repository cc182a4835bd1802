namespace CreditWorkbench.Web.Commands;

/// <summary>Progress of a verb on standard error: one line, rewritten on a terminal; a line per phase elsewhere.</summary>
public sealed class ConsoleProgress : IProgress<(string Phase, double Share)>
{
    private readonly Lock _gate = new();
    private readonly bool _rewrites = !Console.IsErrorRedirected;
    private string _phase = "";
    private int _percent = -1;

    /// <inheritdoc/>
    public void Report((string Phase, double Share) value)
    {
        var percent = (int)Math.Clamp(value.Share * 100, 0, 100);
        lock (_gate)
        {
            if (value.Phase == _phase && (percent == _percent || !_rewrites)) return;
            if (_rewrites) Console.Error.Write($"\r{value.Phase,-40} {percent,3} %");
            else Console.Error.WriteLine(value.Phase);
            (_phase, _percent) = (value.Phase, percent);
        }
    }

    /// <summary>Ends the line.</summary>
    public void Done()
    {
        lock (_gate)
        {
            if (_rewrites && _phase.Length > 0) Console.Error.WriteLine();
            _phase = "";
        }
    }
}
