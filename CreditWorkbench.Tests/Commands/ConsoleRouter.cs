using System.Text;

namespace CreditWorkbench.Tests.Commands;

/// <summary>Sends what a verb writes to the test that runs it, so that verbs of several tests may run side by side.</summary>
internal sealed class ConsoleRouter : TextWriter
{
    private static readonly AsyncLocal<StringWriter?> _out = new();
    private static readonly AsyncLocal<StringWriter?> _error = new();
    private static readonly Lock _gate = new();
    private static bool _installed;
    private readonly AsyncLocal<StringWriter?> _current;
    private readonly TextWriter _otherwise;

    private ConsoleRouter(AsyncLocal<StringWriter?> current, TextWriter otherwise) => (_current, _otherwise) = (current, otherwise);

    public override Encoding Encoding => _otherwise.Encoding;

    private TextWriter Target => _current.Value is { } writer ? Synchronized(writer) : _otherwise;

    /// <summary>Runs something and gives back what it wrote.</summary>
    public static async Task<(T Result, string Out, string Error)> RunAsync<T>(Func<Task<T>> run)
    {
        Install();
        using StringWriter written = new(), complained = new();
        (_out.Value, _error.Value) = (written, complained);
        var result = await run();
        (_out.Value, _error.Value) = (null, null);
        return (result, written.ToString(), complained.ToString());
    }

    public override void Write(char value) => Target.Write(value);

    public override void Write(string? value) => Target.Write(value);

    public override void WriteLine(string? value) => Target.WriteLine(value);

    public override Task WriteLineAsync(string? value) => Target.WriteLineAsync(value);

    private static void Install()
    {
        lock (_gate)
        {
            if (_installed) return;
            Console.SetOut(new ConsoleRouter(_out, Console.Out));
            Console.SetError(new ConsoleRouter(_error, Console.Error));
            _installed = true;
        }
    }
}
