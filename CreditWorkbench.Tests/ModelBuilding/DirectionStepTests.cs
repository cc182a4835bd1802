using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class DirectionStepTests
{
    [Fact]
    public void Run_ModelAgainstTheDeclaredDirection_IsRefusedByNameOfTheColumn()
    {
        var outcome = Run(Unconstrained(RiskDirection.Rises)); // risk falls with income in these rows

        var problem = Assert.Single(outcome.Problems);
        Assert.Equal(("training.direction", "income"), (problem.Code, problem.Field));
        Assert.Contains("risk rises", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TrainerThatKnowsTheDirections_IsNotRefused()
    {
        Assert.True(Run(new Applicants().Request()).Succeeded);
    }

    [Fact]
    public void Run_DirectionLeftFree_IsNotRefused()
    {
        Assert.True(Run(Unconstrained(RiskDirection.Free)).Succeeded);
    }

    private static Core.Kernel.Outcome<TrainingResult> Run(TrainingRequest request) =>
        new TrainingLine(TimeProvider.System).Run(request, null, TestContext.Current.CancellationToken);

    // Rows whose columns have lost their directions on the way to the trainer; the dictionary declares one for income.
    private static TrainingRequest Unconstrained(RiskDirection income)
    {
        var request = new Applicants().Request(Applicants.Quick with { Candidates = ["boosting"] });
        var features = request.Dataset.Features;
        var free = new FeatureMatrix([.. features.Columns.Select(column => column with { Direction = 0 })], features.Rows, features.Values);
        var dataset = new LabelledDataset(free, request.Dataset.Outcomes, 2) { Records = request.Dataset.Records };
        var declared = request.Definition.Features.Select(feature => feature with { Direction = feature.Name == "income" ? income : RiskDirection.Free });
        return request with { Dataset = dataset, Definition = request.Definition with { Features = [.. declared] } };
    }
}
