using CreditWorkbench.Web.Components.Pages.Build.Lab;

namespace CreditWorkbench.Web.Reports;

/// <summary>A table of a report.</summary>
/// <param name="Title">What it holds; null where the section says it.</param>
/// <param name="Columns">Headers.</param>
/// <param name="Rows">Cells per row.</param>
public sealed record ReportTable(string? Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A chart of a report.</summary>
/// <param name="Id">Identity on the page.</param>
/// <param name="Title">What it shows, with its main figure.</param>
/// <param name="Drawn">Figure and table.</param>
public sealed record ReportDrawing(string Id, string Title, Drawn Drawn);

/// <summary>A section of a report; page and document show the same ones in the same order.</summary>
/// <param name="Id">Identity on the page.</param>
/// <param name="Title">Heading.</param>
public sealed record ReportSection(string Id, string Title)
{
    /// <summary>Sentences.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
    /// <summary>Charts.</summary>
    public IReadOnlyList<ReportDrawing> Drawings { get; init; } = [];
    /// <summary>Tables.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];
}
