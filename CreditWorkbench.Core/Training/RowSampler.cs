namespace CreditWorkbench.Core.Training;

/// <summary>Which training rows, and which columns, each tree of a boosting run sees.</summary>
internal sealed class RowSampler
{
    private const ulong StoppingPurpose = 0xB001;
    private const ulong RowPurpose = 0xB002;
    private const ulong ColumnPurpose = 0xB003;

    private readonly int[]? _training;
    private readonly int[] _columns;
    private readonly BoostingSettings _settings;
    private readonly ulong _seed;

    /// <summary>Parts the rows of a run into training and stopping rows.</summary>
    /// <param name="bad">1 for bad, 0 for good.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="stoppingRows">Stopping rows; null draws a stratified share where early stopping is on.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <exception cref="ArgumentException">One outcome is not among the training rows.</exception>
    public RowSampler(byte[] bad, int columns, IReadOnlyList<int>? stoppingRows, BoostingSettings settings, ulong seed)
    {
        (_settings, _seed, _columns) = (settings, seed, [.. Enumerable.Range(0, columns)]);
        TrainingCount = bad.Length;
        if (stoppingRows is null && settings.EarlyStoppingRounds == 0) return;
        var isStopping = new bool[bad.Length];
        foreach (var row in stoppingRows ?? DrawStopping(bad)) isStopping[row] = true;
        Stopping = [.. Enumerable.Range(0, bad.Length).Where(row => isStopping[row])];
        _training = [.. Enumerable.Range(0, bad.Length).Where(row => !isStopping[row])];
        TrainingCount = _training.Length;
        if (!_training.Any(row => bad[row] == 0) || !_training.Any(row => bad[row] == 1))
            throw new ArgumentException("Both outcomes must be among the training rows.", nameof(bad));
    }

    /// <summary>Rows that early stopping watches and no tree sees, rising.</summary>
    public int[] Stopping { get; } = [];

    /// <summary>Number of training rows.</summary>
    public int TrainingCount { get; }

    /// <summary>Draws the rows of a tree without replacement.</summary>
    /// <param name="tree">Number of the tree, which names its stream.</param>
    /// <param name="rows">Filled: the rows drawn, rising, then the training rows left out, rising.</param>
    /// <returns>Number of rows drawn.</returns>
    public int Rows(int tree, Span<int> rows)
    {
        if (_settings.RowShare >= 1.0)
        {
            for (var i = 0; i < TrainingCount; i++) rows[i] = _training is null ? i : _training[i];
            return TrainingCount;
        }

        var wanted = Wanted(_settings.RowShare, TrainingCount);
        var random = new RandomStream(_seed, RowPurpose, (ulong)tree);
        var (drawn, left) = (0, wanted);
        for (var i = 0; i < TrainingCount; i++)
        {
            var row = _training is null ? i : _training[i];
            if (drawn < wanted && random.NextInt(TrainingCount - i) < wanted - drawn) rows[drawn++] = row;
            else rows[left++] = row;
        }

        return wanted;
    }

    /// <summary>The columns of a tree, rising.</summary>
    public int[] Columns(int tree)
    {
        if (_settings.ColumnShare >= 1.0) return _columns;
        var drawn = new int[Wanted(_settings.ColumnShare, _columns.Length)];
        var random = new RandomStream(_seed, ColumnPurpose, (ulong)tree);
        for (var (column, count) = (0, 0); count < drawn.Length; column++)
        {
            if (random.NextInt(_columns.Length - column) < drawn.Length - count) drawn[count++] = column;
        }

        return drawn;
    }

    private static int Wanted(double share, int count) => Math.Max(1, (int)Math.Round(share * count));

    private List<int> DrawStopping(byte[] bad)
    {
        var drawn = new List<int>();
        for (byte outcome = 0; outcome <= 1; outcome++)
        {
            var rows = Enumerable.Range(0, bad.Length).Where(row => bad[row] == outcome).ToArray();
            new RandomStream(_seed, StoppingPurpose, outcome).Shuffle(rows);
            drawn.AddRange(rows.Take((int)(_settings.StoppingShare * rows.Length)));
        }

        return drawn;
    }
}
