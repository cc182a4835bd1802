using System.Globalization;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Whether a load is good enough to replace the last one.</summary>
internal static class StagingGateCheck
{
    private const int CodesNamed = 3;

    /// <summary>What the gate objects to; nothing where there is no gate.</summary>
    public static IReadOnlyList<string> Of(StagingGate? gate, IReadOnlyList<StagingTableReport> tables)
    {
        if (gate is null) return [];
        var objections = new List<string>();
        foreach (var table in tables.Where(table => table.PassRate < gate.MinPassRate))
        {
            var codes = table.Findings.OrderByDescending(code => code.Value).Take(CodesNamed).Select(code => $"{code.Key} ({code.Value})");
            objections.Add(string.Create(CultureInfo.InvariantCulture, $"{table.Table}: {table.PassRate:P1} of rows passed, {gate.MinPassRate:P1} are needed; most frequent: {string.Join(", ", codes)}."));
        }

        foreach (var (column, limit) in gate.MaxMissing)
        {
            foreach (var table in tables.Where(table => table.Missing.TryGetValue(column, out var share) && share > limit))
                objections.Add(string.Create(CultureInfo.InvariantCulture, $"{table.Table}.{column}: {table.Missing[column]:P1} of values are missing, {limit:P1} are allowed."));
        }

        return objections;
    }
}
