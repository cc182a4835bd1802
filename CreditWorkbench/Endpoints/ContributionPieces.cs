using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Contributions as JSON, in one language of one dictionary: what is said of a feature in the same bytes each time is made once.</summary>
internal sealed class ContributionPieces
{
    private static readonly ConditionalWeakTable<ScorecardDefinition, ConcurrentDictionary<string, ContributionPieces>> Known = [];
    private readonly string _language;
    private readonly FrozenDictionary<string, Pieces> _features;

    private ContributionPieces(ScorecardDefinition definition, string language)
    {
        _language = language;
        _features = definition.Features.DistinctBy(feature => feature.Name).ToFrozenDictionary(feature => feature.Name, feature => new Pieces(OpeningOf(feature, language), CodesOf(feature, definition)), StringComparer.Ordinal);
    }

    /// <summary>The pieces of a dictionary in a language.</summary>
    public static ContributionPieces Of(ScorecardDefinition definition, string language) =>
        Known.GetOrCreateValue(definition).GetOrAdd(language, static (language, definition) => new ContributionPieces(definition, language), definition);

    /// <summary>Writes contributions as a list.</summary>
    public void Write(JsonBytes target, IReadOnlyList<Contribution> contributions)
    {
        target.Piece("["u8);
        for (var i = 0; i < contributions.Count; i++)
        {
            if (i > 0) target.Piece(","u8);
            Write(target, contributions[i]);
        }

        target.Piece("]"u8);
    }

    private void Write(JsonBytes target, Contribution contribution)
    {
        var (opening, codes) = _features[contribution.Feature];
        target.Piece(opening);
        WriteValue(target, contribution.Value, codes);
        target.Piece(",\"display\":"u8);
        target.Text(contribution.DisplayValue.In(_language));
        target.Piece(",\"points\":"u8);
        target.Number(contribution.Points);
        target.Piece(",\"logOdds\":"u8);
        target.Number(contribution.LogOdds);
        target.Piece(PieceOf(contribution.Effect));
        target.Piece(PieceOf(contribution.Impact));
        if (contribution.Peer is { } peer) target.Text(peer.In(_language));
        else target.Piece("null"u8);
        target.Piece("}"u8);
    }

    private static void WriteValue(JsonBytes target, double value, byte[][] codes)
    {
        if (!double.IsFinite(value)) target.Piece("null"u8);
        else if (value >= 0 && value < codes.Length) target.Piece(codes[(int)value]);
        else target.Number(value);
    }

    private static ReadOnlySpan<byte> PieceOf(Effect effect) => effect switch
    {
        Effect.Positive => ",\"effect\":\"positive\""u8,
        Effect.Neutral => ",\"effect\":\"neutral\""u8,
        _ => ",\"effect\":\"negative\""u8,
    };

    private static ReadOnlySpan<byte> PieceOf(Impact impact) => impact switch
    {
        Impact.Neutral => ",\"impact\":\"neutral\",\"peer\":"u8,
        Impact.Low => ",\"impact\":\"low\",\"peer\":"u8,
        Impact.Medium => ",\"impact\":\"medium\",\"peer\":"u8,
        _ => ",\"impact\":\"high\",\"peer\":"u8,
    };

    private static byte[] OpeningOf(FeatureDefinition feature, string language)
    {
        var bytes = new JsonBytes();
        bytes.Piece("{\"feature\":"u8);
        bytes.Text(feature.Name);
        bytes.Piece(",\"label\":"u8);
        bytes.Text(feature.Label.In(language));
        bytes.Piece(",\"value\":"u8);
        return bytes.Written.ToArray();
    }

    // Codes of the categories that a feature takes over as they are; none where its value is a number.
    private static byte[][] CodesOf(FeatureDefinition feature, ScorecardDefinition definition)
    {
        if (feature.From is not { } from || definition.Input(from) is not { Type: InputType.Category } input) return [];
        return [.. input.Values.Select(value =>
        {
            var bytes = new JsonBytes();
            bytes.Text(value.Code);
            return bytes.Written.ToArray();
        })];
    }

    private sealed record Pieces(byte[] Opening, byte[][] Codes);
}
