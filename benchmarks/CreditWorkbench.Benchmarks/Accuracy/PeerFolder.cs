using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Benchmarks.Accuracy;

/// <summary>What a peer did with the matrices.</summary>
/// <param name="Name">Package and version.</param>
/// <param name="Risk">Out-of-fold risk per row.</param>
/// <param name="Grid">Mean AUC per grid point; empty for tasks without a grid.</param>
/// <param name="Seconds">Time of its run.</param>
internal sealed record PeerRun(string Name, double[] Risk, double[] Grid, double Seconds);

/// <summary>Hands matrices, folds and grid to a peer through files, and takes its out-of-fold risks.</summary>
internal sealed class PeerFolder(string folder, string python)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Writes everything that a peer needs.</summary>
    public void Write(LabelledDataset dataset, IReadOnlyList<DataFold> folds, int seed, int threads)
    {
        Directory.CreateDirectory(folder);
        var features = dataset.Features;
        WriteArray("x", "<f4", fortran: true, [features.Rows, features.Columns.Count], MemoryMarshal.AsBytes(Plain(features).AsSpan()));
        WriteArray("y", "|u1", fortran: false, [dataset.Rows], dataset.Outcomes);
        var held = new byte[dataset.Rows];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            foreach (var row in folds[fold].Held) held[row] = (byte)fold;
        }

        WriteArray("folds", "|u1", fortran: false, [dataset.Rows], held);
        File.WriteAllText(Path.Combine(folder, "spec.json"), JsonSerializer.Serialize(new
        {
            seed,
            threads,
            grid = GridPoint.All,
            GridPoint.RowShare,
            GridPoint.ColumnShare,
            forest = new { OurEngines.Forest.Trees, OurEngines.Forest.Depth, OurEngines.Forest.MinSplit },
            categories = features.Columns.Select(column => column.IsCategory),
        }, Options));
    }

    /// <summary>Runs a task of the peer.</summary>
    /// <param name="task">boosting or forest.</param>
    public async Task<PeerRun> RunAsync(string task)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Accuracy", "accuracy_peers.py");
        using var process = Process.Start(new ProcessStartInfo(python, [script, folder, task])) ?? throw new InvalidOperationException($"{python} does not start.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{python} {script} ended with {process.ExitCode}.");
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, $"peer-{task}.json")));
        var root = report.RootElement;
        return new PeerRun(
            root.GetProperty("peer").GetString()!,
            MemoryMarshal.Cast<byte, double>(await File.ReadAllBytesAsync(Path.Combine(folder, $"peer-{task}.f64"))).ToArray(),
            [.. root.GetProperty("grid").EnumerateArray().Select(auc => auc.GetDouble())],
            root.GetProperty("seconds").GetDouble());
    }

    // A special code is the number that it stands for in the file, as a user of the peer would leave it.
    private static float[] Plain(FeatureMatrix features)
    {
        var values = (float[])features.Values.Clone();
        for (var column = 0; column < features.Columns.Count; column++)
        {
            float[] codes = [.. features.Columns[column].SpecialCodes.Select((code, i) => float.TryParse(code, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : -1_000_000 - i)];
            foreach (ref var cell in values.AsSpan(column * features.Rows, features.Rows))
            {
                if (float.IsNaN(cell) && CodedNaN.CodeOf(cell) is var code and > 0) cell = codes[code - 1];
            }
        }

        return values;
    }

    private void WriteArray(string name, string type, bool fortran, int[] shape, ReadOnlySpan<byte> bytes)
    {
        var text = $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({string.Join(", ", shape)}{(shape.Length == 1 ? "," : "")}), }}";
        // Magic, version and length are 10 bytes; the header ends with a line feed at a multiple of 64.
        var padded = text + new string(' ', 63 - (10 + text.Length) % 64) + "\n";
        using var stream = File.Create(Path.Combine(folder, name + ".npy"));
        stream.Write([0x93, .. "NUMPY"u8, 1, 0]);
        stream.Write(BitConverter.GetBytes((ushort)padded.Length));
        stream.Write(Encoding.ASCII.GetBytes(padded));
        stream.Write(bytes);
    }
}
