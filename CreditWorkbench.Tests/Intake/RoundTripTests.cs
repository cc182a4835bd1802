using System.Text;
using CreditWorkbench.Core.Intake;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

/// <summary>Any table, written with any delimiter, line end, quoting, encoding and packing, is read as the same table.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Pieces = ["", "7", "-1.5", "x", "é", "\"", "a,b", "c;d", "e|f", "g\th", "two words", " edge ", "line\nbreak", "line\r\nbreak", "ß", "NA", "it's"];

    public static TheoryData<char, string, string, bool> Layouts()
    {
        var layouts = new TheoryData<char, string, string, bool>();
        foreach (var delimiter in ",;\t| ")
        {
            foreach (var lineEnd in (string[])["\n", "\r\n", "\r"])
            {
                foreach (var encoding in (string[])["utf-8", "utf-16", "utf-16BE", "latin1"]) layouts.Add(delimiter, lineEnd, encoding, (delimiter + lineEnd.Length + encoding.Length) % 2 == 0);
            }
        }

        return layouts;
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Read_AnyWrittenTable_IsTheSame(char delimiter, string lineEnd, string encodingName, bool packed)
    {
        var random = new Random(delimiter * 31 + lineEnd.Length * 7 + lineEnd[0] + encodingName.Length);
        var encoding = encodingName == "latin1" ? Encoding.Latin1 : Encoding.GetEncoding(encodingName);

        for (var trial = 0; trial < 20; trial++)
        {
            var columns = random.Next(2, 9);
            var names = Enumerable.Range(1, columns).Select(i => $"näme {i}").ToArray();
            var rows = Enumerable.Range(0, random.Next(1, 60)).Select(_ => Enumerable.Range(0, columns).Select(i => i == 0 ? $"{random.Next()}" : Pieces[random.Next(Pieces.Length)]).ToArray()).ToList();
            byte[] bytes = [.. encodingName == "latin1" ? [] : encoding.GetPreamble(), .. encoding.GetBytes(Write([names, .. rows], delimiter, lineEnd, random))];

            var table = await Tables.ReadAsync(packed ? Packed.Gzip(bytes) : bytes, new FileReadOptions { Delimiter = delimiter });

            Assert.Equal(names, table.Names);
            Assert.Empty(table.Rejected);
            Assert.Equal(rows, table.Rows);
        }
    }

    private static string Write(IEnumerable<string[]> rows, char delimiter, string lineEnd, Random random)
    {
        var text = new StringBuilder();
        foreach (var row in rows) text.AppendJoin(delimiter, row.Select(cell => Quote(cell, delimiter, random))).Append(lineEnd);
        return text.ToString();
    }

    private static string Quote(string cell, char delimiter, Random random)
    {
        var must = cell.AsSpan().IndexOfAny(" \t\r\n\"") >= 0 || cell.Contains(delimiter) || (cell.Length == 0 && delimiter == ' ');
        return must || random.Next(4) == 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }
}
