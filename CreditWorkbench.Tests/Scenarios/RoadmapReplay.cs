using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>Walks a roadmap as an applicant would read it: after so many months these values have changed.</summary>
internal static class RoadmapReplay
{
    /// <summary>Scores after each step, read from the roadmap alone; ends before a step that moves other inputs too, which the roadmap
    /// does not spell out.</summary>
    public static IReadOnlyList<int> Scores(ServingLine line, InputRecord today, Roadmap roadmap)
    {
        var definition = line.Release.Definition;
        var spelledOut = roadmap.Steps.TakeWhile(step => definition.Actions.Single(action => action.Name == step.Action).Also.Count == 0).ToList();
        return [.. spelledOut.Select((step, i) =>
        {
            var state = spelledOut.Take(i + 1).Aggregate(Grown(definition, today, step.Months), (record, done) => record.With(done.Input, done.To));
            return line.Score(state, default).Score.Issued;
        })];
    }

    private static InputRecord Grown(ScorecardDefinition definition, InputRecord today, int months)
    {
        var state = today;
        foreach (var input in definition.Inputs.Where(input => input.Grows != 0 && today[input.Name].Kind == InputValueKind.Number))
        {
            var later = today[input.Name].Number + input.Grows * months;
            if (input.Type == InputType.Integer) later = Math.Round(later, MidpointRounding.AwayFromZero);
            state = state.With(input.Name, InputValue.OfNumber(Math.Clamp(later, input.Minimum ?? later, input.Maximum ?? later)));
        }

        return state;
    }
}
