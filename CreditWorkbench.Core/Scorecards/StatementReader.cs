namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads how bank statements become inputs.</summary>
internal static class StatementReader
{
    private static readonly Dictionary<string, string> Directions = new[] { "in", "out", "any" }.ToDictionary(name => name);

    /// <summary>The statement section; null when absent.</summary>
    public static StatementDefinition? Statement(DictionaryElement root)
    {
        if (root.Child("statement") is not { } element) return null;
        var columns = element.Required("columns");
        var example = element.Child("example");
        var statement = new StatementDefinition(
            [.. columns.Keys.Select(name => Column(name, columns.Required(name)))],
            [.. element.Elements("classes", "class", mandatory: true).Select(Class)],
            element.Texts("essential"),
            element.TextMap("metrics"),
            element.TextMap("not_derived"),
            example is null ? [] : [.. example.Items("bookings").Select(item => Booking(item.Node, item.Path, root.Log))],
            example?.NumberMap("expect") ?? new Dictionary<string, double>())
        {
            Terms = element.TextMap("terms"),
            FallbackIncome = element.TextOrNull("fallback_income"),
            ExampleAsOf = example?.DateOrNull("as_of"),
        };
        example?.Close();
        element.Close();
        return statement;
    }

    private static StatementColumn Column(string name, DictionaryElement element)
    {
        var column = new StatementColumn(name, element.Flag("required", false), element.Texts("aliases"), element.Texts("in"), element.Texts("out"))
        {
            Note = element.TextOrNull("note"),
        };
        element.Close();
        return column;
    }

    private static BookingClass Class(DictionaryElement element)
    {
        var bookingClass = new BookingClass(element.Text("class"), element.Choice("direction", Directions, "any", mandatory: true), element.Texts("words"));
        element.Close();
        return bookingClass;
    }

    private static IReadOnlyList<string> Booking(DictionaryNode node, string path, ReadingLog log)
    {
        if (node is ListNode list && list.Items.All(item => item is ScalarNode)) return [.. list.Items.Cast<ScalarNode>().Select(item => item.Text)];
        log.Error("scorecard.kind", node.Line, path, "A booking is a list of single values.");
        return [];
    }
}
