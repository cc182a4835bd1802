using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class ForestRowsTests
{
    private const int Rows = 500;
    private static readonly FeatureColumn[] Columns = [.. Enumerable.Range(0, 4).Select(column => FeatureColumn.Number($"x{column}"))];

    [Fact]
    public void SplitAndAdd_AnyBag_PartsRowsAndCountsBothSidesAsThePlainWayDoes()
    {
        var (matrix, times, classes) = Draw(5);
        var rows = new ForestRows<BinarySum>(matrix);
        var count = rows.Fill(times, classes, out var total);
        var leftBins = new BinSet();
        for (var bin = 0; bin < 100; bin += 3) leftBins.Add(bin);
        int[] columns = [2, 0, 3, 1];
        var cells = new BinarySum[columns.Length * ForestRows<BinarySum>.Width];

        var middle = rows.SplitAndAdd(1, leftBins, 0, count, columns, cells);

        var inBag = Enumerable.Range(0, Rows).Where(row => times[row] > 0).ToArray();
        bool IsLeft(int row) => leftBins.Contains(matrix.Bins[row * matrix.Stride + 1]);
        Assert.Equal(inBag.Length, count);
        Assert.Equal(inBag.Count(IsLeft), middle);
        Assert.Equal(inBag.Sum(row => classes[row] == 1 ? times[row] : 0), total.Bad);
        Assert.Equal(inBag.Sum(row => classes[row] == 0 ? times[row] : 0), total.Good);
        for (var i = 0; i < columns.Length; i++)
        {
            for (var bin = 0; bin < ForestRows<BinarySum>.Width; bin++)
            {
                var expected = inBag.Where(row => IsLeft(row) == i < 2 && matrix.Bins[row * matrix.Stride + columns[i]] == bin)
                    .Aggregate(default(BinarySum), (sum, row) => sum + BinarySum.Of(classes[row], times[row]));
                Assert.Equal(expected.Packed, cells[i * ForestRows<BinarySum>.Width + bin].Packed);
            }
        }
    }

    [Fact]
    public void Split_ThenAdd_GivesTheSameAsOnePass()
    {
        var (matrix, times, classes) = Draw(6);
        var (one, two) = (new ForestRows<ClassSum>(matrix), new ForestRows<ClassSum>(matrix));
        var count = one.Fill(times, classes, out _);
        two.Fill(times, classes, out _);
        var leftBins = new BinSet();
        for (var bin = 0; bin < 120; bin++) leftBins.Add(bin);
        var (fused, plain) = (new ClassSum[2 * ForestRows<ClassSum>.Width], new ClassSum[2 * ForestRows<ClassSum>.Width]);

        var middle = one.SplitAndAdd(0, leftBins, 0, count, [3, 2], fused);
        var middleAgain = two.Split(0, leftBins, 0, count);
        two.Add(0, middleAgain, [3], plain);
        two.Add(middleAgain, count, [2], plain.AsSpan(ForestRows<ClassSum>.Width));

        Assert.Equal(middle, middleAgain);
        Assert.Equal(plain.Select(Counts), fused.Select(Counts));
    }

    private static string Counts(ClassSum sum) => string.Join(' ', Enumerable.Range(0, ClassSum.MaxClasses).Select(k => sum[k]));

    private static (BinnedMatrix Matrix, byte[] Times, byte[] Classes) Draw(ulong seed)
    {
        var random = new RandomStream(seed);
        var values = new float[Columns.Length * Rows];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextInt(10) == 0 ? CodedNaN.Missing : (float)random.NextDouble();
        var features = new FeatureMatrix(Columns, Rows, values);
        var mapper = BinMapper.Fit(features, 255, 1, TestContext.Current.CancellationToken);
        var (times, classes) = (new byte[Rows], new byte[Rows]);
        for (var row = 0; row < Rows; row++) (times[row], classes[row]) = ((byte)random.NextInt(4), (byte)random.NextInt(2));
        return (BinnedMatrix.Of(features, mapper, 1, TestContext.Current.CancellationToken), times, classes);
    }
}
