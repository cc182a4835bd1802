using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using Xunit;
using static CreditWorkbench.Tests.Features.Dictionaries;
using static CreditWorkbench.Tests.Features.Syntax;

namespace CreditWorkbench.Tests.Features;

public sealed class FittedTransformsTests
{
    private static readonly ScorecardDefinition Firms = Of(
        [Number("emissions"), Category("sector", "energy", "trade", "rare")],
        Computed("emissions_z", Call("zscore_within", Name("emissions"), Name("sector"))),
        Computed("emissions_cut", Call("winsorize", Name("emissions"), Num(0.1), Num(0.9))),
        Computed("sector_share", Call("frequency", Name("sector"))),
        Computed("cut_of_z", Call("winsorize", Op(Name("emissions_z"), "*", Num(2)), Num(0), Num(1))));

    [Fact]
    public void ZScore_LargeGroupAndSmallGroup_UseTheirOwnAndAllRows()
    {
        var program = Fitted();
        var all = Training().Where(row => row["emissions"].Kind == InputValueKind.Number).Select(row => row["emissions"].Number).ToArray();
        var energy = Enumerable.Range(0, 40).Select(i => 100.0 + i).ToArray();

        var own = program.Evaluate(Record(Firms, InputValue.OfNumber(130), InputValue.OfNumber(0)));
        var rare = program.Evaluate(Record(Firms, InputValue.OfNumber(130), InputValue.OfNumber(2)));

        Assert.Equal((130 - energy.Average()) / PopulationDeviation(energy), own["emissions_z"], 1e-12);
        Assert.Equal((130 - all.Average()) / PopulationDeviation(all), rare["emissions_z"], 1e-12);
    }

    [Fact]
    public void ZScore_GroupWithoutSpread_UsesAllRows()
    {
        var definition = Of([Number("x"), Category("g", "flat", "wide")], Computed("z", Call("zscore_within", Name("x"), Name("g"))));
        InputRecord[] rows = [.. Enumerable.Range(0, 80).Select(i => Record(definition, InputValue.OfNumber(i < 40 ? 5 : i), InputValue.OfNumber(i < 40 ? 0 : 1)))];
        var all = rows.Select(row => row["x"].Number).ToArray();

        var z = FeatureProgram.Compile(definition, FeatureProgram.Fit(definition, rows)).Evaluate(rows[0])["z"];

        Assert.Equal((5 - all.Average()) / PopulationDeviation(all), z, 1e-12);
    }

    [Fact]
    public void WinsorizeAndFrequency_KnownRows_GiveQuantilesAndShares()
    {
        var program = Fitted();
        var all = Training().Where(row => row["emissions"].Kind == InputValueKind.Number).Select(row => row["emissions"].Number).Order().ToArray();
        var position = 0.9 * (all.Length - 1);
        var below = (int)position;

        var values = program.Evaluate(Record(Firms, InputValue.OfNumber(1e9), InputValue.OfNumber(1)));

        Assert.Equal(all[below] + (position - below) * (all[below + 1] - all[below]), values["emissions_cut"], 1e-9);
        Assert.Equal(35.0 / 80, values["sector_share"], 1e-15);
    }

    [Fact]
    public void Transforms_MissingValue_StaysMissing()
    {
        var values = Fitted().Evaluate(Record(Firms, InputValue.Missing, InputValue.Missing));

        Assert.All(["emissions_z", "emissions_cut", "sector_share", "cut_of_z"], name => Assert.Null(values.Known(name)));
    }

    [Fact]
    public void Bytes_RoundTrip_GiveTheSameBytesAndValues()
    {
        var fitted = FeatureProgram.Fit(Firms, Training());
        var bytes = fitted.ToBytes();

        var read = FittedTransforms.FromBytes(bytes);

        Assert.Equal(bytes, read.ToBytes());
        Assert.Equal(
            FeatureProgram.Compile(Firms, fitted).Run(Training()).Values,
            FeatureProgram.Compile(Firms, read).Run(Training()).Values);
        Assert.Throws<InvalidDataException>(() => FittedTransforms.FromBytes(bytes[..^3]));
        Assert.Throws<InvalidDataException>(() => FittedTransforms.FromBytes([.. bytes, 0]));
    }

    [Fact]
    public void Compile_WithoutFit_Throws()
    {
        Assert.True(FittedTransforms.Needed(Firms));
        Assert.Throws<ArgumentException>(() => FeatureProgram.Compile(Firms, FittedTransforms.None));
    }

    private static FeatureProgram Fitted() => FeatureProgram.Compile(Firms, FeatureProgram.Fit(Firms, Training()));

    private static List<InputRecord> Training()
    {
        var rows = new List<InputRecord>();
        for (var i = 0; i < 40; i++) rows.Add(Record(Firms, InputValue.OfNumber(100 + i), InputValue.OfNumber(0)));
        for (var i = 0; i < 35; i++) rows.Add(Record(Firms, i == 3 ? InputValue.Missing : InputValue.OfNumber(10 + i % 7), InputValue.OfNumber(1)));
        for (var i = 0; i < 5; i++) rows.Add(Record(Firms, InputValue.OfNumber(500 + i), InputValue.OfNumber(2)));
        return rows;
    }

    private static double PopulationDeviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
