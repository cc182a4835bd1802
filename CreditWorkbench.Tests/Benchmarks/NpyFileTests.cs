using System.Text;
using CreditWorkbench.Benchmarks.Peers;
using Xunit;

namespace CreditWorkbench.Tests.Benchmarks;

public sealed class NpyFileTests
{
    private const string Header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    private static readonly float[] Cells = [0f, 1.5f, float.NaN, 1f, -2f, 3e10f];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_EveryVersion_GivesTheCellsRowByRow(byte version)
    {
        var bytes = Bytes(version, Header, Cells);

        var file = NpyFile.Read(new MemoryStream(bytes));

        Assert.Equal((2, 3), (file.Rows, file.Columns));
        Assert.Equal(Cells, file.Values);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }")]
    public void Read_OtherArrays_AreRefused(string header) =>
        Assert.Throws<InvalidDataException>(() => NpyFile.Read(new MemoryStream(Bytes(1, header, Cells))));

    [Theory]
    [InlineData(4)]
    [InlineData(40)]
    [InlineData(140)]
    public void Read_CutShort_IsRefused(int length)
    {
        var bytes = Bytes(1, Header, Cells);

        Assert.Throws<InvalidDataException>(() => NpyFile.Read(new MemoryStream(bytes[..length])));
    }

    private static byte[] Bytes(byte version, string header, float[] cells)
    {
        var fixedLength = version == 1 ? 10 : 12;
        var text = header.PadRight(127 - fixedLength) + "\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.ASCII.GetBytes(text), .. cells.SelectMany(BitConverter.GetBytes)];
    }
}
