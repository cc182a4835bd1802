using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Web.Hosting;
using Xunit;

namespace CreditWorkbench.Tests.Architecture;

public sealed class SensitiveReaderTests
{
    private const string Reader = "CreditWorkbench.Core.Evaluation.ISensitiveReader";
    private static readonly string[] Allowed = ["Evaluation", "ModelBuilding", "Monitoring", "Store"];

    [Fact]
    public void Core_OnlyAuditsNameTheReader()
    {
        Assert.Equal(Reader, typeof(ISensitiveReader).FullName);
        Assert.Empty(Violations(typeof(ISensitiveReader).Assembly.Location));
    }

    [Fact]
    public void Web_NeverNamesTheReader()
    {
        Assert.DoesNotContain(Reader, TypesNamedBy(typeof(StoreSettings).Assembly.Location));
    }

    /// <summary>Both checks are run over this assembly, where Decisioning names the reader.</summary>
    [Fact]
    public void Checks_DeliberateViolation_IsFound()
    {
        var here = typeof(SensitiveReaderTests).Assembly.Location;

        Assert.Contains("CreditWorkbench.Core.Decisioning.PeeksIntoTheVault", Violations(here));
        Assert.Contains(Reader, TypesNamedBy(here));
    }

    private static IEnumerable<string> Violations(string assembly) =>
        RoomReferences.Read(assembly).Where(reference => reference.ToType == Reader && !Allowed.Contains(reference.FromRoom)).Select(reference => reference.FromType);

    private static IReadOnlySet<string> TypesNamedBy(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        var reader = image.GetMetadataReader();
        return reader.TypeReferences.Select(handle => TypeNames.FullNameOf(reader, handle)).ToHashSet();
    }
}
