using System.Text.Json;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>One run of a task of ours or of a peer, read from the JSON line that its process prints last.</summary>
/// <param name="Fields">The line.</param>
/// <param name="Busy">CPU seconds over (wall seconds x threads); null where the line has no clocks.</param>
internal sealed record TaskRun(JsonElement Fields, double? Busy)
{
    /// <summary>Reads the last line of an output.</summary>
    /// <param name="output">Standard output of the process.</param>
    /// <param name="threads">Threads that it was given.</param>
    /// <exception cref="JsonException">The last line is not a JSON object.</exception>
    public static TaskRun Parse(string output, int threads)
    {
        var fields = JsonElement.Parse(output.TrimEnd().Split('\n')[^1]);
        if (fields.ValueKind != JsonValueKind.Object) throw new JsonException("The last line of a task is a JSON object.");
        var busy = Number(fields, "busy");
        if (busy is null && Number(fields, "wall_s") is { } wall && Number(fields, "cpu_s") is { } cpu) busy = cpu / (wall * threads);
        return new TaskRun(fields, busy);
    }

    /// <summary>A number; of a list the first; null where there is none.</summary>
    public double? this[string field] => Number(Fields, field);

    private static double? Number(JsonElement fields, string name)
    {
        if (!fields.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0) value = value[0];
        return value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
    }
}
