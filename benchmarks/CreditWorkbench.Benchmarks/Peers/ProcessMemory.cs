using System.Globalization;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>Resident memory of this process as the kernel counts it.</summary>
internal static class ProcessMemory
{
    private const string StatusFile = "/proc/self/status";

    /// <summary>Most that was resident since the last reset, in MiB.</summary>
    public static double PeakMebibytes() => Read("VmHWM:");

    /// <summary>What is resident now, in MiB.</summary>
    public static double ResidentMebibytes() => Read("VmRSS:");

    /// <summary>Starts the peak anew, so that reading the data does not count as the work's memory. Without effect where the kernel
    /// refuses it; the peak then covers the whole process.</summary>
    public static void ResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (IOException)
        {
            Console.Error.WriteLine("The peak of memory could not be reset; it covers the whole process.");
        }
        catch (UnauthorizedAccessException)
        {
            Console.Error.WriteLine("The peak of memory could not be reset; it covers the whole process.");
        }
    }

    private static double Read(string field)
    {
        var line = File.ReadLines(StatusFile).First(text => text.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(field.Length, line.Length - field.Length - 2).Trim(), CultureInfo.InvariantCulture) / 1024.0;
    }
}
