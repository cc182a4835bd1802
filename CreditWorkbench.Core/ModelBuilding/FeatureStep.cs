using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Transforms fitted on some rows, and those rows as a candidate sees them.</summary>
/// <param name="Program">Features with their fitted transforms.</param>
/// <param name="Rows">The fitting rows; withdrawable sources are blanked in a tenth of them.</param>
internal sealed record FittedFeatures(FeatureProgram Program, TrainingRows Rows);

/// <summary>Makes feature vectors: everything that is fitted sees only the rows that it is given.</summary>
internal sealed class FeatureStep
{
    private const double BlankedShare = 0.1;
    private readonly ScorecardDefinition _definition;
    private readonly LabelledDataset _dataset;
    private readonly bool _fits;
    private readonly FeatureProgram? _fixed;
    private readonly int[][] _withdrawable;
    private readonly bool[] _blankNeverHelps;
    private readonly TrainingSettings _settings;

    /// <summary>Prepares the step for all rows of a data set.</summary>
    /// <param name="definition">Dictionary.</param>
    /// <param name="dataset">All rows.</param>
    /// <param name="settings">Seed and threads.</param>
    /// <param name="transforms">Transforms that stay as they are; null to fit those that the dictionary names.</param>
    public FeatureStep(ScorecardDefinition definition, LabelledDataset dataset, TrainingSettings settings, FittedTransforms? transforms = null)
    {
        (_definition, _dataset, _settings) = (definition, dataset, settings);
        _fits = FittedTransforms.Needed(definition);
        _fixed = _fits && transforms is null ? null : FeatureProgram.Compile(definition, transforms ?? FittedTransforms.None);
        _withdrawable = [.. definition.Sources.Where(source => source.Withdrawable).Select(source => InputsOf(definition, source.Name)).Where(inputs => inputs.Length > 0)];
        _blankNeverHelps = [.. definition.ModelFeatures.Select(feature => feature.From is { } from && definition.Input(from)!.BlankNeverHelps)];
    }

    /// <summary>Whether rows without their records can be used.</summary>
    public bool NeedsRecords => _fits || _withdrawable.Length > 0;

    /// <summary>Fits transforms on rows and makes their vectors.</summary>
    public FittedFeatures Fit(int[] rows)
    {
        var classes = Array.ConvertAll(rows, row => _dataset.Outcomes[row]);
        var weights = RowWeights.Of(_dataset, rows);
        if (!NeedsRecords) return new FittedFeatures(_fixed!, new TrainingRows(_dataset.Features.Take(rows), classes, _blankNeverHelps) { Weights = weights });
        var records = Array.ConvertAll(rows, row => Blank(_dataset.Records![row], row));
        var program = _fixed ?? FeatureProgram.Compile(_definition, FeatureProgram.Fit(_definition, Array.ConvertAll(rows, row => _dataset.Records![row])));
        return new FittedFeatures(program, new TrainingRows(program.Run(records, _settings.Threads), classes, _blankNeverHelps) { Weights = weights });
    }

    /// <summary>Vectors of all rows, transforms fitted on all of them: to look at, never to train or judge on.</summary>
    public FeatureMatrix OfAllRows()
    {
        var program = _fixed ?? FeatureProgram.Compile(_definition, FeatureProgram.Fit(_definition, _dataset.Records!));
        return program.Run(_dataset.Records!, _settings.Threads);
    }

    /// <summary>Vectors of other rows under fitted transforms.</summary>
    public FeatureMatrix Apply(FeatureProgram program, int[] rows) =>
        ReferenceEquals(program, _fixed) && !_fits ? _dataset.Features.Take(rows) : program.Run(Array.ConvertAll(rows, row => _dataset.Records![row]), _settings.Threads);

    /// <summary>Vectors of rows as if a source had been withdrawn.</summary>
    public FeatureMatrix ApplyWithout(FeatureProgram program, int[] rows, string source)
    {
        var inputs = InputsOf(_definition, source);
        return program.Run(Array.ConvertAll(rows, row => Clear(_dataset.Records![row], inputs)), _settings.Threads);
    }

    /// <summary>Names of the sources that can be withdrawn and feed the model.</summary>
    public IEnumerable<string> WithdrawableSources => _definition.Sources.Where(source => source.Withdrawable && InputsOf(_definition, source.Name).Length > 0).Select(source => source.Name);

    // An input that another source gives too stays known.
    private static int[] InputsOf(ScorecardDefinition definition, string source) =>
        [.. definition.Inputs.Index().Where(input => input.Item.Source == source && input.Item.AlsoFrom.Count == 0).Select(input => input.Index)];

    private InputRecord Blank(InputRecord record, int row)
    {
        var draws = new SeededDraws(_settings.Seed, row);
        foreach (var inputs in _withdrawable)
        {
            if (draws.NextDouble() < BlankedShare) record = Clear(record, inputs);
        }

        return record;
    }

    private static InputRecord Clear(InputRecord record, int[] inputs)
    {
        InputValue[] values = [.. record.Values];
        foreach (var input in inputs) values[input] = InputValue.Missing;
        return new InputRecord(record.Definition, values);
    }
}
