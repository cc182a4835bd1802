using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Features;
using CreditWorkbench.Tests.Metrics;

namespace CreditWorkbench.Tests.ModelBuilding;

/// <summary>Made-up applicants whose outcome follows income, debt and job, with a sensitive column that it does not follow.</summary>
internal sealed class Applicants
{
    private static readonly string[] Jobs = ["clerk", "trader", "none"];
    private readonly int _rows;
    private long _state;

    public Applicants(int rows = 1_600, long seed = 42) => (_rows, _state) = (rows, seed);

    /// <summary>Share of outcomes that are turned into noise.</summary>
    public bool Shuffled { get; init; }

    /// <summary>Adds a column that copies the outcome.</summary>
    public bool Leaking { get; init; }

    /// <summary>Three ordered classes instead of good and bad.</summary>
    public bool Ordinal { get; init; }

    /// <summary>A source whose inputs can be withdrawn, and a transform that is fitted.</summary>
    public bool Fitted { get; init; }

    public static TrainingSettings Quick { get; } = new()
    {
        Parameters = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["boosting"] = new Dictionary<string, string> { ["trees"] = "40", ["depth"] = "3", ["learningRate"] = "0.1" },
            ["forest"] = new Dictionary<string, string> { ["trees"] = "25", ["depth"] = "6" },
        },
        ConfidenceRefits = 3,
    };

    public TrainingRequest Request(TrainingSettings? settings = null)
    {
        var definition = Definition();
        var (records, outcomes, groups) = (new List<InputRecord>(), new byte[_rows], new int[_rows]);
        for (var i = 0; i < _rows; i++) (outcomes[i], groups[i]) = Draw(definition, records);
        var features = FittedTransforms.Needed(definition)
            ? FeatureProgram.Compile(definition, FeatureProgram.Fit(definition, records)).Run(records)
            : FeatureProgram.Compile(definition, FittedTransforms.None).Run(records);
        var dataset = new LabelledDataset(features, outcomes, Ordinal ? 3 : 2) { Records = records, Sensitive = [new CodedColumn("gender", ["f", "m"], groups)] };
        var manifest = new DatasetManifest("applicants.csv", _rows, 0, dataset.ClassCounts, [.. features.Columns.Select(column => column.Name)], dataset.Hash(), definition.ScoringHash);
        return new TrainingRequest(definition, dataset, manifest, settings ?? (Ordinal ? Quick with { Candidates = ["forest"] } : Quick)) { IsInferred = !Ordinal };
    }

    private (byte Outcome, int Group) Draw(ScorecardDefinition definition, List<InputRecord> records)
    {
        var (income, debt, job) = (2 + 8 * Next(), Next(), (int)(3 * Next()));
        var blank = Next() < 0.1;
        var risk = -1.5 + 3.0 * debt - 0.35 * income + 0.7 * job + (Next() - 0.5);
        var outcome = Shuffled ? (byte)(Next() < 0.3 ? 1 : 0) : Class(risk);
        var copy = InputValue.OfNumber(outcome);
        InputValue[] values = [InputValue.OfNumber(Math.Round(income, 2)), blank ? InputValue.Missing : InputValue.OfNumber(debt), InputValue.OfNumber(job)];
        records.Add(new InputRecord(definition, Leaking ? [.. values, copy] : values));
        return (outcome, Next() < 0.4 ? 0 : 1);
    }

    private byte Class(double risk)
    {
        var bad = Next() < 1 / (1 + Math.Exp(-risk));
        if (!Ordinal) return (byte)(bad ? 1 : 0);
        return (byte)(bad ? Next() < 0.6 ? 2 : 1 : Next() < 0.2 ? 1 : 0);
    }

    private ScorecardDefinition Definition()
    {
        List<InputDefinition> inputs = [Dictionaries.Number("income"), Dictionaries.Number("debt") with { Source = Fitted ? "bank" : "declared" }, Dictionaries.Category("job", Jobs)];
        List<FeatureDefinition> features = [Dictionaries.Pass("income", RiskDirection.Falls), Dictionaries.Pass("debt", RiskDirection.Rises), Dictionaries.Pass("job")];
        if (Leaking)
        {
            inputs.Add(Dictionaries.Number("collections"));
            features.Add(Dictionaries.Pass("collections"));
        }

        if (Fitted)
            features.Add(Dictionaries.Computed("income_within_job", new FunctionCall(0, "zscore_within", [new NameReference(0, "income"), new NameReference(0, "job")], [])));
        var definition = Dictionaries.Of(inputs, [.. features]);
        if (Fitted) definition = definition with { Sources = [.. definition.Sources, new SourceDefinition("bank", Dictionaries.Same("Bank"), true, 12, Withdrawable: true)] };
        if (!Ordinal) return definition;
        return definition with
        {
            Target = definition.Target with { Bad = [], Good = [], Classes = [.. new[] { "low", "moderate", "high" }.Select((name, i) => new TargetClass($"{i}", name, Dictionaries.Same(name)))], PdClass = "high" },
            Scale = new ScaleDefinition { Anchors = new Dictionary<string, double> { ["low"] = 800, ["moderate"] = 600, ["high"] = 400 } },
        };
    }

    private double Next() => Samples.Next(ref _state);
}
