using System.IO.Compression;
using System.Text;
using CreditWorkbench.Core.Intake;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

public sealed class DelimitedReaderTests
{
    [Theory]
    [InlineData("a,b,c\n1,2,3\n4,5,6\n", ',')]
    [InlineData("a;b;c\r\n1;2;3\r\n4;5;6", ';')]
    [InlineData("a\tb\tc\r1\t2\t3\r4\t5\t6\r", '\t')]
    [InlineData("a|b|c\n1|2|3\n\n4|5|6\n\n", '|')]
    [InlineData("a  b c\n 1 2   3 \n4 5\t6\n", ' ')]
    public async Task Read_AnyDelimiterAndLineEnd_GivesTheSameTable(string text, char delimiter)
    {
        var table = await Tables.ReadAsync(text);

        Assert.Equal(delimiter, table.Layout.Delimiter);
        Assert.Equal(["a", "b", "c"], table.Names);
        Assert.Equal([["1", "2", "3"], ["4", "5", "6"]], table.Rows);
        Assert.Empty(table.Rejected);
    }

    [Fact]
    public async Task Read_QuotedCells_KeepDelimitersLineEndsAndQuotes()
    {
        var table = await Tables.ReadAsync("name,note\n\"Siti, A\",\"line 1\r\nline 2\"\n\"say \"\"yes\"\"\",\"\"\n");

        Assert.Equal([["Siti, A", "line 1\r\nline 2"], ["say \"yes\"", ""]], table.Rows);
    }

    [Fact]
    public async Task Read_DecimalCommaBetweenSemicolons_SplitsAtSemicolons()
    {
        var table = await Tables.ReadAsync("rate;amount\n1,5;2,25\n3,5;4,75\n");

        Assert.Equal([["1,5", "2,25"], ["3,5", "4,75"]], table.Rows);
    }

    [Fact]
    public async Task Read_WithoutHeader_NumbersTheColumns()
    {
        var table = await Tables.ReadAsync("1,2\n3,4\n", new FileReadOptions { HasHeader = false });

        Assert.Equal(["c1", "c2"], table.Names);
        Assert.Equal(2, table.Rows.Count);
    }

    [Fact]
    public async Task Read_EmptyFirstHeaderCell_IsNamedByItsPosition()
    {
        var table = await Tables.ReadAsync(",age\n1,30\n2,40\n");

        Assert.Equal(["column_1", "age"], table.Names);
    }

    [Fact]
    public async Task Read_TrailingDelimiterEverywhere_IsNoColumn_AndAFilledEndIsAShiftedRow()
    {
        var lines = string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},x,\n"));

        var table = await Tables.ReadAsync("a,b,\n" + lines + "7,x,y\n");

