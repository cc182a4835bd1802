using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class StudyDeskTests
{
    private readonly StudyFilesInMemory _files = new();
    private readonly ModelsInMemory _models = new();
    private readonly StudyDesk _desk;

    public StudyDeskTests() => _desk = new StudyDesk(new ReleaseSource(_models, TestKeys.Shared, TimeProvider.System), _files, threads: 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Rows of the tiny scorecard; every seventh row has no file, every fourth is bad.</summary>
    internal static string Csv(int rows, bool labelled = true)
    {
        var text = new StringBuilder(labelled ? "application_id,income,instalments,months_clean,bad\n" : "income,instalments,months_clean\n");
        for (var row = 0; row < rows; row++)
        {
            var cells = string.Create(CultureInfo.InvariantCulture, $"{4_000_000 + 10_000 * (row % 97)},{200_000 * (row % 23)},{(row % 7 == 0 ? -1 : row % 60)}");
            text.Append(labelled ? string.Create(CultureInfo.InvariantCulture, $"A{row},{cells},{(row % 4 == 0 ? 1 : 0)}\n") : cells + "\n");
        }

        return text.ToString();
    }

    [Fact]
    public async Task Open_LabelledFile_AddsUpToTheScoreOfEveryRow()
    {
        var study = await OpenAsync(new StudySource(_files.Add("rows.csv", Csv(300))));

        Assert.Equal((300, 300), (study.Rows.Count, study.Issued.Length));
        Assert.True(study.Rows.IsLabelled);
        Assert.Equal(75, study.Rows.Outcomes.Count(outcome => outcome == RowOutcome.Bad));
        Assert.Equal("A7", study.Rows.Ids![7]);
        for (var row = 0; row < study.Rows.Count; row++)
        {
            var score = study.Release.Scoring.Score(study.Vector(row));
            Assert.Equal(score.Issued, study.Issued[row]);
            Assert.Equal(score.Unrounded, study.BasePoints + study.Points.At(row, 0) + study.Points.At(row, 1), 1e-2);
        }
    }

    [Fact]
    public async Task Open_AfterTheFileWasDeleted_IsRefusedThoughTheStudyWasKept()
    {
        var source = new StudySource(_files.Add("rows.csv", Csv(50)));
        var model = await ModelAsync();
        Assert.True((await _desk.OpenAsync(model, source, AttributionMethod.Interventional, null, Cancellation)).Succeeded);

        Assert.True((await _desk.RemoveAsync(source.File!, People.Analyst, Cancellation)).Succeeded);

        var again = await _desk.OpenAsync(model, source, AttributionMethod.Interventional, null, Cancellation);
        Assert.Equal("study.file.gone", Assert.Single(again.Problems).Code);
    }

    [Fact]
    public async Task Open_SameFileAgain_IsWorkedOutOnce()
    {
        var source = new StudySource(_files.Add("rows.csv", Csv(50)));
        var model = await ModelAsync();

        var first = await _desk.OpenAsync(model, source, AttributionMethod.Interventional, null, Cancellation);
        var second = await _desk.OpenAsync(model, source, AttributionMethod.Interventional, null, Cancellation);
        var other = await _desk.OpenAsync(model, source, AttributionMethod.PathDependent, null, Cancellation);

        Assert.Same(first.Value, second.Value);
        Assert.NotSame(first.Value, other.Value);
        Assert.Equal(2, _files.Opened);
    }

    [Fact]
    public async Task Open_Background_SaysThatNothingIsLabelled()
    {
        var study = await OpenAsync(StudySource.Background);

        Assert.Equal(3, study.Rows.Count);
        Assert.False(study.Rows.IsLabelled);
        Assert.Equal("background", study.Source.Key);
    }

    [Fact]
    public async Task Open_RowsThatCannotBeRead_AreLeftOutAndCounted()
    {
        var study = await OpenAsync(new StudySource(_files.Add("rows.csv", Csv(40) + "X,many,1,2,0\nY,1,2,500,1\n")));

        Assert.Equal((40, 2L), (study.Rows.Count, study.Rows.Rejected.Count));
        Assert.Equal(41, study.Rows.Rejected.First[0].Row);
    }

    [Fact]
    public async Task Open_FileOfAnotherKind_IsRefusedWithTheRemedy()
    {
        var outcome = await _desk.OpenAsync(await ModelAsync(), new StudySource(_files.Add("other.csv", "a,b\n1,2\n")), AttributionMethod.Interventional, null, Cancellation);

        Assert.Equal("study.columns.none", outcome.Problems[0].Code);
        Assert.NotNull(outcome.Problems[0].Remedy);
    }

    [Fact]
    public async Task Open_FileThatIsGone_IsRefused()
    {
        var file = _files.Add("rows.csv", Csv(5));
        await _files.RemoveAsync(file, Actor.System, Cancellation);

        Assert.Equal("study.file.gone", (await _desk.OpenAsync(await ModelAsync(), new StudySource(file), AttributionMethod.Interventional, null, Cancellation)).Problems[0].Code);
    }

    [Fact]
    public async Task Open_Always_TellsHowFarItIsAndNeverGoesBack()
    {
        var told = new List<StudyProgress>();
        var progress = new Direct(told.Add);

        await _desk.OpenAsync(await ModelAsync(), new StudySource(_files.Add("rows.csv", Csv(9_000, labelled: false))), AttributionMethod.Interventional, progress, Cancellation);

        Assert.Equal(StudyPhase.Summing, told[^1].Phase);
        Assert.Contains(told, each => each is { Phase: StudyPhase.Reading, Rows: 8_192 });
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.Second.Phase >= pair.First.Phase));
    }

    [Fact]
    public async Task Answers_OfAStudy_KnowWhatTheModelReads()
    {
        var study = await OpenAsync(new StudySource(_files.Add("rows.csv", Csv(400))));

        var effects = await study.Answers.EffectsAsync(0, Cancellation);
        var losses = await study.Answers.PermutationAsync(PermutationMeasure.Auc, null, Cancellation);
        var interactions = await study.Answers.InteractionsAsync(null, Cancellation);
        var (differences, first, second) = study.Answers.Cohorts(new CohortFilter([new CohortCondition(CohortSubject.Feature, 0, CohortTest.AtLeast, 0.375)]), null);

        Assert.True(effects.Partial[0].Effect > effects.Partial[effects.Curves.Grid.Regular - 1].Effect, "A heavier burden lowers the score.");
        Assert.Equal(2, losses.Count);
        Assert.All(interactions.Screen, pair => Assert.Equal(0, pair.Size, 1e-9));
        Assert.All(interactions.Exact, pair => Assert.Equal(0, pair.MeanSize, 1e-9));
        Assert.Equal(400, first + second);
        Assert.Equal((0, true), (differences![0].Feature, differences[0].Difference.High < 0));
    }

    [Fact]
    public async Task Answers_TooSmallGroup_CompareNothing()
    {
        var study = await OpenAsync(new StudySource(_files.Add("rows.csv", Csv(100))));

        var (differences, first, _) = study.Answers.Cohorts(new CohortFilter([new CohortCondition(CohortSubject.Feature, 0, CohortTest.AtLeast, 99)]), null);

        Assert.Null(differences);
        Assert.Equal(0, first);
    }

    [Fact]
    public async Task Add_ByAnAuditor_IsRefused()
    {
        using var content = new MemoryStream("a,b\n"u8.ToArray());

        Assert.Equal("permission.missing", (await _desk.AddAsync("rows.csv", content, People.Auditor, Cancellation)).Problems[0].Code);
        Assert.Equal("permission.missing", (await _desk.RemoveAsync(_files.Add("x", "y"), People.Auditor, Cancellation)).Problems[0].Code);
    }

    [Fact]
    public async Task AddFromFolder_NameThatIsNotThere_IsRefused()
    {
        _files.Folder["rows.csv"] = Csv(3);

        Assert.Equal("study.file.absent", (await _desk.AddFromFolderAsync("../keys/ring.json", People.Analyst, Cancellation)).Problems[0].Code);
        Assert.Equal("rows.csv", (await _desk.AddFromFolderAsync("rows.csv", People.Analyst, Cancellation)).Value.Name);
    }

    private async Task<ExplanationStudy> OpenAsync(StudySource source)
    {
        var outcome = await _desk.OpenAsync(await ModelAsync(), source, AttributionMethod.Interventional, null, Cancellation);
        Assert.True(outcome.Succeeded, string.Join(' ', outcome.Problems));
        return outcome.Value;
    }

    private Task<RegisteredModel> ModelAsync() =>
        _models.AddAsync(Releases.Registered(TinyPackage.Model), Signed.Of(TinyPackage.Model), new AuditDraft(Actor.System, "model.registered", "tiny", new Dictionary<string, string?>()), Cancellation);

    private sealed class Direct(Action<StudyProgress> told) : IProgress<StudyProgress>
    {
        private readonly Lock _one = new();

        public void Report(StudyProgress value)
        {
            lock (_one) told(value);
        }
    }
}
