using System.Text.Json;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Roadmaps in the shape of the REST contract.</summary>
public static class RoadmapJson
{
    /// <summary>outcome, steps with input, from, to, months, effort, scoreAfter; scoreAfter; verified.</summary>
    public static string Write(Roadmap roadmap, ScorecardDefinition definition) => JsonSerializer.Serialize(new
    {
        outcome = roadmap.Outcome.ToString().ToLowerInvariant(),
        target = roadmap.Target,
        steps = roadmap.Steps.Select(step => new
        {
            input = step.Input,
            from = Plain(definition, step.Input, step.From),
            to = Plain(definition, step.Input, step.To),
            months = step.Months,
            effort = step.Effort.ToString().ToLowerInvariant(),
            scoreAfter = step.ScoreAfter,
        }),
        scoreAfter = roadmap.ScoreAfter,
        verified = roadmap.Verified,
    }, JsonSerializerOptions.Web);

    private static object? Plain(ScorecardDefinition definition, string input, InputValue value)
    {
        var known = definition.Input(input);
        return value.Kind switch
        {
            InputValueKind.Missing => null,
            InputValueKind.Special => known?.Specials[(int)value.Number - 1].Value,
            InputValueKind.Text => value.Text,
            _ => known?.Type == InputType.Category ? known.Values[(int)value.Number].Code : value.Number,
        };
    }
}
