namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads sources, groups and inputs.</summary>
internal static class InputReader
{
    /// <summary>Words of input types.</summary>
    public static IReadOnlyDictionary<string, InputType> Types { get; } = new Dictionary<string, InputType>
    {
        ["number"] = InputType.Number,
        ["integer"] = InputType.Integer,
        ["category"] = InputType.Category,
        ["flag"] = InputType.Flag,
        ["date"] = InputType.Date,
        ["datetime"] = InputType.DateTime,
        ["text"] = InputType.Text,
    };

    /// <summary>Words of roles.</summary>
    public static IReadOnlyDictionary<string, InputRole> Roles { get; } = new Dictionary<string, InputRole>
    {
        ["amount"] = InputRole.Amount,
        ["term"] = InputRole.Term,
        ["rate"] = InputRole.Rate,
        ["as_of"] = InputRole.AsOf,
        ["segment"] = InputRole.Segment,
    };

    /// <summary>The source whose inputs the applicant states; blank values never help there unless said otherwise.</summary>
    public const string DeclaredSource = "declared";

    /// <summary>Sources in file order.</summary>
    public static IReadOnlyList<SourceDefinition> Sources(DictionaryElement root)
    {
        var all = root.Required("sources");
        return [.. all.Keys.Select(name => Source(name, all.Required(name)))];
    }

    /// <summary>Groups in file order.</summary>
    public static IReadOnlyList<GroupDefinition> Groups(DictionaryElement root)
    {
        var all = root.Required("groups");
        return [.. all.Keys.Select(name => new GroupDefinition(name, all.Localized(name)))];
    }

    /// <summary>Inputs in file order; of two with one name the first.</summary>
    public static IReadOnlyList<InputDefinition> Inputs(DictionaryElement root)
    {
        var inputs = new List<InputDefinition>();
        foreach (var element in root.Elements("inputs", "name", mandatory: true))
        {
            var input = Input(element);
            if (inputs.Any(other => other.Name == input.Name))
                root.Log.Error("scorecard.name.duplicate", element.Line, element.Path, $"There is another input named {input.Name}.");
            else
                inputs.Add(input);
        }
        return inputs;
    }

    /// <summary>Special codes of an input or a column.</summary>
    public static IReadOnlyList<SpecialCode> Specials(DictionaryElement owner)
    {
        if (owner.Child("specials") is not { } all) return [];
        return [.. all.Keys.Select(code => Special(code, all.Required(code)))];
    }

    private static SourceDefinition Source(string name, DictionaryElement element)
    {
        var source = new SourceDefinition(name, element.Localized("label"), element.Flag("consent", false), element.IntegerOrNull("months"),
            element.Flag("withdrawable", false));
        element.Close();
        return source;
    }

    private static InputDefinition Input(DictionaryElement element)
    {
        var (minimum, maximum) = element.Range("range");
        var source = element.Text("source");
        var input = new InputDefinition
        {
            Name = element.Text("name"),
            Type = element.Choice("type", Types, mandatory: true),
            Label = element.Localized("label"),
            Help = element.Localized("help"),
            Unit = element.TextOrNull("unit"),
            Per = element.TextOrNull("per"),
            Minimum = minimum,
            Maximum = maximum,
            Values = Values(element),
            Open = element.Flag("open", false),
            Pattern = element.TextOrNull("pattern"),
            Required = element.Flag("required", false),
            Specials = Specials(element),
            Source = source,
            AlsoFrom = element.Texts("also_from"),
            Sensitive = element.Flag("sensitive", false),
            Bands = element.Numbers("bands"),
            Pii = element.TextOrNull("pii"),
            Grows = element.Number("grows", 0.0),
            Role = element.Choice("role", Roles),
            BlankNeverHelps = element.Flag("blank_never_helps", source == DeclaredSource),
            Line = element.Line,
        };
        element.Close();
        return input;
    }

    private static IReadOnlyList<CategoryValue> Values(DictionaryElement owner)
    {
        if (owner.Child("values") is not { } all) return [];
        return [.. all.Keys.Select(code => new CategoryValue(code, all.Localized(code)))];
    }

    private static SpecialCode Special(string code, DictionaryElement element)
    {
        var special = new SpecialCode(code, element.Text("tag"), element.Localized("label"));
        element.Close();
        return special;
    }
}
