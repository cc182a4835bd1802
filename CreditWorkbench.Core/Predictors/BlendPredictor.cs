using System.Collections.Immutable;

namespace CreditWorkbench.Core.Predictors;

/// <summary>One voice of a blend.</summary>
/// <param name="Predictor">A model that is not a blend itself and whose margin is log-odds of bad.</param>
/// <param name="Weight">Its weight, at least 0.</param>
/// <param name="Slope">Slope of its calibration, above 0.</param>
/// <param name="Intercept">Intercept of its calibration.</param>
public sealed record BlendMember(Predictor Predictor, double Weight, double Slope, double Intercept);

/// <summary>A weighted vote: q = sum of weight x (slope x margin + intercept) over the members, in log-odds of bad.</summary>
/// <remarks>Weights add up to 1. A blend is never a member: a blend of blends is written out flat.</remarks>
public sealed class BlendPredictor : Predictor
{
    /// <summary>Most members.</summary>
    public const int MaxMembers = 64;

    private const double WeightTolerance = 1e-9;
    private readonly ImmutableArray<BlendMember> _members;

    /// <summary>Assembles a blend.</summary>
    /// <param name="members">At least one; all take the same columns.</param>
    /// <exception cref="ArgumentException">Weights below 0 or not adding up to 1, a slope that is not above 0, a number that is not
    /// finite, a member that is a blend, is ordinal or takes other columns.</exception>
    public BlendPredictor(ImmutableArray<BlendMember> members)
    {
        if (Fault(members) is { } fault) throw new ArgumentException(fault, nameof(members));
        _members = members;
    }

    /// <inheritdoc/>
    public override string Family => "blend";

    /// <inheritdoc/>
    public override int FeatureCount => _members[0].Predictor.FeatureCount;

    /// <inheritdoc/>
    public override Link Link => Link.LogOdds;

    /// <inheritdoc/>
    /// <remarks>Also false where a sampled member has no weight: the model is judged by its parts.</remarks>
    public override bool ReasonsAreExact => _members.All(member => member.Predictor.ReasonsAreExact);

    /// <summary>The members, in the order in which they are summed.</summary>
    public IReadOnlyList<BlendMember> Members => _members;

    /// <inheritdoc/>
    public override double Quantity(ReadOnlySpan<float> features)
    {
        var quantity = 0.0;
        foreach (var member in _members) quantity += Share(member, member.Predictor.Margin(features));
        return quantity;
    }

    /// <inheritdoc/>
    protected override void Quantities(Features.FeatureMatrix features, int firstRow, Span<double> quantities)
    {
        quantities.Clear();
        var margins = new double[quantities.Length];
        foreach (var member in _members)
        {
            MarginsOf(member.Predictor, features, firstRow, margins);
            for (var i = 0; i < margins.Length; i++) quantities[i] += Share(member, margins[i]);
        }
    }

    /// <summary>What is wrong with members; null when nothing is.</summary>
    internal static string? Fault(ImmutableArray<BlendMember> members)
    {
        if (members.IsDefaultOrEmpty || members.Length > MaxMembers) return $"A blend has 1 to {MaxMembers} members.";
        var sum = 0.0;
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            if (member.Predictor is BlendPredictor) return $"Member {i} is a blend itself.";
            if (member.Predictor.Link.Kind == LinkKind.Ordinal) return $"Member {i} has no log-odds.";
            if (member.Predictor.FeatureCount != members[0].Predictor.FeatureCount) return $"Member {i} takes another number of columns.";
            if (!(member.Weight >= 0.0) || !(member.Slope > 0.0) || !BoundedNumber.IsBounded(member.Slope) || !BoundedNumber.IsBounded(member.Intercept))
                return $"Member {i} has a weight below 0, a slope not above 0 or a number that is not finite.";
            sum += member.Weight;
        }

        return Math.Abs(sum - 1.0) <= WeightTolerance ? null : FormattableString.Invariant($"The weights add up to {sum:R}, not to 1.");
    }

    private static double Share(BlendMember member, double margin) => member.Weight * (member.Slope * margin + member.Intercept);
}
