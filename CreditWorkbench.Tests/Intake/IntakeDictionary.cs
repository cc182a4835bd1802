using CreditWorkbench.Core.Scorecards;
using static CreditWorkbench.Tests.Features.Dictionaries;

namespace CreditWorkbench.Tests.Intake;

/// <summary>A dictionary with one input of each type.</summary>
internal static class IntakeDictionary
{
    public static ScorecardDefinition Applications { get; } = Of(
        [
            Number("income") with { Label = Same("Income"), Unit = "IDR", Minimum = 0, Maximum = 1_000_000_000, Required = true },
            Number("term") with { Label = Same("Term"), Type = InputType.Integer, Unit = "months", Minimum = 6, Maximum = 60 },
            Number("consistency", "-1", "-2") with { Label = Same("Consistency"), Unit = "ratio", Minimum = 0, Maximum = 1, Source = "bank" },
            Category("housing", "owned", "rent", "other") with { Label = Same("Housing") },
            Category("channel", "1", "2", "rest") with { Label = Same("Channel"), Open = true },
            Number("owner") with { Type = InputType.Flag, Label = Same("Owner") },
            Number("opened") with { Type = InputType.Date, Label = Same("Opened") },
            Number("seen") with { Type = InputType.DateTime, Label = Same("Seen") },
            Number("national_id") with { Type = InputType.Text, Label = Same("National id"), Pattern = "[0-9]{16}", Pii = "national_id" },
        ],
        Pass("income"));
}
