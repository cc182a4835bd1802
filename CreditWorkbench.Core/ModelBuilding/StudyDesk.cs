using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Opens studies: reads the rows of a source, explains and sums them up once for everybody who asks, and keeps the last ones.</summary>
/// <param name="releases">Models ready to explain.</param>
/// <param name="files">Kept files.</param>
/// <param name="threads">Threads that one study may use, at least 1.</param>
public sealed class StudyDesk(ReleaseSource releases, IStudyFiles files, int threads)
{
    private const int KeptStudies = 4;
    private const int Seed = 1;
    private const double Read = 0.1, Explained = 0.9;
    private readonly SharedWork<(string Release, string Source, AttributionMethod Method), StudyProgress, Outcome<ExplanationStudy>> _studies = new(KeptStudies);

    /// <summary>The study of a model on a source; at once where somebody asked before.</summary>
    /// <param name="model">A registered model.</param>
    /// <param name="source">Where the rows come from.</param>
    /// <param name="method">How absent features are imagined.</param>
    /// <param name="progress">Told how far it is; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting; the work itself stops when nobody waits.</param>
    /// <returns>The study; refused when the package or the file cannot be read, or an explanation does not add up.</returns>
    public Task<Outcome<ExplanationStudy>> OpenAsync(
        RegisteredModel model, StudySource source, AttributionMethod method, IProgress<StudyProgress>? progress, CancellationToken cancellationToken) =>
        _studies.GetAsync(
            (model.ReleaseHash.Hex, source.Key, method), (told, stop) => WorkAsync(model, source, method, told, stop), outcome => outcome.Succeeded, progress, cancellationToken);

    /// <summary>Keeps a file of rows; needs <see cref="Permission.BuildModels"/>.</summary>
    public async Task<Outcome<StudyFile>> AddAsync(string name, Stream content, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.BuildModels) is { } refusal ? refusal : await files.AddAsync(name, content, actor, cancellationToken);

    /// <summary>Keeps a file that an admin has laid into the folder; needs <see cref="Permission.BuildModels"/>.</summary>
    public async Task<Outcome<StudyFile>> AddFromFolderAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        if (files.OpenFromFolder(name) is not { } content) return new Problem("study.file.absent", $"The folder has no file {name}.") { Field = name, Remedy = "Choose a file from the list." };
        await using (content) return await AddAsync(name, content, actor, cancellationToken);
    }

    /// <summary>Removes a file, and with it the studies of its rows that are still in memory; needs <see cref="Permission.BuildModels"/>.</summary>
    public async Task<Outcome<StudyFile>> RemoveAsync(StudyFile file, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        await files.RemoveAsync(file, actor, cancellationToken);
        _studies.Forget(key => key.Source == file.Hash.Hex);
        return file;
    }

    private async Task<Outcome<ExplanationStudy>> WorkAsync(
        RegisteredModel model, StudySource source, AttributionMethod method, IProgress<StudyProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new StudyProgress(StudyPhase.Reading, 0, 0));
        if (!(await releases.OfAsync(model)).TryGet(out var release, out var problems)) return Outcome<ExplanationStudy>.Refused(problems);
        var read = await RowsAsync(release, source, rows => progress.Report(new StudyProgress(StudyPhase.Reading, rows, Read / 2)), cancellationToken);
        return read.Then(rows => Explain(release, source, method, rows, progress, cancellationToken));
    }

    private async Task<Outcome<StudyRows>> RowsAsync(Release release, StudySource source, Action<long> progress, CancellationToken cancellationToken)
    {
        if (source.File is not { } file) return StudyRows.OfBackground(release);
        if (await files.OpenAsync(file.Hash, cancellationToken) is not { } bytes)
            return new Problem("study.file.gone", $"The file {file.Name} is no longer kept.") { Field = file.Name, Remedy = "Upload it again." };
        if (!(await TabularFile.OpenAsync(bytes, FileReadOptions.Default, cancellationToken)).TryGet(out var opened, out var problems)) return Outcome<StudyRows>.Refused(problems);
        await using var reader = opened;
        return await StudyRows.ReadAsync(release, reader, progress, cancellationToken);
    }

    private Outcome<ExplanationStudy> Explain(
        Release release, StudySource source, AttributionMethod method, StudyRows rows, IProgress<StudyProgress> progress, CancellationToken cancellation)
    {
        var predictor = release.Package.Predictor;
        var explainer = method == AttributionMethod.Interventional
            ? PortfolioExplainers.Interventional(predictor, release.Package.ExplanationBackground)
            : PortfolioExplainers.PathDependent(predictor);
        var told = new Explaining(progress, rows.Count);
        return explainer.Explain(rows.Features, threads, told, cancellation).Then<ExplanationStudy>(shap =>
        {
            progress.Report(new StudyProgress(StudyPhase.Summing, rows.Count, Explained));
            return Sum(release, source, method, rows, shap, cancellation);
        });
    }

    private ExplanationStudy Sum(Release release, StudySource source, AttributionMethod method, StudyRows rows, PortfolioShap shap, CancellationToken cancellation)
    {
        var model = release.Scoring;
        var points = ContributionTable.InPoints(model, rows.Features, shap.Contributions, shap.Base, shap.Margins);
        var issued = Array.ConvertAll(shap.Margins, margin => model.Scale.Issue(model.Scale.Points(model.PositionOf(margin))));
        var importance = GlobalImportance.Of(points, Seed, threads: threads, cancellation: cancellation);
        return new ExplanationStudy(release, source, method, rows, points, model.Scale.Points(model.PositionOf(shap.Base)), issued, shap.Engine)
        {
            Importance = importance,
            Swarm = Beeswarm.Of(points, [.. importance.Take(ExplanationStudy.Shown).Select(each => each.Feature)]),
        };
    }

    private sealed class Explaining(IProgress<StudyProgress> whole, long rows) : IProgress<double>
    {
        public void Report(double value) => whole.Report(new StudyProgress(StudyPhase.Explaining, rows, Read + (Explained - Read) * value));
    }
}
