namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks how models are built.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
internal sealed class TrainingChecks(ScorecardDefinition definition, ReadingLog log)
{
    private const string Ordinal = "forest";
    private const string Best = "best";

    private TrainingDefinition Training => definition.Training;

    /// <summary>Runs the checks.</summary>
    public void Run()
    {
        Split();
        if (Training.Candidates.Count == 0) log.Error("scorecard.training.candidate", "training.candidates", "There is at least one candidate.");
        foreach (var candidate in Training.Candidates) Family(candidate, "training.candidates");
        foreach (var compared in Training.Compared) Family(compared.Family, "training.compare");
        if (Training.Choose != Best && !Training.Candidates.Contains(Training.Choose))
            log.Error("scorecard.training.candidate", "training.choose", $"'{Training.Choose}' is neither best nor a candidate.");
        if (definition.Target.IsOrdinal)
            foreach (var other in Training.Candidates.Where(candidate => candidate != Ordinal))
                log.Error("scorecard.training.ordinal", "training.candidates", $"Only a {Ordinal} fits an ordinal target, not {other}.");
        if (Training.Folds < 2) log.Error("scorecard.range", "training.folds", "There are at least two folds.");
        if (Training.BudgetSeconds <= 0) log.Error("scorecard.range", "training.budget_seconds", "The budget is above 0 seconds.");
    }

    private void Split()
    {
        double[] shares = [Training.TrainShare, Training.CalibrationShare, Training.TestShare];
        if (Math.Abs(shares.Sum() - 1.0) > 1e-9 || shares.Any(share => share < 0.0) || Training.TrainShare <= 0.0)
            log.Error("scorecard.training.split", "training.split", "The shares of the split are not negative and sum to 1.");
    }

    private void Family(string family, string path)
    {
        if (!TrainingReader.Families.Contains(family)) log.Error("scorecard.training.candidate", path, $"'{family}' is not one of {string.Join(", ", TrainingReader.Families)}.");
    }
}
