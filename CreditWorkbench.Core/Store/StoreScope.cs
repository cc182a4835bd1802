using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store;

/// <summary>The transaction that whatever runs inside it shares: contexts made meanwhile read and write in it, and nothing is kept before it ends. It follows
/// the flow of control, so nobody else sees it; one thing at a time is done in it.</summary>
internal sealed class StoreScope
{
    private readonly AsyncLocal<Shared?> _current = new();
    private readonly AsyncLocal<CallInHand?> _call = new();

    /// <summary>The shared transaction; null outside.</summary>
    public Shared? Current => _current.Value is { Over: false } shared ? shared : null;

    /// <summary>The call with a key of its client that is being made; null outside of one, and after its end also for whatever it set going.</summary>
    public CallInHand? Call => _call.Value is { Over: false } call ? call : null;

    /// <summary>Makes a call with a key: the first change that is kept from here says in the same transaction that the call has had an effect.</summary>
    public CallInHand Enter(CallInHand call) => _call.Value = call;

    /// <summary>Shares a context's transaction with what is called from here.</summary>
    public Shared Enter(DbConnection connection, DbTransaction transaction) => _current.Value = new Shared(connection, transaction);

    /// <summary>Ends the sharing, also for whatever was set going inside and still runs.</summary>
    public void Leave()
    {
        if (_current.Value is { } shared) shared.Over = true;
        _current.Value = null;
    }

    /// <summary>A connection with its transaction.</summary>
    internal sealed class Shared(DbConnection connection, DbTransaction transaction)
    {
        /// <summary>Whether audit rows were written in it.</summary>
        public bool Audited { get; set; }

        /// <summary>Whether it has ended.</summary>
        public bool Over { get; set; }

        /// <summary>Has a new context work in it.</summary>
        public TContext Join<TContext>(TContext context)
            where TContext : DbContext
        {
            context.Database.SetDbConnection(connection);
            context.Database.UseTransaction(transaction);
            return context;
        }
    }
}
