using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Pair of a rollout to row and back; reasons come sealed and opened.</summary>
internal static class RolloutPairMap
{
    public static RolloutPairRow Write(RolloutPair pair, byte[] reasons) => new()
    {
        Id = pair.Id,
        RolloutId = pair.RolloutId,
        At = pair.At,
        IssuedBy = pair.IssuedBy,
        SubjectId = pair.SubjectId,
        ApplicationId = pair.ApplicationId,
        ApplicantId = pair.ApplicantId,
        ChampionScore = pair.Champion.Score,
        ChampionGrade = pair.Champion.Grade,
        ChampionPd = pair.Champion.Pd,
        ChampionDecision = pair.Champion.Decision,
        ChampionLoss = pair.Champion.ExpectedLoss,
        ChallengerScore = pair.Challenger.Score,
        ChallengerGrade = pair.Challenger.Grade,
        ChallengerPd = pair.Challenger.Pd,
        ChallengerDecision = pair.Challenger.Decision,
        ChallengerLoss = pair.Challenger.ExpectedLoss,
        Reasons = reasons,
    };

    public static RolloutPair Read(RolloutPairRow row, (IReadOnlyList<string> Champion, IReadOnlyList<string> Challenger) reasons) => new()
    {
        Id = row.Id,
        RolloutId = row.RolloutId,
        At = row.At,
        IssuedBy = row.IssuedBy,
        SubjectId = row.SubjectId,
        ApplicationId = row.ApplicationId,
        ApplicantId = row.ApplicantId,
        Champion = new(row.ChampionScore, row.ChampionGrade, row.ChampionPd, row.ChampionDecision, row.ChampionLoss, reasons.Champion),
        Challenger = new(row.ChallengerScore, row.ChallengerGrade, row.ChallengerPd, row.ChallengerDecision, row.ChallengerLoss, reasons.Challenger),
    };
}
