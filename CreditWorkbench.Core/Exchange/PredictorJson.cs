using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Predictors as JSON: an object per predictor whose member <c>kind</c> says which. Arrays and members are those of the canonical
/// bytes (<see cref="PredictorEncoding"/>).</summary>
internal static class PredictorJson
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes a predictor.</summary>
    public static void Write(Utf8JsonWriter writer, Predictor predictor) => JsonSerializer.Serialize(writer, Of(predictor), _options);

    /// <summary>Reads a predictor; what its numbers must be is for the canonical bytes' reader to say.</summary>
    /// <exception cref="FormatException">A part is absent, or the kind unknown.</exception>
    public static Predictor Read(JsonElement element) => element.GetProperty("kind").GetString() switch
    {
        "trees" => Part<TreesPart>(element).Open(),
        "linear" => Part<LinearPart>(element) is var linear ? new LinearPredictor(linear.Intercept, Told(linear.Columns), Told(linear.MeanTerms)) : null!,
        "scorecard" => Part<ScorecardPart>(element).Open(),
        "blend" => new BlendPredictor([.. element.GetProperty("members").EnumerateArray().Select(MemberOf)]),
        "network" => Part<NetworkPart>(element) is var network ? new NeuralNetwork(Told(network.Columns), Told(network.Layers)) : null!,
        _ => throw new FormatException("The kind of predictor is unknown."),
    };

    private static object Of(Predictor predictor) => predictor switch
    {
        TreeEnsemble ensemble => TreesPart.Of(ensemble),
        LinearPredictor linear => new LinearPart("linear", linear.Intercept, [.. linear.MeanTerms], linear.Columns),
        PointsScorecard scorecard => ScorecardPart.Of(scorecard),
        BlendPredictor blend => new BlendPart("blend", [.. blend.Members.Select(member => new MemberPart(member.Weight, member.Slope, member.Intercept, Of(member.Predictor)))]),
        NeuralNetwork network => new NetworkPart("network", network.Columns, network.Layers),
        _ => throw new NotSupportedException($"No JSON for {predictor.GetType().Name}."),
    };

    private static BlendMember MemberOf(JsonElement element)
    {
        var inner = element.GetProperty("predictor");
        if (inner.GetProperty("kind").GetString() == "blend") throw new FormatException("A blend is never a member.");
        return new BlendMember(Read(inner), element.GetProperty("weight").GetDouble(), element.GetProperty("slope").GetDouble(), element.GetProperty("intercept").GetDouble());
    }

    private static T Part<T>(JsonElement element) => element.Deserialize<T>(_options) ?? throw new FormatException("A part is absent.");

    private static ImmutableArray<T> Told<T>(ImmutableArray<T> array) => array.IsDefault ? throw new FormatException("An array is absent.") : array;

    private sealed record BlendPart(string Kind, MemberPart[] Members);

    private sealed record MemberPart(double Weight, double Slope, double Intercept, object Predictor);

    private sealed record LinearPart(string Kind, double Intercept, ImmutableArray<double> MeanTerms, ImmutableArray<LinearColumn> Columns);

    private sealed record NetworkPart(string Kind, ImmutableArray<NetworkColumn> Columns, ImmutableArray<NetworkLayer> Layers);

    private sealed record ScorecardPart(string Kind, PointsScale Scale, int BasePoints, double ExactIntercept, ImmutableArray<double> MeanTerms, ImmutableArray<ScorecardCharacteristic> Characteristics)
    {
        public static ScorecardPart Of(PointsScorecard scorecard) => new("scorecard", scorecard.Scale, scorecard.BasePoints, scorecard.ExactIntercept, [.. scorecard.MeanTerms], scorecard.Characteristics);

        public PointsScorecard Open() => new(Scale ?? throw new FormatException("The scale is absent."), BasePoints, ExactIntercept, Told(Characteristics), Told(MeanTerms));
    }

    /// <summary>Sets are lists of categories with the number of 64-bit words that hold them.</summary>
    private sealed record TreesPart(
        string Kind, string Family, int FeatureCount, LinkKind Link, long TrainingRows, Aggregation Aggregation, double BaseValue, int[] TreeStart, int[] Feature, float[] Cut, int[] Left, int[] Right,
        uint[] CodesLeft, int[] CategorySet, SetPart[] Sets, double[] Value, double[] Cover)
    {
        public static TreesPart Of(TreeEnsemble ensemble)
        {
            var nodes = ensemble.Nodes;
            return new TreesPart(
                "trees", ensemble.Family, ensemble.FeatureCount, ensemble.Link.Kind, ensemble.Link.TrainingRows, ensemble.Aggregation, ensemble.BaseValue, nodes.TreeStart, nodes.Feature, nodes.Cut, nodes.Left, nodes.Right,
                nodes.CodesLeft, nodes.CategorySet, [.. Enumerable.Range(0, nodes.SetStart.Length - 1).Select(set => SetPart.Of(nodes, set))], nodes.Value, nodes.Cover);
        }

        public TreeEnsemble Open()
        {
            var (starts, bits) = (new List<int> { 0 }, new List<ulong>());
            foreach (var set in Sets ?? throw new FormatException("The sets are absent."))
            {
                (set ?? throw new FormatException("A set is absent.")).AddTo(bits);
                starts.Add(bits.Count);
            }

            var nodes = new TreeNodes
            {
                TreeStart = TreeStart ?? [],
                Feature = Feature ?? [],
                Cut = Cut ?? [],
                Left = Left ?? [],
                Right = Right ?? [],
                CodesLeft = CodesLeft ?? [],
                CategorySet = CategorySet ?? [],
                SetStart = [.. starts],
                SetBits = [.. bits],
                Value = Value ?? [],
                Cover = Cover ?? [],
            };
            return new TreeEnsemble(Family ?? "", FeatureCount, new Link(Link, TrainingRows), Aggregation, BaseValue, nodes);
        }
    }

    private sealed record SetPart(int Words, int[] Categories)
    {
        private const int MostWords = GatheredNodes.MaxCategories / 64;
        private const int MostWordsTogether = 1 << 24;

        public static SetPart Of(TreeNodes nodes, int set)
        {
            var words = nodes.SetStart[set + 1] - nodes.SetStart[set];
            return new SetPart(words, [.. Enumerable.Range(0, words * 64).Where(category => nodes.SetContains(set, category))]);
        }

        public void AddTo(List<ulong> bits)
        {
            if (Words is < 0 or > MostWords || bits.Count + Words > MostWordsTogether) throw new FormatException("A set of categories is too large.");
            var words = new ulong[Words];
            foreach (var category in Categories ?? throw new FormatException("The categories are absent."))
            {
                if (category < 0 || category >= Words * 64) throw new FormatException("A category lies outside its set.");
                words[category >> 6] |= 1UL << (category & 63);
            }

            bits.AddRange(words);
        }
    }
}
