using System.Buffers.Binary;
using System.Text;
using CreditWorkbench.Core.Intake;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

public sealed class OtherFormatsTests
{
    [Fact]
    public async Task Arff_QuotedNamesNominalsCommentsAndMissing_AreRead()
    {
        const string Text = "% made by hand\n@RELATION 'a b'\n\n@attribute 'net profit / assets' numeric\n@ATTRIBUTE class {b'0',b'1'}\n@attribute kind {'two words', it\\'s, plain}\n@data\n% none\n0.5,b'1','two words'\n?, b'0' ,plain\n\n1,b'1','plain'\n";

        var table = await Tables.ReadAsync(Text);

        Assert.Equal(["net profit / assets", "class", "kind"], table.Names);
        Assert.Equal(["0", "1"], table.Layout.Columns[1].Levels);
        Assert.Equal([["0.5", "1", "two words"], ["?", "0", "plain"], ["1", "1", "plain"]], table.Rows);
        Assert.Empty(table.Rejected);
    }

    [Fact]
    public async Task Arff_UnlistedNominalAndRaggedRow_AreRejected()
    {
        var table = await Tables.ReadAsync("@relation r\n@attribute x real\n@attribute y {0,1}\n@data\n1,2\n1\n1,0\n");

        Assert.Equal([("cell.value.unlisted", 1L), ("row.cells", 2L)], table.Rejected.Select(problem => (problem.Code, problem.Row!.Value)));
        Assert.Equal([["1", "0"]], table.Rows);
    }

    [Theory]
    [InlineData("@relation r\n@attribute x real\n@attribute y real\n@data\n{0 1, 1 2}\n", "file.arff.sparse")]
    [InlineData("@relation r\n@attribute x real\n@attribute y real\n@data\n", "file.rows.none")]
    [InlineData("@relation r\n@attribute x real\n@attribute y fuzzy\n@data\n1,2\n", "file.arff")]
    [InlineData("@relation r\n@attribute x real\n@attribute x real\n@data\n1,2\n", "file.header.duplicate")]
    [InlineData("@relation r\n@attribute x real\n@attribute y real\n", "file.arff")]
    public async Task Arff_UnusableFile_IsRefused(string text, string code)
    {
        var problem = await Tables.RefusalAsync(text);

        Assert.Equal(code, problem.Code);
    }

    [Fact]
    public async Task JsonLines_FlatObjects_AreRowsInAnyOrderOfNames()
    {
        var table = await Tables.ReadAsync("{\"a\":1.50,\"b\":\"x\\ny\"}\n\n{\"b\":null,\"a\":true}\r\n{\"a\":-2e3,\"c\":\"é\"}\n");

        Assert.Equal(FileFormat.JsonLines, table.Layout.Format);
        Assert.Equal(["a", "b", "c"], table.Names);
        Assert.Equal([["1.50", "x\ny", ""], ["1", "", ""], ["-2e3", "", "é"]], table.Rows);
    }

    [Fact]
    public async Task JsonLines_BrokenRows_AreRejectedAndTheRestIsRead()
    {
        var filler = string.Concat(Enumerable.Repeat("{\"a\":1,\"b\":2}\n", 30_000));

        var table = await Tables.ReadAsync(filler + "{\"a\":1,\n{\"a\":[1],\"b\":2}\n{\"a\":1,\"z\":2}\n{\"a\":1,\"a\":2}\n{\"a\":1} x\n{\"a\":3,\"b\":4}\n");

        Assert.Equal(["row.json", "row.json.nested", "row.column.unknown", "row.column.twice", "row.json"], table.Rejected.Select(problem => problem.Code));
        Assert.Equal(30_001, table.Rejected[0].Row);
        Assert.Equal(["3", "4"], table.Rows[^1]);
    }

    [Fact]
    public async Task JsonArray_FlatObjects_AreRows()
    {
        var table = await Tables.ReadAsync(" [ {\"a\":1,\"b\":\"}\\\"{\"} ,\n {\"b\":\"y\",\"a\":2} ]\n");

        Assert.Equal(FileFormat.JsonArray, table.Layout.Format);
        Assert.Equal([["1", "}\"{"], ["2", "y"]], table.Rows);
        Assert.Null(table.Refusal);
    }

    [Fact]
    public async Task JsonArray_ThatBreaksOff_IsRefusedWithTheRow()
    {
        var table = await Tables.ReadAsync("[{\"a\":1,\"b\":2},{\"a\":3,\"b\":");

        Assert.Equal(("file.json", 2L), (table.Refusal!.Code, table.Refusal.Row!.Value));
        Assert.Single(table.Rows);
    }

    [Theory]
    [InlineData("[]", "file.rows.none")]
    [InlineData("[1,2]", "file.json")]
    [InlineData("{oops\n", "file.json")]
    public async Task Json_UnusableFile_IsRefused(string text, string code)
    {
        var problem = await Tables.RefusalAsync(text);

        Assert.Equal(code, problem.Code);
    }

    [Fact]
    public async Task Npy_Float32Matrix_KeepsEveryBit()
    {
        float[] values = [1.5f, -0.1f, float.NaN, 3.4028235E38f, -1.17549435E-38f, 7f];

        var table = await Tables.ReadAsync(Npy("<f4", "(3, 2)", values));

        Assert.Equal(["c1", "c2"], table.Names);
        Assert.Equal(values, table.Rows.SelectMany(row => row).Select(cell => float.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Npy_OtherArrays_AreRefused()
    {
        var wide = await Tables.RefusalAsync(Npy("<f8", "(1, 2)", [1, 2]));
        var flat = await Tables.RefusalAsync(Npy("<f4", "(2,)", [1, 2]));
        var cut = await Tables.ReadAsync(Npy("<f4", "(3, 2)", [1, 2, 3, 4]));

        Assert.Equal(("file.npy", "file.npy"), (wide.Code, flat.Code));
        Assert.Equal("The file ends after 2 of 3 rows.", cut.Refusal!.Message);
    }

    private static byte[] Npy(string kind, string shape, float[] values)
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n");
        var bytes = new byte[10 + header.Length + values.Length * 4];
        ((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]).CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)header.Length);
        header.CopyTo(bytes, 10);
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(10 + header.Length + i * 4), values[i]);
        return bytes;
    }
}
