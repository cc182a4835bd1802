using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Rows of the registry and releases without a store.</summary>
internal static class Releases
{
    public static RegisteredModel Registered(ModelPackage package, ModelStage stage = ModelStage.Production)
    {
        var hash = ContentHash.Of(PackageEncoding.Write(package));
        return new RegisteredModel
        {
            Id = Guid.Parse("0192f0c1-0000-7000-8000-000000000001"),
            Name = package.Scorecard.Id,
            Version = 1,
            ScorecardId = package.Scorecard.Id,
            Family = package.Lineage.Family,
            PackageHash = hash,
            ReleaseHash = ReleaseHash.Of(hash, package.Scorecard),
            ScoringHash = package.Scorecard.ScoringHash,
            Stage = stage,
            ReportJson = package.ReportJson,
            CreatedBy = Actor.System.Id,
            CreatedAt = DateTimeOffset.UnixEpoch,
            StageSince = DateTimeOffset.UnixEpoch,
        };
    }

    public static Release Of(ModelPackage package) => Release.Of(package, Registered(package));
}
