using System.Globalization;
using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>A feature of a model from elsewhere.</summary>
/// <param name="Name">Name in the model's file; <c>f0</c>, <c>f1</c>, ... where it has none.</param>
/// <param name="Type">Type in the model's file; null where it has none.</param>
/// <param name="Categories">Number of categories that the model may meet: indices 0 to this - 1; 0 for numbers.</param>
public sealed record ImportedFeature(string Name, string? Type, int Categories);

/// <summary>A model that was trained elsewhere, as read from its own file.</summary>
/// <param name="Predictor">The model: trees, but for files of our own format. Its vector holds the features in the file's order; codes
/// are plain numbers; only a missing value takes the missing direction.</param>
/// <param name="Features">The features in that order.</param>
/// <param name="IsNamed">Whether the file names the features.</param>
/// <param name="Objective">What the model was trained for, in the words of its file.</param>
/// <param name="Origin">Program and version that wrote the file.</param>
/// <param name="Notes">What the user should know of how the model was read.</param>
public sealed record ImportedModel(
    Predictor Predictor, IReadOnlyList<ImportedFeature> Features, bool IsNamed, string Objective, string Origin, IReadOnlyList<Problem> Notes)
{
    /// <summary>Whether the nodes' covers are counts of training rows; false where the file does not have them.</summary>
    public bool HasCovers { get; init; } = true;

    /// <summary>The trees.</summary>
    /// <exception cref="InvalidCastException">It is of another family, as files of our own format may be.</exception>
    public TreeEnsemble Ensemble => (TreeEnsemble)Predictor;

    /// <summary>Number of trees; 0 of other families.</summary>
    public int Trees => Predictor is TreeEnsemble trees ? trees.TreeCount : 0;

    /// <summary>Columns that a model of ours was fitted on, codes and categories included; null for a model from elsewhere.</summary>
    public IReadOnlyList<FeatureColumn>? Columns { get; init; }

    /// <summary>Calibration that the file brings; null where it has none.</summary>
    public PlattCalibrator? Platt { get; init; }

    /// <summary>The model over the columns of a dictionary: features are found by name, or by position where the file has no names. A
    /// special code of a column goes where the number goes that it is written as, since that is what the model was trained on.</summary>
    /// <param name="columns">Columns of the dictionary's model features.</param>
    /// <returns>The model, or <c>import.feature.absent</c> for each feature that the dictionary lacks, <c>import.feature.count</c>,
    /// <c>import.code.number</c>, <c>import.columns</c>.</returns>
    public Outcome<Predictor> Over(IReadOnlyList<FeatureColumn> columns)
    {
        if (Columns is { } own) return OverOwn(own, columns);
        if (!IsNamed && columns.Count != Features.Count)
            return new Problem("import.feature.count", $"The model has {Features.Count} features without names, the dictionary {columns.Count}.") { Remedy = "Use a dictionary with as many features in the same order, or save the model with feature names." };
        var position = IsNamed ? [.. Features.Select(feature => PositionOf(columns, feature.Name))] : Enumerable.Range(0, Features.Count).ToArray();
        var problems = Features.Where((_, feature) => position[feature] < 0)
            .Select(feature => new Problem("import.feature.absent", "The dictionary has no such feature for the model.") { Field = feature.Name, Remedy = "Use a dictionary with every feature of the model." }).ToList();
        var codes = columns.Select(column => CodesOf(column, problems)).ToArray();
        if (problems.Count > 0) return problems;
        var nodes = Ensemble.Nodes;
        var moved = Array.ConvertAll(nodes.Feature, feature => feature < 0 ? -1 : position[feature]);
        var left = (uint[])nodes.CodesLeft.Clone();
        for (var node = 0; node < left.Length; node++)
        {
            if (moved[node] < 0) continue;
            var numbers = codes[moved[node]];
            for (var code = 1; code <= numbers.Length; code++)
            {
                var bit = 1u << code;
                left[node] = Ensemble.GoesLeft(node, numbers[code - 1]) ? left[node] | bit : left[node] & ~bit;
            }
        }

        return new TreeEnsemble(Ensemble.Family, columns.Count, Ensemble.Link, Ensemble.Aggregation, Ensemble.BaseValue, nodes.With(moved, left));
    }

    // A model of ours knows its codes and categories, so the dictionary has to have the same ones in the same order.
    private Outcome<Predictor> OverOwn(IReadOnlyList<FeatureColumn> own, IReadOnlyList<FeatureColumn> columns)
    {
        var other = Enumerable.Range(0, Math.Max(own.Count, columns.Count)).FirstOrDefault(i => i >= own.Count || i >= columns.Count || !AreAlike(own[i], columns[i]), -1);
        return other < 0
            ? Predictor
            : new Problem("import.columns", $"The model was fitted on other columns than the dictionary's: they differ at position {other + 1}.") { Field = other < own.Count ? own[other].Name : null, Remedy = "Give the dictionary that the model was fitted on by --scorecard." };
    }

    private static bool AreAlike(FeatureColumn one, FeatureColumn other) => one.Name == other.Name && one.Categories.SequenceEqual(other.Categories) && one.SpecialCodes.SequenceEqual(other.SpecialCodes);

    private static int PositionOf(IReadOnlyList<FeatureColumn> columns, string name)
    {
        for (var column = 0; column < columns.Count; column++)
        {
            if (columns[column].Name == name) return column;
        }

        return -1;
    }

    // Categories are indices, so a code among them has no number of its own: it stays on the missing path.
    private static float[] CodesOf(FeatureColumn column, List<Problem> problems)
    {
        if (column.IsCategory) return [];
        var numbers = new float[column.SpecialCodes.Count];
        for (var code = 0; code < numbers.Length; code++)
        {
            if (!float.TryParse(column.SpecialCodes[code], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[code]))
                problems.Add(new Problem("import.code.number", $"The code {column.SpecialCodes[code]} is not a number, and an imported model knows codes as numbers only.") { Field = column.Name, Remedy = "Use a dictionary without this code." });
        }

        return numbers;
    }
}
