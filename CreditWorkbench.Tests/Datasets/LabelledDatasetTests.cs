using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using Xunit;

namespace CreditWorkbench.Tests.Datasets;

public sealed class LabelledDatasetTests
{
    [Fact]
    public void Take_Rows_CarriesEverythingAlong()
    {
        var plain = DatasetRows.Grouped(50, groups: 9);
        var dataset = new LabelledDataset(plain.Features, plain.Outcomes, 2)
        {
            Groups = plain.Groups,
            Ids = [.. Enumerable.Range(0, 50).Select(row => $"id{row}")],
            Times = [.. Enumerable.Range(0, 50).Select(row => (DateOnly?)new DateOnly(2020, 1, 1).AddDays(row))],
            Sensitive = [new CodedColumn("sex", ["f", "m"], [.. Enumerable.Range(0, 50).Select(row => row % 3 - 1)])],
        };

        var taken = dataset.Take([49, 3]);

        Assert.Equal((2, 49f, 3f), (taken.Rows, taken.Features.Column(0)[0], taken.Features.Column(0)[1]));
        Assert.Equal([dataset.Outcomes[49], dataset.Outcomes[3]], taken.Outcomes);
        Assert.Equal(["id49", "id3"], taken.Ids!);
        Assert.Equal(new DateOnly(2020, 2, 19), taken.Times![0]);
        Assert.Equal((dataset.Groups![49], dataset.Sensitive[0][3]), (taken.Groups![0], taken.Sensitive[0][1]));
        Assert.Equal([50L, 4L], taken.FileRows);
    }

    [Fact]
    public void Hash_SeesCellsCodesOutcomesAndNames()
    {
        static LabelledDataset With(string name, float cell, byte outcome) =>
            new(new FeatureMatrix([FeatureColumn.Number(name)], 2, [cell, 1f]), [outcome, 0], 2);

        var reference = With("a", CodedNaN.Of(1), 1).Hash();

        Assert.Equal(reference, With("a", CodedNaN.Of(1), 1).Hash());
        Assert.NotEqual(reference, With("a", CodedNaN.Of(2), 1).Hash());
        Assert.NotEqual(reference, With("b", CodedNaN.Of(1), 1).Hash());
        Assert.NotEqual(reference, With("a", CodedNaN.Of(1), 0).Hash());
    }

    [Fact]
    public void Constructor_OutcomeThatIsNoClass_Throws()
    {
        var matrix = new FeatureMatrix([FeatureColumn.Number("a")], 2, [1f, 2f]);

        Assert.Throws<ArgumentException>(() => new LabelledDataset(matrix, [0, 2], 2));
        Assert.Throws<ArgumentException>(() => new LabelledDataset(matrix, [0], 2));
    }
}
