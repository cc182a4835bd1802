using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Rows of stored data sets, read once for everybody who looks at them; the last ones are kept.</summary>
/// <param name="datasets">Opens the bytes.</param>
public sealed class OpenDatasets(DatasetDesk datasets)
{
    private const int Kept = 3;
    private readonly SharedWork<Guid, double, Outcome<OpenDataset>> _open = new(Kept);

    /// <summary>The rows of a version. What a desk shows of them is its own affair: nothing here asks who looks.</summary>
    /// <param name="id">Version.</param>
    /// <param name="cancellationToken">Ends the waiting; the reading itself stops when nobody waits.</param>
    internal Task<Outcome<OpenDataset>> OfAsync(Guid id, CancellationToken cancellationToken) =>
        _open.GetAsync(id, (_, stop) => ReadAsync(id, stop), outcome => outcome.Succeeded, null, cancellationToken);

    private async Task<Outcome<OpenDataset>> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!(await datasets.OpenAsync(id, Actor.System, cancellationToken)).TryGet(out var stored, out var problems)) return Outcome<OpenDataset>.Refused(problems);
        return (await TrainingFile.Of(stored).OpenAsync(TrainingSettings.Of, cancellationToken)).Then<OpenDataset>(opened => new OpenDataset(stored.Version, opened));
    }
}

/// <summary>A version with its rows in memory.</summary>
/// <param name="Version">Manifest.</param>
/// <param name="Rows">Request for training, warnings and rejected rows.</param>
internal sealed record OpenDataset(DatasetVersion Version, OpenedTrainingFile Rows)
{
    private bool[]? _bad;

    /// <summary>Labelled rows.</summary>
    public LabelledDataset Dataset => Rows.Request.Dataset;

    /// <summary>Outcome per row.</summary>
    public bool[] Bad => _bad ??= Dataset.BadMask();
}
