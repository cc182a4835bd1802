using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class TrainingRecordTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<TrainingResult> Result = new(() => new TrainingLine(TimeProvider.System)
        .Run(new Applicants().Request(Applicants.Quick with { Candidates = ["boosting", "forest", "logistic"] }), null, TestContext.Current.CancellationToken).Value);

    [Fact]
    public void Of_ThreeCandidates_HoldsOneRecordEachInTheOrderOfTheBoard()
    {
        var record = TrainingRecord.Of(Result.Value, Noon, "1.0");

        Assert.Equal(Result.Value.Candidates.Select(candidate => candidate.Family), record.Candidates.Select(candidate => candidate.Family));
        Assert.Equal(Result.Value.Winner.Family, record.Chosen);
        Assert.Equal(Result.Value.Test.Report, record.Of(record.Chosen)!.Test.Report);
        Assert.All(record.Candidates, candidate => Assert.Equal(record.Parts.Test, candidate.Test.Rows));
        Assert.Single(record.Candidates, candidate => candidate.Overall is not null);
        Assert.Empty(record.NotJudged);
    }

    [Fact]
    public void ReadRecord_WhatWasWritten_WritesTheSameText()
    {
        var text = TrainingRecordFile.WriteRecord(TrainingRecord.Of(Result.Value, Noon, "1.0"));

        var read = TrainingRecordFile.ReadRecord(text).Value;

        Assert.Equal(text, TrainingRecordFile.WriteRecord(read));
        Assert.DoesNotContain("\"fileRows\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRecord_SomethingElse_IsRefused()
    {
        Assert.Equal("training.record.unreadable", Assert.Single(TrainingRecordFile.ReadRecord("{}").Problems).Code);
        Assert.Equal("training.record.unreadable", Assert.Single(TrainingRecordFile.ReadRows([1, 2, 3]).Problems).Code);
    }

    [Fact]
    public void ReadRows_WhatWasWritten_GivesTheSameBits()
    {
        var rows = Result.Value.Rows;

        var read = TrainingRecordFile.ReadRows(TrainingRecordFile.WriteRows(rows)).Value;

        Assert.Equal(rows.Test.Bad, read.Test.Bad);
        Assert.Equal(rows.Test.FileRows, read.Test.FileRows);
        Assert.Equal(rows.Test.Sensitive[0].Codes, read.Test.Sensitive[0].Codes);
        foreach (var (before, after) in rows.Test.Candidates.Zip(read.Test.Candidates))
        {
            Assert.Equal(before.Family, after.Family);
            Assert.Equal(before.Pd, after.Pd);
            Assert.Equal(before.Risk, after.Risk);
            Assert.Equal(before.Grade, after.Grade);
            Assert.Equal(before.Reasons!.Strongest, after.Reasons!.Strongest);
        }
    }

    [Fact]
    public void Evaluation_OfReadRows_IsTheRecordedOne()
    {
        var record = TrainingRecord.Of(Result.Value, Noon, null);
        var rows = TrainingRecordFile.ReadRows(TrainingRecordFile.WriteRows(Result.Value.Rows)).Value.Test;
        var judged = rows.Of(record.Chosen)!;

        var again = ModelEvaluation.Of(EvaluatedRows.Of(rows, judged, record.Costs), judged.Threshold, record.Lineage.Seed, TestContext.Current.CancellationToken);

        Assert.Equal(record.Of(record.Chosen)!.Test.Report, again.Report);
    }

    [Fact]
    public void Choosing_AnotherCandidate_LeadsToItsOwnModelAndFigures()
    {
        var other = Result.Value.Candidates[^1].Family;

        var chosen = Result.Value.Choosing(other).Value;

        Assert.Equal(other, chosen.Winner.Family);
        Assert.Equal(Result.Value.Records[^1].Test.Report, chosen.Test.Report);
        Assert.Equal(other, chosen.Candidate.Family);
        Assert.Equal("training.candidate.notJudged", Assert.Single(Result.Value.Choosing("blend").Problems).Code);
    }

    [Fact]
    public void Run_NotJudgingAll_RecordsTheWinnerOnly()
    {
        var settings = Applicants.Quick with { JudgesAll = false, Folds = 3, Split = new SplitPlan(0.6, 0.2, 0.2) };

        var result = new TrainingLine(TimeProvider.System).Run(new Applicants().Request(settings), null, TestContext.Current.CancellationToken).Value;

        Assert.Equal(result.Winner.Family, Assert.Single(result.Records).Family);
    }
}
