using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Signed packages for tests.</summary>
internal static class Signed
{
    /// <summary>A package signed with the shared test key.</summary>
    public static byte[] Of(ModelPackage package) => Of(package, TestKeys.Shared).ToBytes();

    /// <summary>A package signed with given keys.</summary>
    public static SignedPackage Of(ModelPackage package, IPackageKeys keys) => SignedPackage.Sign(PackageEncoding.Write(package), package, keys).Value;
}