        Assert.Equal(["a", "b"], table.Names);
        Assert.Equal(30, table.Rows.Count);
        var problem = Assert.Single(table.Rejected);
        Assert.Equal(("row.shifted", 31L), (problem.Code, problem.Row!.Value));
    }

    [Fact]
    public async Task Read_RaggedRows_AreRejectedWithTheirRowAndCounts()
    {
        var table = await Tables.ReadAsync("a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n");

        Assert.Equal(2, table.Rows.Count);
        Assert.Equal([("row.cells", 2L), ("row.cells", 3L)], table.Rejected.Select(problem => (problem.Code, problem.Row!.Value)));
        Assert.Equal("Row 2: Expected 3 cells, found 2. Quote cells that hold the delimiter, or mend the row.", table.Rejected[0].ToString());
    }

    [Fact]
    public async Task Read_QuoteThatNeverCloses_RejectsItsLineAndReadsTheRest()
    {
        var table = await Tables.ReadAsync("a,b\n1,\"open\n2,x\n3,y\n");

        Assert.Equal([["2", "x"], ["3", "y"]], table.Rows);
        Assert.Equal(("row.quote.open", 1L), (table.Rejected[0].Code, table.Rejected[0].Row!.Value));
    }

    [Fact]
    public async Task Read_TextBehindAQuote_RejectsTheRow()
    {
        var table = await Tables.ReadAsync("a,b\n\"x\"y,1\n2,3\n");

        Assert.Equal("row.quote.stray", Assert.Single(table.Rejected).Code);
        Assert.Equal([["2", "3"]], table.Rows);
    }

    [Fact]
    public async Task Read_OversizedCell_IsRejectedAndNamesTheColumn()
    {
        var table = await Tables.ReadAsync($"a,b\n1,{new string('x', 500_000)}\n2,y\n");

        var problem = Assert.Single(table.Rejected);
        Assert.Equal(("cell.too-long", "b"), (problem.Code, problem.Field));
        Assert.Equal([["2", "y"]], table.Rows);
    }

    [Fact]
    public async Task Read_RecordsAcrossWindowEnds_StayWhole()
    {
        var text = new StringBuilder("id,note,end\n");
        for (var i = 0; i < 60_000; i++) text.Append(i).Append(",\"note \"\"").Append(i).Append("\"\"\",z\r\n");

        var table = await Tables.ReadAsync(text.ToString());

        Assert.Empty(table.Rejected);
        Assert.Equal(60_000, table.Rows.Count);
        Assert.All(table.Rows, (row, i) => Assert.Equal([$"{i}", $"note \"{i}\"", "z"], row));
    }

    [Theory]
    [InlineData("utf-8", "utf-8")]
    [InlineData("utf-16", "utf-16")]
    [InlineData("utf-16BE", "utf-16BE")]
    public async Task Read_ByteOrderMark_IsObeyedAndIsNoPartOfTheHeader(string encodingName, string detected)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("naïve,Zürich\n1,é\n")];

        var table = await Tables.ReadAsync(bytes);

        Assert.Equal(["naïve", "Zürich"], table.Names);
        Assert.Equal([["1", "é"]], table.Rows);
        Assert.Equal(detected, table.Layout.Encoding);
    }

    [Fact]
    public async Task Read_Latin1_IsReadAsWestern()
    {
        var table = await Tables.ReadAsync(Encoding.Latin1.GetBytes("nome,ofício\nJoão,pão\n"));

        Assert.Equal("windows-1252", table.Layout.Encoding);
        Assert.Equal(["nome", "ofício"], table.Names);
        Assert.Equal([["João", "pão"]], table.Rows);
    }

    [Fact]
    public async Task Read_FirstLatin1LetterFarBehindTheSample_IsStillRead()
    {
        var text = "a,b\n" + string.Concat(Enumerable.Repeat("1,plain\n", 50_000)) + "2,João\n";

        var table = await Tables.ReadAsync(Encoding.Latin1.GetBytes(text));

        Assert.Equal(["2", "João"], table.Rows[^1]);
        Assert.Empty(table.Rejected);
    }

    [Fact]
    public async Task Read_BrokenCharacterInAUtf8File_RejectsOnlyThatRow()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("1,é\n", 70_000))), .. "2,"u8, 0xE9, .. "\n3,x\n"u8];

        var table = await Tables.ReadAsync(bytes);

        Assert.Equal(("row.encoding", 70_001L), (table.Rejected[0].Code, table.Rejected[0].Row!.Value));
        Assert.Equal(["3", "x"], table.Rows[^1]);
    }

    [Fact]
    public async Task Read_NulFarBehindTheSample_RejectsTheRow()
    {
        var table = await Tables.ReadAsync("a,b\n" + string.Concat(Enumerable.Repeat("1,plain\n", 50_000)) + "2,\0\n3,x\n");

        Assert.Equal("row.nul", Assert.Single(table.Rejected).Code);
        Assert.Equal(["3", "x"], table.Rows[^1]);
    }

    [Theory]
    [InlineData("", "file.empty")]
    [InlineData("\n \r\n", "file.empty")]
    [InlineData("a,b,c\n", "file.rows.none")]
    [InlineData("a,b,c", "file.rows.none")]
    [InlineData("abc\n1\n2\n", "file.delimiter")]
    [InlineData("a,b\n1,\0\n", "file.binary")]
    [InlineData("a,b,a\n1,2,3\n", "file.header.duplicate")]
    public async Task Open_UnusableFile_IsRefused(string text, string code)
    {
        var problem = await Tables.RefusalAsync(text);

        Assert.Equal(code, problem.Code);
        Assert.NotNull(problem.Remedy);
    }

    [Fact]
    public async Task Open_DuplicateHeader_NamesBothPositions()
    {
        var problem = await Tables.RefusalAsync("age,income,age\n1,2,3\n");

        Assert.Equal("The header names `age` twice, at positions 1 and 3.", problem.Message);
        Assert.Equal("age", problem.Field);
    }

    [Fact]
    public async Task Open_EmptyFile_SpeaksAsTheWordingSheetDoes()
    {
        var problem = await Tables.RefusalAsync("");

        Assert.Equal("The file is empty. Choose a CSV file with a header row and at least one data row.", problem.ToString());
    }

    [Fact]
    public async Task Open_GivenDelimiterThatSplitsNothing_SaysSo()
    {
        var problem = await Tables.RefusalAsync("a,b\n1,2\n", new FileReadOptions { Delimiter = ';' });

        Assert.Equal("file.delimiter", problem.Code);
        Assert.Contains("';'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AbsentFile_IsAProblem()
    {
        var opened = await TabularFile.OpenAsync("no-such-file.csv", FileReadOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal("file.absent", Assert.Single(opened.Problems).Code);
    }

    [Fact]
    public async Task Read_Gzip_IsUnpacked()
    {
        var table = await Tables.ReadAsync(Packed.Gzip("a,b\n1,2\n"u8));

        Assert.Equal(FilePacking.Gzip, table.Layout.Packing);
        Assert.Equal([["1", "2"]], table.Rows);
    }

    [Fact]
    public async Task Read_TruncatedGzip_IsRefusedNotCutShort()
    {
        var whole = Packed.Gzip(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i},{i * 7919 % 1009}\n"))));

        var table = await Tables.ReadAsync(whole[..(whole.Length * 9 / 10)]);

        Assert.Equal("file.broken", table.Refusal?.Code);
    }

    [Fact]
    public async Task Read_ZipWithOneDataEntry_IsUnpacked_AndOthersAreRefused()
    {
        var one = await Tables.ReadAsync(Packed.Zip(("folder/data.csv", "a,b\n1,2\n"), ("__MACOSX/folder/._data.csv", "x")));
        var two = await Tables.RefusalAsync(Packed.Zip(("a.csv", "a,b\n1,2\n"), ("b.csv", "a,b\n1,2\n")));
        var none = await Tables.RefusalAsync(Packed.Zip());
        var workbook = await Tables.RefusalAsync(Packed.Zip(("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")));

        Assert.Equal([["1", "2"]], one.Rows);
        Assert.Equal("The zip holds 2 data files: a.csv, b.csv.", two.Message);
        Assert.Equal("file.zip.entries", none.Code);
        Assert.Equal("file.workbook", workbook.Code);
    }

    [Fact]
    public async Task Read_ZipWithOneBitFlipped_IsRefused()
    {
        var zip = Packed.Zip(("data.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},{i * 7919 % 1009}\n"))));
        var at = zip.AsSpan().IndexOf("data.csv"u8) + 8;
        var refused = 0;

        for (var bit = 0; bit < 64; bit++)
        {
            var damaged = zip.ToArray();
            damaged[at + 200 + bit * 7] ^= 1;
            refused += (await Tables.RefusalAsync(damaged)).Code == "file.broken" ? 1 : 0;
        }

        Assert.Equal(64, refused);
    }

    [Fact]
    public async Task Read_BombBeyondTheRatio_IsRefused()
    {
        var bomb = Packed.Gzip(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 1_000_000))));

        var table = await Tables.ReadAsync(bomb, new FileReadOptions { RatioFreeBytes = 1 << 20 });
        var opened = await Tables.OpenAsync(bomb, new FileReadOptions { MaxBytes = 100_000 });

        Assert.Equal("file.ratio", table.Refusal?.Code);
        Assert.Equal("file.too-large", Assert.Single(opened.Problems).Code);
    }
}
