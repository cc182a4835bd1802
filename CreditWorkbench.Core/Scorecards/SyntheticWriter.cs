using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Writes the synthetic generator.</summary>
internal static class SyntheticWriter
{
    /// <summary>Adds the section; nothing without one.</summary>
    public static void Write(ScorecardDefinition definition, DictionaryBuilder root)
    {
        if (definition.Synthetic is not { } synthetic) return;
        root.Add("synthetic", DictionaryBuilder.Of(element =>
        {
            element.Number("rows", synthetic.Rows);
            if (definition.Staging is not null) element.Date("end", synthetic.Period.Last);
            else element.Texts("period", [Day(synthetic.Period.First), Day(synthetic.Period.Last)]);
            Rows(element, synthetic.Factors, synthetic.Draws);
            element.List("tables", synthetic.Tables, Table).List("specials", synthetic.Specials, Mask).List("missing", synthetic.Missing, Mask);
            element.Add("risk", Risk(synthetic)).List("drift", synthetic.Drift, Effect).List("bias", synthetic.Bias, Effect).Map("faults", synthetic.Faults);
            if (synthetic.Verified.Count > 0) element.Add("verified", Figures([.. synthetic.Verified.Select(figure => (figure.Key.Split('.'), figure.Value))]));
        }));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Rows(DictionaryBuilder element, IReadOnlyList<FactorDefinition> factors, IReadOnlyList<DrawDefinition> draws) => element
        .Each("factors", factors, factor => factor.Name, factor => DictionaryBuilder.Of(inner => { foreach (var (name, weight) in factor.Loadings) inner.Number(name, weight); }))
        .List("draws", draws, draw => DictionaryBuilder.Of(inner => inner.Text("name", draw.Name).Map("z", draw.Loadings).Expression("value", draw.Value)));

    private static MappingNode Table(SyntheticTable table) => DictionaryBuilder.Of(element =>
    {
        element.Text("table", table.Table).Text("per", table.Per);
        if (table.Count is not null) element.Add("count", DictionaryBuilder.Of(inner => inner.Map("z", table.CountLoadings).Expression("value", table.Count)));
        element.Expression("keep", table.Keep);
        Rows(element, table.Factors, table.Draws);
        element.List("specials", table.Specials, Mask);
    });

    private static MappingNode Mask(MaskDefinition mask) => DictionaryBuilder.Of(element =>
    {
        element.Text("table", mask.Table);
        if (mask.Together.Count == 0) element.Text("input", mask.Input);
        else element.Texts("inputs", [mask.Input, .. mask.Together]);
        element.Text("code", mask.Code).Number("p", mask.Probability).Expression("logit", mask.Logit).Expression("when", mask.When);
        element.Text("kind", mask.Kind).Map("same_rows", mask.SameRows).Map("also", mask.Also);
    });

    private static MappingNode Risk(SyntheticDefinition synthetic) => DictionaryBuilder.Of(element =>
    {
        element.Number("intercept", synthetic.Intercept, 0.0).Numbers("cuts", synthetic.Cuts).Number("noise", synthetic.Noise, 0.0);
        element.Add("terms", new ListNode(0, [.. synthetic.Terms.Select(term => DictionaryBuilder.Of(inner =>
            inner.Text("name", term.Name).Number("w", term.Weight).Text("kind", term.Kind).Expression("x", term.Value)))]));
    });

    private static MappingNode Effect(SwitchEffect effect) => DictionaryBuilder.Of(element =>
    {
        element.Text("table", effect.Table).Text("draw", effect.Draw).Expression("value", effect.DrawValue);
        element.Text("risk", effect.AddToRisk is null ? effect.Term : "all").Expression("add", effect.AddToRisk).Expression("times", effect.TermFactor);
        element.Expression("keep", effect.Keep).Text("kind", effect.Kind);
    });

    /// <summary>Rebuilds the nesting of flattened paths; keys that count from 0 are a list.</summary>
    private static DictionaryNode Figures(IReadOnlyList<(string[] Path, double Value)> figures)
    {
        if (figures is [{ Path.Length: 0 } single]) return new ScalarNode(0, ExpressionText.Number(single.Value));
        var groups = figures.GroupBy(figure => figure.Path[0])
            .Select(group => (group.Key, Node: Figures([.. group.Select(figure => (figure.Path[1..], figure.Value))]))).ToArray();
        return groups.Select((group, i) => group.Key == i.ToString(CultureInfo.InvariantCulture)).All(counts => counts)
            ? new ListNode(0, [.. groups.Select(group => group.Node)])
            : new MappingNode(0, [.. groups.Select(group => new DictionaryEntry(0, group.Key, group.Node))]);
    }
}
