using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Issued score to row and back.</summary>
internal static class ScoreMap
{
    private const string Document = "Scores.Document";
    private const string Explanation = "Scores.Explanation";
    private const string Roadmap = "Scores.Roadmap";
    private const string Values = "Scores.Values";

    public static ScoreRow Write(IssuedScore score, DataKey key) => new()
    {
        Id = score.Id,
        ApplicationId = score.ApplicationId,
        ApplicantId = score.ApplicantId,
        ScorecardId = score.Release.ScorecardId,
        ReleaseHash = score.Release.Hash.Hex,
        Model = score.Release.Model,
        NumericContract = score.Release.NumericContract,
        ScoredAt = score.ScoredAt,
        ExpiresAt = score.ExpiresAt,
        Issued = score.Score.Issued,
        Grade = score.Score.Grade,
        MarginBits = BitConverter.DoubleToInt64Bits(score.Score.Margin),
        Recommendation = score.Policy.Recommendation,
        Pd = score.Score.Pd,
        ExpectedLoss = score.ExpectedLoss,
        Document = key.Seal(StoreJson.Write(new Rest(score.Score, score.Policy, score.Confidence, score.Provenance, score.Warnings, score.ExpectedLoss, score.Terms)), Document, score.Id),
        Explanation = score.Explanation is { } explanation ? key.Seal(StoreJson.Write(explanation), Explanation, score.Id) : null,
        Roadmap = score.Roadmap is { } roadmap ? SealRoadmap(roadmap, score.Id, key) : null,
        Values = key.Seal(score.ValuesJson, Values, score.Id),
    };

    public static byte[] SealRoadmap(Roadmap roadmap, Guid scoreId, DataKey key) => key.Seal(StoreJson.Write(roadmap), Roadmap, scoreId);

    public static IssuedScore Read(ScoreRow row, DataKey key)
    {
        var rest = StoreJson.Read<Rest>(key.Open(row.Document, Document, row.Id));
        return new()
        {
            Id = row.Id,
            ApplicationId = row.ApplicationId,
            ApplicantId = row.ApplicantId,
            Release = new ReleaseReference(new ContentHash(row.ReleaseHash), row.Model, row.ScorecardId, row.NumericContract),
            ScoredAt = row.ScoredAt,
            ExpiresAt = row.ExpiresAt,
            Score = rest.Score,
            Policy = rest.Policy,
            Confidence = rest.Confidence,
            Explanation = row.Explanation is { } explanation ? StoreJson.Read<ScoreExplanation>(key.Open(explanation, Explanation, row.Id)) : null,
            Roadmap = row.Roadmap is { } roadmap ? StoreJson.Read<Roadmap>(key.Open(roadmap, Roadmap, row.Id)) : null,
            ValuesJson = key.Open(row.Values, Values, row.Id),
            Provenance = rest.Provenance,
            Warnings = rest.Warnings,
            ExpectedLoss = rest.ExpectedLoss,
            Terms = rest.Terms,
        };
    }

    private sealed record Rest(
        Score Score, IssuedPolicy Policy, Confidence Confidence, IReadOnlyDictionary<string, string> Provenance, IReadOnlyList<string> Warnings, double? ExpectedLoss,
        ApplicationTerms? Terms);
}
