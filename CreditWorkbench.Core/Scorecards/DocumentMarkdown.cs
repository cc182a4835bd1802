using System.Text;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Writes a document as Markdown. Signs that Markdown or HTML would read as markup come out as themselves.</summary>
public static class DocumentMarkdown
{
    private const string Marks = "\\`*_[]<>#|";

    /// <summary>The text, ending in a line end.</summary>
    public static string Write(ScorecardDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder();
        text.Append("# ").Append(Plain(document.Title)).Append("\n\n");
        foreach (var section in document.Sections)
        {
            text.Append("## ").Append(Plain(section.Title)).Append("\n\n");
            foreach (var block in section.Blocks) Add(text, block);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, DocumentBlock block)
    {
        switch (block)
        {
            case DocumentParagraph paragraph:
                text.Append(Plain(paragraph.Text)).Append("\n\n");
                break;
            case DocumentFacts facts:
                foreach (var fact in facts.Facts) text.Append("- **").Append(Plain(fact.Name)).Append("**: ").Append(Plain(fact.Value)).Append('\n');
                text.Append('\n');
                break;
            case DocumentTable table:
                text.Append("**").Append(Plain(table.Caption)).Append("**\n\n");
                Row(text, table.Columns);
                Row(text, [.. table.Columns.Select(_ => "---")], escape: false);
                foreach (var row in table.Rows) Row(text, row);
                text.Append('\n');
                break;
        }
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells, bool escape = true)
    {
        text.Append('|');
        foreach (var cell in cells) text.Append(' ').Append(escape ? Plain(cell) : cell).Append(" |");
        text.Append('\n');
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            if (sign is '\r' or '\n')
            {
                plain.Append(' ');
                continue;
            }

            if (Marks.Contains(sign, StringComparison.Ordinal)) plain.Append('\\');
            plain.Append(sign);
        }

        return plain.ToString();
    }
}
