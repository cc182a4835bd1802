namespace CreditWorkbench.Core.Scorecards;

/// <summary>Writes how bank statements become inputs.</summary>
internal static class StatementWriter
{
    /// <summary>Adds the section; nothing without one.</summary>
    public static void Write(StatementDefinition? statement, DictionaryBuilder root)
    {
        if (statement is null) return;
        root.Add("statement", DictionaryBuilder.Of(element =>
        {
            element.Each("columns", statement.Columns, column => column.Name, Column, mandatory: true).Map("terms", statement.Terms);
            element.Add("classes", new ListNode(0, [.. statement.Classes.Select(one => DictionaryBuilder.Of(inner =>
                inner.Text("class", one.Name).Text("direction", one.Direction).Texts("words", one.Words)))]));
            element.Text("fallback_income", statement.FallbackIncome).Texts("essential", statement.Essential);
            element.Map("metrics", statement.Metrics).Map("not_derived", statement.NotDerived);
            var example = DictionaryBuilder.Of(inner => Example(statement, inner));
            if (example.Entries.Count > 0) element.Add("example", example);
        }));
    }

    private static MappingNode Column(StatementColumn column) => DictionaryBuilder.Of(element => element
        .Text("required", column.Required ? "true" : "false").Texts("aliases", column.Aliases)
        .Texts("in", column.InWords).Texts("out", column.OutWords).Text("note", column.Note));

    private static void Example(StatementDefinition statement, DictionaryBuilder element)
    {
        element.Date("as_of", statement.ExampleAsOf);
        element.List("bookings", statement.ExampleBookings, booking => new ListNode(0, [.. booking.Select(cell => new ScalarNode(0, cell))]));
        element.Map("expect", statement.ExampleExpected);
    }
}
