using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads one YAML document into nodes from parser events: no type guessing, no anchors, duplicate keys reported, bounded depth.</summary>
internal static class DictionaryTree
{
    private const int DeepestNesting = 40;

    /// <summary>The root, or null when the text is not one YAML document; faults go to the log.</summary>
    public static DictionaryNode? Read(string yaml, ReadingLog log)
    {
        var parser = new Parser(new StringReader(yaml));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _)) return Refuse(log, 1, "The file is empty.");
            var root = Node(parser, log, "", 0);
            parser.Consume<DocumentEnd>();
            return parser.TryConsume<DocumentStart>(out var second) ? Refuse(log, (int)second.Start.Line, "A file holds one document.") : root;
        }
        catch (YamlException fault)
        {
            return Refuse(log, (int)Math.Max(1, fault.Start.Line), Sentence(fault));
        }
        catch (InvalidOperationException)
        {
            // The library's scanner loses its own state on some brackets that never close.
            return Refuse(log, (int)(parser.Current?.End.Line ?? 1), "Not YAML from here on: a bracket or a quote does not close.");
        }
    }

    private static DictionaryNode Node(IParser parser, ReadingLog log, string path, int depth)
    {
        if (depth > DeepestNesting) throw new YamlException(parser.Current!.Start, parser.Current.End, $"Nested more than {DeepestNesting} deep");
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            RefuseAnchor(scalar, log, path);
            return new ScalarNode((int)scalar.Start.Line, scalar.Value);
        }
        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            RefuseAnchor(sequence, log, path);
            var items = new List<DictionaryNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(parser, log, $"{path}[{items.Count}]", depth + 1));
            return new ListNode((int)sequence.Start.Line, items);
        }
        if (parser.TryConsume<MappingStart>(out var mapping))
        {
            RefuseAnchor(mapping, log, path);
            return Mapping(parser, log, path, depth, (int)mapping.Start.Line);
        }
        var alias = parser.Consume<AnchorAlias>();
        log.Error("scorecard.yaml.alias", (int)alias.Start.Line, path, "Anchors and aliases are not part of the format.");
        return new ScalarNode((int)alias.Start.Line, "");
    }

    private static MappingNode Mapping(IParser parser, ReadingLog log, string path, int depth, int line)
    {
        var entries = new List<DictionaryEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            var at = (int)key.Start.Line;
            var value = Node(parser, log, ReadingLog.Join(path, key.Value), depth + 1);
            if (lines.TryAdd(key.Value, at)) entries.Add(new(at, key.Value, value));
            else log.Error("scorecard.key.duplicate", at, ReadingLog.Join(path, key.Value), $"The key '{key.Value}' stands already on line {lines[key.Value]}.");
        }
        return new(line, entries);
    }

    private static void RefuseAnchor(NodeEvent node, ReadingLog log, string path)
    {
        if (!node.Anchor.IsEmpty) log.Error("scorecard.yaml.alias", (int)node.Start.Line, path, "Anchors and aliases are not part of the format.");
    }

    private static DictionaryNode? Refuse(ReadingLog log, int line, string reason)
    {
        log.Error("scorecard.yaml.syntax", line, "", reason);
        return null;
    }

    private static string Sentence(YamlException fault)
    {
        var reason = (fault.InnerException?.Message ?? fault.Message).Trim().TrimEnd('.');
        return $"Not YAML: {reason} (column {fault.Start.Column}).";
    }
}
