using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Training;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Leakage;

/// <summary>Planted scores on generated rows; the limits were set on these, never on public data.</summary>
public sealed class ForeignScoresTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_PlantedGradeWithItsRefinementAndCopy_FlagsTheThree(long seed)
    {
        var rows = new Portfolio(seed);
        rows.Plant("grade", 7).Plant("sub_grade", 35).Plant("copy", 7);

        var found = rows.Find();

        Assert.Equal(["copy", "grade", "sub_grade"], found.Select(finding => finding.Column).Order());
        Assert.All(found, finding => Assert.Equal((LeakageKinds.ForeignScore, LeakageSeverity.Warning), (finding.Kind, finding.Severity)));
    }

    [Fact]
    public void In_FineScoreCutIntoBands_FlagsBandsAndScore()
    {
        var rows = new Portfolio(4);
        rows.Plant("band", 5).Plant("points", 100_000);

        Assert.Equal(["band", "points"], rows.Find().Select(finding => finding.Column).Order());
    }

    [Fact]
    public void In_GradesAsTexts_AreFoundWhateverTheyAreCalled()
    {
        var rows = new Portfolio(5);
        rows.Plant("grade", 7, ["AAA", "AA", "A", "BBB", "BB", "B", "C"]);

        Assert.Equal("grade", Assert.Single(rows.Find()).Column);
    }

    [Fact]
    public void In_ColumnsRenamed_GivesTheSameFindings()
    {
        var rows = new Portfolio(6);
        rows.Plant("grade", 7).Plant("sub_grade", 35);
        int[] named = [.. rows.Find().Select(finding => rows.PlaceOf(finding.Column))];

        var renamed = rows.Renamed().Find();

        Assert.Equal(2, named.Length);
        Assert.Equal(named, renamed.Select(finding => int.Parse(finding.Column[1..], System.Globalization.CultureInfo.InvariantCulture) - 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_HonestColumns_FindsNothing(long seed) => Assert.Empty(new Portfolio(seed).Find());

    [Fact]
    public void In_CoarseColumnThatNothingPredicts_IsNoForeignScore()
    {
        var rows = new Portfolio(7);
        rows.AddOwnWord("arrears", 5);

        Assert.Empty(rows.Find());
    }

    [Fact]
    public void In_BandsOfAWeakColumn_AreNoForeignScore()
    {
        var rows = new Portfolio(8);
        rows.AddBands("age_band", "age", 6);

        Assert.Empty(rows.Find());
    }

    private sealed class Portfolio
    {
        private const int Rows = 6_000;
        private readonly List<(FeatureColumn Column, float[] Values)> _columns = [];
        private readonly double[] _risk = new double[Rows], _seen = new double[Rows], _own = new double[Rows];
        private bool[] _bad = new bool[Rows];
        private long _state;

        public Portfolio(long seed)
        {
            _state = 1_000 + seed;
            var (debt, late, used, age, income) = (new float[Rows], new float[Rows], new float[Rows], new float[Rows], new float[Rows]);
            for (var i = 0; i < Rows; i++)
            {
                // Trouble shows in several columns at once; age stands for itself.
                var trouble = Normal();
                debt[i] = (float)(trouble + Normal());
                late[i] = (float)Math.Clamp(Math.Round(trouble + 0.8 * Normal()), 0, 6);
                used[i] = (float)(1 / (1 + Math.Exp(-trouble - Normal())));
                age[i] = (float)Math.Round(20 + 40 * Samples.Next(ref _state));
                income[i] = (float)Math.Exp(1 + 0.4 * Normal());
                _own[i] = Normal();
                _seen[i] = 0.5 * debt[i] + 0.4 * late[i] + 1.2 * used[i] - 0.5 * Math.Log(income[i]);
                _risk[i] = _seen[i] + 0.6 * _own[i] - 0.01 * age[i] - 1.7;
                _bad[i] = Samples.Next(ref _state) < 1 / (1 + Math.Exp(-_risk[i]));
            }

            foreach (var (name, values) in new[] { ("debt", debt), ("late", late), ("used", used), ("age", age), ("income", income) }) Add(FeatureColumn.Number(name), values);
        }

        // Somebody's score saw the same columns, and a little more, and cut its scale into levels.
        public Portfolio Plant(string name, int levels, string[]? names = null)
        {
            double[] score = [.. Enumerable.Range(0, Rows).Select(i => _seen[i] + 0.5 * _own[i])];
            var order = Enumerable.Range(0, Rows).OrderBy(i => score[i]).ToArray();
            var values = new float[Rows];
            for (var place = 0; place < Rows; place++) values[order[place]] = (int)((long)place * levels / Rows);
            Add(names is null ? FeatureColumn.Number(name) : new FeatureColumn(name, 0, names, []), values);
            return this;
        }

        // As strong as a score, but made from nothing that the other columns show.
        public void AddOwnWord(string name, int levels)
        {
            var values = new float[Rows];
            for (var i = 0; i < Rows; i++)
            {
                var own = Normal();
                values[i] = (float)Math.Clamp(Math.Round(levels / 2.0 + 1.2 * own), 0, levels - 1);
                _bad[i] = Samples.Next(ref _state) < 1 / (1 + Math.Exp(-(1.6 * own + 0.3 * _risk[i] - 1)));
            }

            Add(FeatureColumn.Number(name), values);
        }

        public void AddBands(string name, string of, int bands)
        {
            var values = _columns.Single(column => column.Column.Name == of).Values;
            Add(FeatureColumn.Number(name), [.. values.Select(value => (float)Math.Floor((value - 20) / 40.01 * bands))]);
        }

        public int PlaceOf(string name) => _columns.FindIndex(column => column.Column.Name == name);

        public Portfolio Renamed()
        {
            for (var i = 0; i < _columns.Count; i++) _columns[i] = (_columns[i].Column with { Name = $"c{i + 1}" }, _columns[i].Values);
            return this;
        }

        public IReadOnlyList<LeakageFinding> Find()
        {
            var matrix = new FeatureMatrix([.. _columns.Select(column => column.Column)], Rows, [.. _columns.SelectMany(column => column.Values)]);
            return ForeignScores.In(matrix, _bad, FullAuc(matrix), new LeakageLimits(), 1, TestContext.Current.CancellationToken);
        }

        // Held-out half of the rows.
        private double FullAuc(FeatureMatrix matrix)
        {
            int[] train = [.. Enumerable.Range(0, Rows / 2)], held = [.. Enumerable.Range(Rows / 2, Rows / 2)];
            var model = BoostingTrainer.Train(matrix.Take(train), [.. train.Select(row => (byte)(_bad[row] ? 1 : 0))], null, new BoostingSettings { Trees = 100, Depth = 3, LearningRate = 0.1 }, 1);
            var vector = new float[matrix.Columns.Count];
            return Ranking.Auc([.. held.Select(row =>
            {
                matrix.CopyRow(row, vector);
                return model.Quantity(vector);
            })], [.. held.Select(row => _bad[row])]);
        }

        private void Add(FeatureColumn column, float[] values) => _columns.Add((column, values));

        private double Normal() => Math.Sqrt(-2 * Math.Log(1 - Samples.Next(ref _state))) * Math.Cos(2 * Math.PI * Samples.Next(ref _state));
    }
}
