using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using Xunit;

namespace CreditWorkbench.Tests.Audit;

public sealed class AuditChainTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Payload = [1, 2, 3];

    [Fact]
    public void Hash_KnownEntry_IsTheOneThatPythonWorksOut()
    {
        // hashlib.sha256 of: 64 zeros, 1, id, ticks, actor, kind, subject, releases, payload hash; texts in UTF-8 with their length in
        // front, numbers and lengths as struct.pack('<q', ...), ids as 32 hexadecimal digits.
        var entry = AuditChain.Link(Entry(), 1, AuditChain.Genesis);

        Assert.Equal("d40ac97e22be3797c219046ef98de835fd71755838c43dfdc249805357610081", entry.Hash.Hex);
    }

    public static TheoryData<string, Func<AuditEntry, AuditEntry>> Changes => new()
    {
        { "sequence", entry => entry with { Sequence = 2 } },
        { "id", entry => entry with { Id = Guid.Parse("0197f000-0000-7000-8000-000000000002") } },
        { "at", entry => entry with { At = entry.At.AddMicroseconds(1) } },
        { "actor", entry => entry with { ActorId = Guid.Empty } },
        { "kind", entry => entry with { Kind = "application.read" } },
        { "subject", entry => entry with { SubjectId = "other" } },
        { "kind and subject shifted", entry => entry with { Kind = "application.score", SubjectId = "dsubject" } },
        { "releases", entry => entry with { Releases = "" } },
        { "payload", entry => entry with { PayloadHash = ContentHash.Of("other") } },
        { "previous", entry => entry with { PreviousHash = ContentHash.Of("other") } },
    };

    [Theory, MemberData(nameof(Changes))]
    public void Hash_AnyFieldChanged_IsAnother(string field, Func<AuditEntry, AuditEntry> change)
    {
        var entry = AuditChain.Link(Entry(), 1, AuditChain.Genesis);

        Assert.NotEqual(entry.Hash, AuditChain.HashOf(change(entry)));
        Assert.NotEmpty(field);
    }

    [Fact]
    public void Walk_SoundChainWithTail_IsIntact()
    {
        var walk = Walk(Chain(3));
        walk.Pending(Entry(), null, Payload, AuditChain.Seal(Key, Entry(), null));

        var result = walk.Result();

        Assert.Equal((true, 3L, 1, null), (result.Intact, result.Entries, result.Pending, result.FirstBroken));
        Assert.Equal("All 3 entries match. 1 wait for their number, sealed.", result.Message);
    }

    [Fact]
    public void Walk_EmptyChain_IsIntact() => Assert.True(Walk([]).Result().Intact);

    [Fact]
    public void Walk_SecondEntryAltered_NamesItAndWhatIsStillIntact()
    {
        var chain = Chain(3);
        chain[1] = chain[1] with { SubjectId = "other" };

        var result = Walk(chain).Result();

        Assert.Equal((false, 2L), (result.Intact, result.FirstBroken));
        Assert.Equal("Entry 2 does not match its hash. Entries up to 1 are intact.", result.Message);
    }

    [Fact]
    public void Walk_WholeChainRebuiltWithoutTheKey_IsBrokenAtTheFirstForgedSeal()
    {
        var walk = new AuditChainWalk(Key);
        var forged = AuditChain.Link(Entry() with { SubjectId = "other" }, 1, AuditChain.Genesis);

        walk.Numbered(forged, null, Payload, AuditChain.Seal(Key, Entry(), null));

        Assert.Equal(1, walk.Result().FirstBroken);
    }

    [Fact]
    public void Walk_HeadBehindTheLastEntry_IsBroken()
    {
        var chain = Chain(3);
        var walk = new AuditChainWalk(Key);
        foreach (var entry in chain) walk.Numbered(entry, null, Payload, AuditChain.Seal(Key, entry, null));
        walk.Head(2, chain[1].Hash, AuditChain.SealHead(Key, 2, chain[1].Hash));

        Assert.Equal(3, walk.Result().FirstBroken);
    }

    [Fact]
    public void Walk_FirstEntryGone_SaysSo()
    {
        var walk = new AuditChainWalk(Key);
        walk.Head(3, Chain(3)[2].Hash, AuditChain.SealHead(Key, 3, Chain(3)[2].Hash));

        Assert.Equal("Entry 1 is missing.", walk.Result().Message);
    }

    private static AuditEntry Entry() => new(
        0, Guid.Parse("0197f000-0000-7000-8000-000000000001"), new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), Actor.System.Id,
        "application.scored", "subject", "release", ContentHash.Of(Payload), new ContentHash(""), new ContentHash(""));

    private static AuditEntry[] Chain(int length)
    {
        var chain = new AuditEntry[length];
        for (var i = 0; i < length; i++) chain[i] = AuditChain.Link(Entry(), i + 1, i == 0 ? AuditChain.Genesis : chain[i - 1].Hash);
        return chain;
    }

    private static AuditChainWalk Walk(AuditEntry[] chain)
    {
        var walk = new AuditChainWalk(Key);
        foreach (var entry in chain) walk.Numbered(entry, null, Payload, AuditChain.Seal(Key, entry, null));
        var (sequence, hash) = chain.Length == 0 ? (0, AuditChain.Genesis) : (chain[^1].Sequence, chain[^1].Hash);
        walk.Head(sequence, hash, AuditChain.SealHead(Key, sequence, hash));
        return walk;
    }
}
