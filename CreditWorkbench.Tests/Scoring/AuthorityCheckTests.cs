using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Scoring;

public sealed class AuthorityCheckTests
{
    private static readonly PolicyDefinition Policy = SampleScorecard.Binary.Policy;
    private static readonly Actor Officer = Person(1, Permission.Decide);
    private static readonly Actor Senior = Person(2, Permission.Decide, Permission.DecideAsSeniorOfficer);
    private static readonly Actor Committee = Person(3, Permission.DecideAsCreditCommittee);

    [Fact]
    public void KindOf_CutOffAndRule_SeparateTheSides()
    {
        Assert.Equal(OverrideKind.LowSide, AuthorityCheck.KindOf(650, 700, ruledOut: false, grants: true, declines: false));
        Assert.Equal(OverrideKind.LowSide, AuthorityCheck.KindOf(750, 700, ruledOut: true, grants: true, declines: false));
        Assert.Equal(OverrideKind.HighSide, AuthorityCheck.KindOf(700, 700, ruledOut: false, grants: false, declines: true));
        Assert.Equal(OverrideKind.None, AuthorityCheck.KindOf(700, 700, ruledOut: false, grants: true, declines: false));
        Assert.Equal(OverrideKind.None, AuthorityCheck.KindOf(699, 700, ruledOut: false, grants: false, declines: true));
    }

    [Fact]
    public void Check_NoRole_Refuses() => Assert.Equal("authority.none", Code(Person(9, Permission.Review), 1, OverrideKind.None));

    [Fact]
    public void Check_AmountAboveTheLimit_Refuses()
    {
        Assert.Null(Code(Officer, 25_000_000, OverrideKind.None));
        Assert.Equal("authority.amount", Code(Officer, 25_000_001, OverrideKind.None));
    }

    [Fact]
    public void Check_OverrideWithoutTheRight_Refuses()
    {
        Assert.Equal("authority.override", Code(Officer, 1_000_000, OverrideKind.LowSide));
        Assert.Equal("authority.override", Code(Senior, 1_000_000, OverrideKind.HighSide));
        Assert.Null(Code(Committee, 1_000_000, OverrideKind.HighSide));
    }

    [Fact]
    public void Check_OverrideOfASenior_NeedsASecondPair()
    {
        Assert.True(AuthorityCheck.Check(Policy, Senior, 1_000_000, OverrideKind.LowSide).Value.NeedsSecondPair);
        Assert.False(AuthorityCheck.Check(Policy, Senior, 1_000_000, OverrideKind.None).Value.NeedsSecondPair);
    }

    private static string? Code(Actor actor, decimal amount, OverrideKind kind) =>
        AuthorityCheck.Check(Policy, actor, amount, kind).TryGet(out _, out var problems) ? null : problems[0].Code;

    private static Actor Person(byte number, params Permission[] permissions) => new(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), "", ActorKind.User, permissions.ToHashSet());
}
