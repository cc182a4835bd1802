using System.Collections.Immutable;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Predictors;

/// <summary>The body of an encoded blend; its layout stands at <see cref="PredictorEncoding"/>.</summary>
internal static class BlendEncoding
{
    private const int LeastMemberBytes = 28;

    /// <summary>Writes the body.</summary>
    public static void Write(BlendPredictor blend, BinaryWriter writer)
    {
        writer.Write(blend.Members.Count);
        foreach (var member in blend.Members)
        {
            writer.Write(member.Weight);
            writer.Write(member.Slope);
            writer.Write(member.Intercept);
            var bytes = PredictorEncoding.ToBytes(member.Predictor);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }
    }

    /// <summary>Reads the body; a member that is a blend is refused before it is opened, so that bytes cannot nest without end.</summary>
    public static Outcome<Predictor> Read(ReadOnlySpan<byte> body)
    {
        var reader = new SpanReader(body);
        var count = reader.Count(LeastMemberBytes);
        if (count > BlendPredictor.MaxMembers) return PredictorEncoding.Refusal("invalid", $"A blend has at most {BlendPredictor.MaxMembers} members.");
        var members = new List<BlendMember>(count);
        for (var i = 0; i < count; i++)
        {
            var (weight, slope, intercept) = (reader.Double(), reader.Double(), reader.Double());
            var bytes = reader.Bytes(reader.Int32());
            if (reader.RanOut) break;
            if (PredictorEncoding.IsBlend(bytes)) return PredictorEncoding.Refusal("invalid", $"Member {i} is a blend itself.");
            if (!PredictorEncoding.Read(bytes).TryGet(out var predictor, out var problems)) return PredictorEncoding.Refusal("invalid", $"Member {i}: {problems[0].Message}");
            members.Add(new BlendMember(predictor, weight, slope, intercept));
        }

        if (!reader.IsAtEnd) return PredictorEncoding.Refusal("invalid", "The blend's parts do not fill its bytes.");
        var all = members.ToImmutableArray();
        return BlendPredictor.Fault(all) is { } fault ? PredictorEncoding.Refusal("invalid", fault) : new BlendPredictor(all);
    }
}
