using System.Text;
using System.Text.Json;
using CreditWorkbench.Web.Endpoints;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>Numbers and texts as System.Text.Json writes them, byte for byte.</summary>
public sealed class JsonBytesTests
{
    [Fact]
    public void Text_OfEveryCharacter_IsWhatTheWriterWrites()
    {
        var bytes = new JsonBytes();
        for (var code = 0; code < char.MaxValue; code++)
        {
            if (char.IsSurrogate((char)code)) continue;
            var text = $"a{(char)code}b";

            bytes.Clear();
            bytes.Text(text);

            Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(text), bytes.Written.ToArray());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("🙂 two 🙂 beyond the plane")]
    [InlineData("−12,5 % of \"income\" & <more>")]
    public void Text_OfAnyLength_IsWhatTheWriterWrites(string part)
    {
        foreach (var times in (int[])[1, 2, 50, 5_000])
        {
            var text = string.Concat(Enumerable.Repeat(part, times));
            var bytes = new JsonBytes();

            bytes.Text(text);
            bytes.Text(text);

            var expected = JsonSerializer.SerializeToUtf8Bytes(text);
            Assert.Equal([.. expected, .. expected], bytes.Written.ToArray());
        }
    }

    [Fact]
    public void Number_OfAnySize_IsWhatTheWriterWrites()
    {
        var draw = new Random(7);
        var bytes = new JsonBytes();
        double[] edges = [0, -0.0, 1, -1, 0.1, 1e21, 1e-7, double.MaxValue, double.Epsilon, float.MaxValue, 0.1f];

        foreach (var value in edges.Concat(Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(draw.NextInt64(long.MinValue, long.MaxValue)))).Where(double.IsFinite))
        {
            bytes.Clear();
            bytes.Number(value);

            Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(value), bytes.Written.ToArray());
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Number_ThatIsNone_IsRefused(double value) => Assert.Throws<ArgumentException>(() => new JsonBytes().Number(value));

    [Fact]
    public void Piece_LongerThanTheRoom_MakesRoom()
    {
        var piece = Encoding.UTF8.GetBytes(new string('x', 100_000));
        var bytes = new JsonBytes();

        bytes.Piece("[\""u8);
        bytes.Piece(piece);
        bytes.Piece("\"]"u8);

        Assert.Equal(100_004, bytes.Written.Length);
    }
}
