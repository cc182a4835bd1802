using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks that a statement section speaks of inputs and classes that exist.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
internal sealed class StatementChecks(ScorecardDefinition definition, ReadingLog log)
{
    private const int BookingCells = 5;

    /// <summary>Runs the checks; nothing without a statement section.</summary>
    public void Run()
    {
        if (definition.Statement is not { } statement) return;
        foreach (var metric in statement.Metrics.Keys) Input(metric, $"statement.metrics.{metric}");
        foreach (var metric in statement.NotDerived.Keys)
        {
            Input(metric, $"statement.not_derived.{metric}");
            if (statement.Metrics.ContainsKey(metric)) log.Error("scorecard.statement", $"statement.not_derived.{metric}", $"{metric} is derived and not derived.");
        }
        foreach (var metric in statement.ExampleExpected.Keys.Where(metric => !statement.Metrics.ContainsKey(metric)))
            log.Error("scorecard.statement", $"statement.example.expect.{metric}", $"{metric} is not a metric.");
        foreach (var name in statement.Essential.Where(name => statement.Classes.All(one => one.Name != name)))
            log.Error("scorecard.statement", "statement.essential", $"There is no class {name}.");
        if (statement.Classes.Select(one => one.Name).Distinct().Count() < statement.Classes.Count)
            log.Error("scorecard.name.duplicate", "statement.classes", "Each class has a name of its own.");
        for (var i = 0; i < statement.ExampleBookings.Count; i++)
            if (statement.ExampleBookings[i].Count is not (0 or BookingCells))
                log.Error("scorecard.statement", string.Create(CultureInfo.InvariantCulture, $"statement.example.bookings[{i}]"), "A booking is date, amount, direction, text and balance.");
    }

    private void Input(string name, string path)
    {
        if (definition.Input(name) is null) log.Error("scorecard.statement", path, $"There is no input {name}.");
    }
}
