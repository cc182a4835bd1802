using System.Security.Cryptography;
using System.Text;

namespace CreditWorkbench.Core.Registry;

/// <summary>Draws who is decided on by a challenger. The same subject always draws the same bucket of a rollout, so a greater share only adds
/// subjects.</summary>
public static class RolloutDraw
{
    /// <summary>Number of buckets: a hundredth of a percent each.</summary>
    public const int Buckets = 10_000;

    /// <summary>Bucket of a subject: SHA-256 of scorecard, subject and salt (UTF-8, a zero byte between them) as one big-endian number, modulo
    /// <see cref="Buckets"/>.</summary>
    public static int BucketOf(string scorecardId, string subject, string salt)
    {
        var bucket = 0;
        foreach (var digit in SHA256.HashData(Encoding.UTF8.GetBytes($"{scorecardId}\0{subject}\0{salt}"))) bucket = ((bucket << 8) | digit) % Buckets;
        return bucket;
    }

    /// <summary>Whether the challenger decides on a subject.</summary>
    public static bool Takes(Rollout rollout, string subject) =>
        rollout.Mode == RolloutMode.Canary && BucketOf(rollout.ScorecardId, subject, rollout.Salt) < rollout.Share * (Buckets / 100);
}
