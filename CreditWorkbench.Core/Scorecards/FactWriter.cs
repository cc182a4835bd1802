namespace CreditWorkbench.Core.Scorecards;

/// <summary>Writes sources, consent, groups, inputs, features, reasons and actions.</summary>
/// <param name="definition">What is written.</param>
internal sealed class FactWriter(ScorecardDefinition definition)
{
    private readonly IReadOnlyList<string> _languages = definition.Languages;

    /// <summary>Adds the sections in file order.</summary>
    public void Write(DictionaryBuilder root)
    {
        root.Each("sources", definition.Sources, source => source.Name, Source, mandatory: true);
        root.Add("consent", DictionaryBuilder.Of(consent => consent
            .Add("purposes", List(definition.Consent.Purposes)).Add("required_for_score", List(definition.Consent.RequiredForScore))
            .Localized("text", definition.Consent.Text, _languages)));
        root.Each("groups", definition.Groups, group => group.Name, group => Texts(group.Label), mandatory: true);
        root.Add("inputs", new ListNode(0, [.. definition.Inputs.Where(input => input.Staged is null).Select(Input)]));
        root.Add("features", new ListNode(0, [.. StagedInputs.FeaturesOf(definition).Select(Feature)]));
        root.Each("reasons", definition.Reasons, reason => reason.Code, Reason, mandatory: true);
        root.List("actions", definition.Actions, Action);
    }

    /// <summary>Special codes with tag and label.</summary>
    public static void Specials(DictionaryBuilder owner, IReadOnlyList<SpecialCode> specials, IReadOnlyList<string> languages) =>
        owner.Each("specials", specials, special => special.Value, special => DictionaryBuilder.Of(code =>
            code.Text("tag", special.Tag).Localized("label", special.Label, languages)));

    private static ListNode List(IReadOnlyList<string> items) => new(0, [.. items.Select(item => new ScalarNode(0, item))]);

    private ListNode Texts(LocalizedText text) => List([.. _languages.Select(text.In)]);

    private MappingNode Source(SourceDefinition source) => DictionaryBuilder.Of(element =>
    {
        element.Localized("label", source.Label, _languages).Text("consent", source.NeedsConsent ? "true" : "false");
        element.Number("months", source.Months).Flag("withdrawable", source.Withdrawable);
    });

    private MappingNode Input(InputDefinition input) => DictionaryBuilder.Of(element =>
    {
        element.Text("name", input.Name).Word("type", input.Type, InputReader.Types).Text("unit", input.Unit).Text("per", input.Per);
        element.Range("range", input.Minimum, input.Maximum).Text("pattern", input.Pattern);
        element.Text("required", input.Required ? "true" : "false").Text("source", input.Source).Texts("also_from", input.AlsoFrom);
        element.Flag("sensitive", input.Sensitive).Numbers("bands", input.Bands).Text("pii", input.Pii).Number("grows", input.Grows, 0.0);
        if (input.Role != InputRole.None) element.Word("role", input.Role, InputReader.Roles);
        element.Flag("blank_never_helps", input.BlankNeverHelps, input.Source == InputReader.DeclaredSource);
        element.Flag("open", input.Open).Each("values", input.Values, value => value.Code, value => Texts(value.Label));
        Specials(element, input.Specials, _languages);
        element.Localized("label", input.Label, _languages).Localized("help", input.Help, _languages);
    });

    private MappingNode Feature(FeatureDefinition feature) => DictionaryBuilder.Of(element =>
    {
        var input = feature.From is { } from ? definition.Input(from) : null;
        if (feature.From is null) element.Text("name", feature.Name);
        else element.Text("from", feature.From);
        if (feature.Use != FeatureUse.Model) element.Word("use", feature.Use, FeatureReader.Uses);
        if (feature.IsFlag && input?.Type != InputType.Flag) element.Text("type", "flag");
        if (feature.IsInteger && input?.Type != InputType.Integer) element.Text("type", "integer");
        element.Text("unit", feature.Unit, input?.Unit).Number("scale", feature.Scale, 1.0);
        if ((feature.Minimum, feature.Maximum) != (input?.Minimum, input?.Maximum)) element.Range("range", feature.Minimum, feature.Maximum);
        if (feature.Use == FeatureUse.Model || feature.Direction != RiskDirection.Free) element.Word("direction", feature.Direction, FeatureReader.Directions);
        element.Text("group", feature.Group).Text("reason", feature.Reason);
        if (feature.FlagsSpecials) element.Word("specials", true, FeatureReader.SpecialTreatments);
        element.Flag("audited", feature.Audited);
        if (!feature.Bands.SequenceEqual(input?.Bands ?? [])) element.Numbers("bands", feature.Bands);
        if (feature.EmptyStated) element.Text("empty", feature.Empty is null ? "missing" : "0");
        if (feature.Label != input?.Label) element.Localized("label", feature.Label, _languages);
        element.Expression("expr", feature.Expression);
    });

    private MappingNode Reason(ReasonDefinition reason) => DictionaryBuilder.Of(element => element
        .Text("value_of", reason.ValueOf).Localized("adverse", reason.Adverse, _languages)
        .Localized("favourable", reason.Favourable, _languages).Localized("advice", reason.Advice, _languages));

    private MappingNode Action(ActionDefinition action) => DictionaryBuilder.Of(element =>
    {
        element.Text("name", action.Name).Text("input", action.Input).Flag("staged", action.Staged);
        element.Word("move", action.Move, ReasonReader.Moves).Expression("to", action.To);
        if (action.StepBy is null) element.Number("step", action.Step, 0.0);
        else element.Expression("step", action.StepBy);
        element.Number("per_month", action.PerMonth).Expression("per_month", action.PerMonthBy);
        element.Number("months", action.Months).Word("effort", action.Effort, ReasonReader.Efforts);
        element.Expression("only_if", action.OnlyIf).Flag("evidence", action.Evidence).Map("also", action.Also);
        element.Localized("label", action.Label, _languages).Localized("how", action.How, _languages);
    });
}
