using CreditWorkbench.Core.Features;
using CreditWorkbench.Tests.Metrics;

namespace CreditWorkbench.Tests.Leakage;

/// <summary>Honest rows with one bad row in five, to which a test adds what should not be there.</summary>
internal sealed class PlantedData
{
    private readonly List<(FeatureColumn Column, float[] Values)> _columns = [];
    private long _state = 2_024;

    public PlantedData(int rows = 4_000)
    {
        Bad = new bool[rows];
        var (income, debt, job, noise) = (new float[rows], new float[rows], new float[rows], new float[rows]);
        for (var i = 0; i < rows; i++)
        {
            income[i] = (float)Math.Round(Math.Exp(1 + 2 * Uniform()) * 1_000);
            debt[i] = i % 7 == 0 ? CodedNaN.Missing : (float)Uniform();
            job[i] = (float)Math.Floor(4 * Uniform());
            noise[i] = (float)Uniform();
            var risk = -1.0 + 2.0 * (float.IsNaN(debt[i]) ? 0.5 : debt[i]) - 0.08 * income[i] / 1_000;
            Bad[i] = Uniform() < 1.0 / (1.0 + Math.Exp(-risk));
        }

        Add("income", income);
        Add("debt", debt);
        _columns.Add((new FeatureColumn("job", 0, ["a", "b", "c", "d"], []), job));
        Add("noise", noise);
    }

    public bool[] Bad { get; }

    public FeatureMatrix Matrix => new([.. _columns.Select(column => column.Column)], Bad.Length, [.. _columns.SelectMany(column => column.Values)]);

    public double Uniform() => Samples.Next(ref _state);

    public float[] Values(string name) => _columns.Single(column => column.Column.Name == name).Values;

    public PlantedData Add(string name, float[] values)
    {
        _columns.Add((FeatureColumn.Number(name), values));
        return this;
    }

    public PlantedData Add(string name, Func<bool, double> ofOutcome) => Add(name, [.. Bad.Select(bad => (float)ofOutcome(bad))]);
}
