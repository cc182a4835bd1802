using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Prints nodes as YAML: mappings and lists in blocks, short ones and lists of values in one line, doubtful scalars in quotes.</summary>
internal static partial class DictionaryPrinter
{
    private const int LongestLine = 110;

    private static readonly JavaScriptEncoder Readable = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>The text of a file; ends with a line end.</summary>
    public static string Print(MappingNode root)
    {
        var text = new StringBuilder();
        Block(root, 0, text);
        return text.ToString();
    }

    private static void Block(MappingNode mapping, int indent, StringBuilder text)
    {
        for (var i = 0; i < mapping.Entries.Count; i++)
        {
            var entry = mapping.Entries[i];
            // The first key of a list item stands behind its dash.
            if (i > 0 || text.Length == 0 || text[^1] == '\n') text.Append(' ', indent);
            text.Append(Scalar(entry.Key)).Append(':');
            if (InOneLine(entry.Value, indent + entry.Key.Length) is { } line) text.Append(' ').Append(line).Append('\n');
            else Nested(entry.Value, indent, text);
        }
    }

    private static void Nested(DictionaryNode node, int indent, StringBuilder text)
    {
        text.Append('\n');
        if (node is MappingNode mapping) Block(mapping, indent + 2, text);
        else
            foreach (var item in ((ListNode)node).Items) Item(item, indent + 2, text);
    }

    private static void Item(DictionaryNode item, int indent, StringBuilder text)
    {
        text.Append(' ', indent).Append("- ");
        if (InOneLine(item, indent) is { } line) text.Append(line).Append('\n');
        else if (item is MappingNode mapping) Block(mapping, indent + 2, text);
        else text.Append(Flow(item)).Append('\n');
    }

    private static string? InOneLine(DictionaryNode node, int before)
    {
        if (node is ScalarNode or ListNode { Items.Count: 0 } or MappingNode { Entries.Count: 0 }) return Flow(node);
        if (node is ListNode list && list.Items.All(item => item is ScalarNode)) return Flow(node);
        var flow = Flow(node);
        return before + flow.Length <= LongestLine ? flow : null;
    }

    private static string Flow(DictionaryNode node) => node switch
    {
        ScalarNode scalar => Scalar(scalar.Text),
        ListNode list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
        MappingNode mapping => $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{Scalar(entry.Key)}: {Flow(entry.Value)}"))}}}",
        _ => throw new ArgumentException($"Unknown kind of node {node.GetType().Name}.", nameof(node)),
    };

    private static string Scalar(string text) => PlainForm().IsMatch(text) && !Ambiguous().IsMatch(text)
        ? text
        : $"\"{JsonEncodedText.Encode(text, Readable).Value.Replace("\\u0022", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^(-?[0-9][0-9.]*([eE][+-]?[0-9]+)?|[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*)$")]
    private static partial Regex PlainForm();

    [GeneratedRegex("^(y|yes|n|no|on|off|null)$", RegexOptions.IgnoreCase)]
    private static partial Regex Ambiguous();
}
