namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>One measured piece of our work and the packaged peers that do the same. Listed in <see cref="PeerTasks"/>.</summary>
/// <remarks>Each run is a process of its own. Whatever is not the measured work (reading data, opening a model) comes before the clock of
/// <see cref="PeerClock"/>.</remarks>
internal interface IPeerTask
{
    /// <summary>Name of the row, in kebab case.</summary>
    string Name { get; }

    /// <summary>Peers to pair with: a task of <c>peer_task.py</c>, or <c>task:field</c> to read another field of its answer than the
    /// unit's own (<c>wall_s</c>, <c>rows_per_s</c>); of a list the first element counts.</summary>
    IReadOnlyList<string> PeerNames { get; }

    /// <summary>What the figures of both sides are in.</summary>
    PeerUnit Unit { get; }

    /// <summary>Threads that the work may use.</summary>
    int Threads { get; }

    /// <summary>Rows of the training file of the data set.</summary>
    int Rows => 100_000;

    /// <summary>Whether the data are the tables of <c>gen_etl.py</c> instead of rows with outcome; each peer is then a script of its own.</summary>
    bool ReadsTables => false;

    /// <summary>Python that writes into the folder named by its argument, run once before the rounds: the same draws as those of a peer
    /// that makes its own data. Null where the data set is all.</summary>
    string? PeerScript => null;

    /// <summary>Makes what <see cref="Run"/> opens (a trained model), in a process of its own before the rounds; kept between runs.</summary>
    void Prepare(PeerData data)
    {
    }

    /// <summary>Does the work and says what it took.</summary>
    PeerMeasure Run(PeerData data);
}
