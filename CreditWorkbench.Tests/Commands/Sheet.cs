using System.Globalization;
using CreditWorkbench.Core.Intake;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

/// <summary>A CSV file in memory.</summary>
internal sealed record Sheet(IReadOnlyList<string> Header, IReadOnlyList<string[]> Rows)
{
    public static Sheet Read(string path)
    {
        var records = File.ReadAllLines(path).Select(Cells).ToList();
        Assert.All(records, record => Assert.Equal(records[0].Length, record.Length));
        return new Sheet(records[0], records[1..]);
    }

    public IReadOnlyList<string> Column(string name) => [.. Rows.Select(row => row[IndexOf(name)])];

    public double Number(int row, string name) => double.Parse(Rows[row][IndexOf(name)], CultureInfo.InvariantCulture);

    private int IndexOf(string name) => Header.ToList().IndexOf(name) is var index and >= 0 ? index : throw new ArgumentException($"There is no column {name}.");

    // Quotes are doubled within quotes; no cell of these files holds a line end.
    private static string[] Cells(string line)
    {
        var (cells, cell, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(line[i]);
        }

        return [.. cells, cell.ToString()];
    }
}
