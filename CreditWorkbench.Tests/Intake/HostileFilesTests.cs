using System.Text;
using CreditWorkbench.Core.Intake;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

/// <summary>Whatever the bytes, a file ends in rows and problems that say what to do, never in an exception or an endless read.</summary>
public sealed class HostileFilesTests
{
    private static readonly byte[] Breakers = "\"',;\n\r\t{}[]\\%@ \0"u8.ToArray();

    public static TheoryData<string, byte[]> Seeds() => new()
    {
        { "delimited", Encoding.UTF8.GetBytes("id,name,bad\n1,\"a, \"\"b\"\"\",0\r\n2,é,1\n3,,0\n") },
        { "utf-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a;b\n1;ü\n2;x\n")] },
        { "arff", Encoding.UTF8.GetBytes("@relation r\n% note\n@attribute 'x y' real\n@attribute c {a,'b c'}\n@data\n1,a\n?,'b c'\n") },
        { "json lines", Encoding.UTF8.GetBytes("{\"a\":1,\"b\":\"x\\u00e9\"}\n{\"a\":null,\"b\":\"\\\"\"}\n") },
        { "json array", Encoding.UTF8.GetBytes("[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"}\"}]") },
        { "gzip", Packed.Gzip("a,b\n1,2\n3,4\n"u8) },
        { "zip", Packed.Zip(("a.csv", "a,b\n1,2\n3,4\n")) },
        { "npy", [0x93, .. "NUMPY"u8, 1, 0, 66, 0, .. Encoding.ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }".PadRight(65) + "\n"), .. new byte[16]] },
    };

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Read_MutatedFile_EndsInRowsOrProblems(string kind, byte[] seed)
    {
        var random = new Random(kind.Length * 101 + seed.Length);

        for (var trial = 0; trial < 3_000; trial++)
        {
            var bytes = Mutated(seed, random);
            var opened = await Tables.OpenAsync(bytes, new FileReadOptions { HasHeader = trial % 5 != 0 });
            if (!opened.TryGet(out var reader, out var problems))
            {
                Assert.All(problems, problem => Assert.NotNull(problem.Remedy));
                continue;
            }

            await using (reader)
            {
                var state = RowState.Row;
                for (var step = 0; state is RowState.Row or RowState.Rejected; step++)
                {
                    Assert.True(step <= bytes.Length * 20 + 100, "The file is read for ever.");
                    state = await reader.ReadAsync(TestContext.Current.CancellationToken);
                    if (state == RowState.Row) Assert.All(Enumerable.Range(0, reader.Columns.Count), column => reader.Text(column));
                    if (state is RowState.Rejected or RowState.Refused) Assert.NotNull(reader.Problem!.Remedy);
                }
            }
        }
    }

    private static byte[] Mutated(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, Breakers[random.Next(Breakers.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(12), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}
