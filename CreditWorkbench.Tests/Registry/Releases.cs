using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Rows of the registry and releases without a store.</summary>
internal static class Releases
{
    public static RegisteredModel Registered(ModelPackage package, ModelStage stage = ModelStage.Production)
    {
        var hash = ContentHash.Of(PackageEncoding.Write(package));
        return RegisteredModel.Of(Guid.Parse("0192f0c1-0000-7000-8000-000000000001"), package.Scorecard.Id, package, hash, Actor.System.Id, DateTimeOffset.UnixEpoch) with { Version = 1, Stage = stage };
    }

    public static Release Of(ModelPackage package) => Release.Of(package, Registered(package));
}
