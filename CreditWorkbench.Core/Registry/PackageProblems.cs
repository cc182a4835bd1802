using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Why a package is not believed.</summary>
public static class PackageProblems
{
    private const string Again = "Fetch it again from where it was registered; such a package is never loaded.";

    /// <summary>No signature.</summary>
    public static Problem Unsigned { get; } = new("package.unsigned", "The package is not signed.") { Remedy = "Register the model again, or have it checked and signed with `models sign NAME@V`." };

    /// <summary>Signed by nobody who is known.</summary>
    /// <param name="keyId">Id of the key.</param>
    public static Problem UnknownKey(string keyId) =>
        new("package.key.unknown", $"The package is signed with the key {Printable(keyId)}, which nobody here trusts.") { Remedy = "Ask who signed it, compare the key's id, and trust it with `models keys --trust FILE`." };

    /// <summary>The signature is not one over this manifest.</summary>
    public static Problem BadSignature { get; } = new("package.signature", "The signature does not belong to the package's manifest.") { Remedy = Again };

    /// <summary>The manifest speaks of another package.</summary>
    public static Problem BadManifest { get; } = new("package.manifest", "The package does not match its signed manifest.") { Remedy = Again };

    /// <summary>The package is not the one in the registry.</summary>
    public static Problem Altered { get; } = new("package.altered", "The package does not match the hash in the registry.") { Remedy = "Restore it from a backup; an altered package is never loaded." };

    /// <summary>Made for another dictionary.</summary>
    /// <param name="scorecard">Scorecard.</param>
    /// <param name="made">What it was made for.</param>
    /// <param name="expected">What it should serve.</param>
    public static Problem OtherDictionary(string scorecard, ContentHash made, ContentHash expected) =>
        new("package.dictionary", $"The package was made for the scoring dictionary {made.Short} of {scorecard}, not for {expected.Short}.") { Remedy = "Train the model again on this dictionary." };

    private static string Printable(string text) => new([.. text.Where(char.IsAsciiLetterOrDigit).Take(32)]);
}
