namespace CreditWorkbench.Core.Scorecards;

/// <summary>A node of a YAML file with the line that it starts on. Scalars stay text: the dictionary's declared types read them.</summary>
/// <param name="Line">One-based.</param>
internal abstract record DictionaryNode(int Line)
{
    /// <summary>Kind for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A scalar as written.</summary>
internal sealed record ScalarNode(int Line, string Text) : DictionaryNode(Line)
{
    /// <inheritdoc/>
    public override string Kind => "a single value";
}

/// <summary>A list.</summary>
internal sealed record ListNode(int Line, IReadOnlyList<DictionaryNode> Items) : DictionaryNode(Line)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>A mapping in file order; keys are unique.</summary>
internal sealed record MappingNode(int Line, IReadOnlyList<DictionaryEntry> Entries) : DictionaryNode(Line)
{
    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <summary>The value of a key; null when absent.</summary>
    public DictionaryNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key)?.Value;
}

/// <summary>One entry of a mapping.</summary>
/// <param name="Line">Line of the key, one-based.</param>
/// <param name="Key">Key.</param>
/// <param name="Value">Value.</param>
internal sealed record DictionaryEntry(int Line, string Key, DictionaryNode Value);
