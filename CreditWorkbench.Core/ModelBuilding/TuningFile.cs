using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A tuning record as a file: a line that names the run, then a line of JSON per trial. A line that a kill cut short is
/// dropped and its trial done again.</summary>
/// <param name="path">Path of the file; made when it is not there.</param>
public sealed class TuningFile(string path) : ITuningRecord
{
    /// <inheritdoc/>
    public Outcome<IReadOnlyList<TuningTrial>> Open(string run)
    {
        var whole = File.Exists(path) ? Whole(File.ReadAllText(path)) : [];
        if (whole.Length == 0)
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            Write(run + "\n", append: false);
            return Outcome<IReadOnlyList<TuningTrial>>.Success([]);
        }

        if (whole[0] != run) return TrainingProblems.CheckpointOfAnotherRun(path);
        var trials = new List<TuningTrial>();
        foreach (var line in whole[1..])
        {
            if (Trial(line) is not { } trial) return TrainingProblems.CheckpointUnreadable(path);
            trials.Add(trial);
        }

        Write(string.Concat(whole.Select(line => line + "\n")), append: false);
        return Outcome<IReadOnlyList<TuningTrial>>.Success(trials);
    }

    /// <inheritdoc/>
    public void Add(TuningTrial trial) => Write(JsonSerializer.Serialize(trial, TrainingResultJson.Options) + "\n", append: true);

    // What follows the last line feed was cut short.
    private static string[] Whole(string text)
    {
        var end = text.LastIndexOf('\n');
        return end < 0 ? [] : text[..end].Split('\n');
    }

    private static TuningTrial? Trial(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TuningTrial>(line, TrainingResultJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Write(string text, bool append)
    {
        using var stream = new FileStream(path, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }
}
