using System.Net;
using System.Text;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Writes a document as one HTML page that needs nothing else: no script, no outside file.</summary>
public static class DocumentHtml
{
    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c2530;background:#fff}"
        + "h1{font-size:1.8rem}h2{font-size:1.3rem;margin-top:2.2rem;border-bottom:1px solid #ccd3da}"
        + ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem;margin:1rem 0}caption{text-align:left;font-weight:600;padding:.3rem 0}"
        + "th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #e1e6eb}thead th{border-bottom:2px solid #9aa7b4}"
        + "dt{font-weight:600}dd{margin:0 0 .5rem}@media print{body{margin:0;max-width:none}thead{display:table-header-group}tr{break-inside:avoid}}"
        + "@media (prefers-color-scheme:dark){body{color:#e4e9ee;background:#14191f}h2{border-color:#3a444e}th,td{border-color:#2b343d}}";

    /// <summary>The page.</summary>
    public static string Write(ScorecardDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"").Append(Safe(document.Language)).Append("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(Safe(document.Title)).Append("</title>\n<style>").Append(Style).Append("</style>\n</head>\n<body>\n<main>\n<h1>").Append(Safe(document.Title)).Append("</h1>\n");
        foreach (var section in document.Sections)
        {
            page.Append("<section id=\"").Append(Safe(section.Key)).Append("\">\n<h2>").Append(Safe(section.Title)).Append("</h2>\n");
            foreach (var block in section.Blocks) Add(page, block);
            page.Append("</section>\n");
        }

        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Add(StringBuilder page, DocumentBlock block)
    {
        switch (block)
        {
            case DocumentParagraph paragraph:
                page.Append("<p>").Append(Safe(paragraph.Text)).Append("</p>\n");
                break;
            case DocumentFacts facts:
                page.Append("<dl>\n");
                foreach (var fact in facts.Facts) page.Append("<dt>").Append(Safe(fact.Name)).Append("</dt><dd>").Append(Safe(fact.Value)).Append("</dd>\n");
                page.Append("</dl>\n");
                break;
            case DocumentTable table:
                Add(page, table);
                break;
        }
    }

    private static void Add(StringBuilder page, DocumentTable table)
    {
        page.Append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(Safe(table.Caption)).Append("\">\n<table>\n<caption>").Append(Safe(table.Caption)).Append("</caption>\n<thead><tr>");
        foreach (var column in table.Columns) page.Append("<th scope=\"col\">").Append(Safe(column)).Append("</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            for (var i = 0; i < row.Count; i++) page.Append(i == 0 ? "<th scope=\"row\">" : "<td>").Append(Safe(row[i])).Append(i == 0 ? "</th>" : "</td>");
            page.Append("</tr>\n");
        }

        page.Append("</tbody>\n</table>\n</div>\n");
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
