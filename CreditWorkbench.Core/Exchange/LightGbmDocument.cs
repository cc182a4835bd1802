using System.Globalization;
using System.Text;

namespace CreditWorkbench.Core.Exchange;

/// <summary>What a LightGBM model file says, before anybody asks whether it makes sense.</summary>
internal sealed class LightGbmDocument
{
    private const int MostFeatures = 1_000_000;

    /// <summary>Version of the format, as <c>v4</c>; empty where the file has none.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Classes.</summary>
    public int Classes { get; private set; } = 1;

    /// <summary>Trees of one round.</summary>
    public int TreesPerRound { get; private set; } = 1;

    /// <summary>Highest index of a feature; -1 where the file has none.</summary>
    public int MaxFeature { get; private set; } = -1;

    /// <summary>Objective and its parameters, as <c>binary sigmoid:1</c>; empty where the file has none.</summary>
    public string Objective { get; private set; } = "";

    /// <summary>Whether the output is the mean of the trees: boosting rf.</summary>
    public bool IsMean { get; private set; }

    /// <summary>Names of the features.</summary>
    public List<string> Names { get; private set; } = [];

    /// <summary>Number of trees that the head states; null where it does not.</summary>
    public int? StatedTrees { get; private set; }

    /// <summary>The trees.</summary>
    public List<LightGbmTree> Trees { get; } = [];

    /// <summary>Whether the line that ends the trees was there.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>Weight of positive rows in training.</summary>
    public double PositiveWeight { get; private set; } = 1.0;

    /// <summary>Whether training weighted the two outcomes alike.</summary>
    public bool IsBalanced { get; private set; }

    /// <summary>Whether columns of texts were turned into category indices before training.</summary>
    public bool HasTextCategories { get; private set; }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">It is no model; the message names the line.</exception>
    public static LightGbmDocument Read(ReadOnlySpan<byte> file)
    {
        var document = new LightGbmDocument();
        var lines = new LightGbmLines(file);
        if (!lines.Next() || !lines.Line.SequenceEqual("tree"u8)) throw lines.Fault("a model begins with the line tree");
        while (!document.HasEnd && lines.Next())
        {
            if (lines.Line.IsEmpty) continue;
            if (lines.Key.SequenceEqual("Tree"u8)) document.AddTree(ref lines);
            else document.Member(ref lines);
        }

        while (lines.Next()) document.Parameter(ref lines);
        return document;
    }

    private void AddTree(ref LightGbmLines lines)
    {
        if (lines.Integer() != Trees.Count) throw lines.Fault($"tree {Trees.Count} is expected here");
        Trees.Add(LightGbmTree.Read(ref lines));
    }

    private void Member(ref LightGbmLines lines)
    {
        switch (Encoding.UTF8.GetString(lines.Key))
        {
            case "version": Version = lines.Text(); break;
            case "num_class": Classes = lines.Integer(); break;
            case "num_tree_per_iteration": TreesPerRound = lines.Integer(); break;
            case "max_feature_idx": MaxFeature = lines.Integer(); break;
            case "objective": Objective = lines.Text(); break;
            case "average_output": IsMean = true; break;
            case "feature_names": Names = lines.Names(MostFeatures); break;
            case "tree_sizes": StatedTrees = lines.Names(int.MaxValue).Count; break;
            case "end of trees": HasEnd = true; break;
        }
    }

    // After the trees: "[name: value]" per parameter of training, and what the Python package adds.
    private void Parameter(ref LightGbmLines lines)
    {
        if (lines.Line.StartsWith("[scale_pos_weight: "u8) && lines.Line[^1] == ']') PositiveWeight = double.TryParse(lines.Line["[scale_pos_weight: ".Length..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) ? weight : 1.0;
        else if (lines.Line.SequenceEqual("[is_unbalance: 1]"u8)) IsBalanced = true;
        else if (lines.Line.StartsWith("pandas_categorical:[["u8)) HasTextCategories = true;
    }
}
