using System.Globalization;
using System.Security.Cryptography;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Audit;

/// <summary>Walks a chain from its first entry and remembers the first one that does not match. Feed every numbered entry in order, then
/// the head, then the tail that waits for its number, then ask for the <see cref="Result"/>.</summary>
/// <param name="key">Key of the seals, 256 bits.</param>
public sealed class AuditChainWalk(byte[] key)
{
    private ContentHash _previous = AuditChain.Genesis;
    private long _numbered;
    private int _pending;
    private string? _fault;
    private long _firstBroken;

    /// <summary>Checks the next numbered entry.</summary>
    /// <param name="entry">As stored.</param>
    /// <param name="applicantId">Whose key encrypts the payload.</param>
    /// <param name="payload">The encrypted payload as stored.</param>
    /// <param name="seal">The seal as stored.</param>
    public void Numbered(AuditEntry entry, Guid? applicantId, byte[] payload, byte[] seal)
    {
        if (_fault is not null) return;
        var expected = _numbered + 1;
        if (entry.Sequence != expected) Break(expected, "is missing");
        else if (entry.PreviousHash != _previous || entry.Hash != AuditChain.HashOf(entry)) Break(expected, "does not match its hash");
        else if (entry.PayloadHash != ContentHash.Of(payload)) Break(expected, "does not match the hash of its content");
        else if (!Sealed(entry, applicantId, seal)) Break(expected, "does not match its seal");
        else (_numbered, _previous) = (expected, entry.Hash);
    }

    /// <summary>Checks that the chain ends where the store says it ends.</summary>
    public void Head(long sequence, ContentHash hash, byte[] seal)
    {
        if (_fault is not null) return;
        if (!CryptographicOperations.FixedTimeEquals(seal, AuditChain.SealHead(key, sequence, hash))) Break(_numbered + 1, "is uncertain: the seal of the chain's end does not match");
        else if (sequence > _numbered) Break(_numbered + 1, "is missing");
        else if (sequence < _numbered) Break(sequence + 1, "is not covered by the seal of the chain's end");
        else if (hash != _previous) Break(_numbered, "does not match the seal of the chain's end");
    }

    /// <summary>Checks the next entry that waits for its number.</summary>
    public void Pending(AuditEntry entry, Guid? applicantId, byte[] payload, byte[] seal)
    {
        if (_fault is not null) return;
        if (entry.PayloadHash != ContentHash.Of(payload)) Break(_numbered + _pending + 1, "does not match the hash of its content");
        else if (!Sealed(entry, applicantId, seal)) Break(_numbered + _pending + 1, "does not match its seal");
        else _pending++;
    }

    /// <summary>What was found.</summary>
    public AuditVerification Result() => _fault is null
        ? new(true, _numbered, _pending, null, string.Create(CultureInfo.InvariantCulture, $"All {_numbered:N0} entries match. {_pending:N0} wait for their number, sealed."))
        : new(false, _numbered, _pending, _firstBroken, Describe());

    private bool Sealed(AuditEntry entry, Guid? applicantId, byte[] seal) =>
        CryptographicOperations.FixedTimeEquals(seal, AuditChain.Seal(key, entry, applicantId));

    private void Break(long sequence, string fault) => (_firstBroken, _fault) = (sequence, fault);

    private string Describe()
    {
        var broken = string.Create(CultureInfo.InvariantCulture, $"Entry {_firstBroken:N0} {_fault}.");
        return _firstBroken > 1
            ? broken + string.Create(CultureInfo.InvariantCulture, $" Entries up to {_firstBroken - 1:N0} are intact.")
            : broken;
    }
}
