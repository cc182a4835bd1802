using CreditWorkbench.Core.Kernel;
using Xunit;

namespace CreditWorkbench.Tests.Architecture;

public sealed class RoomTests
{
    private static readonly string CoreAssembly = typeof(Probability).Assembly.Location;

    [Fact]
    public void Rooms_NameOnlyWhatTheTableAllows()
    {
        var references = RoomReferences.Read(CoreAssembly);

        var violations = RoomTable.Violations(references, RoomTable.Read());

        Assert.Empty(violations.Select(violation => $"{violation.FromType} names {violation.ToType}").Order());
    }

    [Fact]
    public void Rooms_AllStandInTheTable()
    {
        var rooms = typeof(Probability).Assembly.GetTypes()
            .Select(type => RoomReferences.RoomOf((type.Namespace ?? "") + ".")).OfType<string>().Distinct();

        Assert.Empty(rooms.Except(RoomTable.Read().Keys));
    }

    [Fact]
    public void Kernel_HasAtMostTenFiles()
    {
        var types = typeof(Probability).Assembly.GetExportedTypes().Count(type => type is { Namespace: "CreditWorkbench.Core.Kernel", IsEnum: false });

        Assert.InRange(types, 1, 10);
    }

    /// <summary>The checker is run over this assembly, which holds a deliberate violation below: Metrics names Training.</summary>
    [Fact]
    public void Checker_DeliberateViolation_IsFound()
    {
        var references = RoomReferences.Read(typeof(RoomTests).Assembly.Location);

        var violations = RoomTable.Violations(references, RoomTable.Read()).ToList();

        Assert.Contains(violations, violation => violation is { FromRoom: "Metrics", ToRoom: "Training", FromType: "CreditWorkbench.Core.Metrics.InBody" });
        Assert.Contains(violations, violation => violation is { FromRoom: "Metrics", ToRoom: "Training", FromType: "CreditWorkbench.Core.Metrics.InGenericArgument" });
    }

    /// <summary>Pure rooms never reach for the clock, files, the network, threads' sleep or the environment.</summary>
    [Fact]
    public void NumericRooms_ArePure()
    {
        string[] numeric = ["Kernel", "Metrics", "Features", "Predictors", "Calibration", "Scoring", "Explanation", "Recourse", "Training"];

        var impure = ImpureCalls.Read(CoreAssembly).Where(call => numeric.Contains(call.Room));

        Assert.Empty(impure.Select(call => $"{call.Type} uses {call.Forbidden}").Distinct().Order());
    }

    [Fact]
    public void PurityChecker_DeliberateViolation_IsFound()
    {
        var impure = ImpureCalls.Read(typeof(RoomTests).Assembly.Location);

        Assert.Contains(impure, call => call is { Type: "CreditWorkbench.Core.Metrics.InBody", Forbidden: "System.IO.File" });
    }
}
