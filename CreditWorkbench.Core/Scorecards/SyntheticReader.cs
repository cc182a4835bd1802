using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads the synthetic generator.</summary>
internal static class SyntheticReader
{
    /// <summary>The synthetic section; null when absent.</summary>
    public static SyntheticDefinition? Synthetic(DictionaryElement root, bool staged)
    {
        if (root.Child("synthetic") is not { } element) return null;
        var risk = element.Required("risk");
        var synthetic = new SyntheticDefinition
        {
            Rows = element.Integer("rows", 2000),
            Period = staged ? End(element) : Period(element),
            Factors = Factors(element),
            Draws = Draws(element),
            Tables = [.. element.Elements("tables").Select(Table)],
            Specials = Masks(element, "specials"),
            Missing = Masks(element, "missing"),
            Intercept = risk.Number("intercept", 0.0),
            Cuts = risk.Numbers("cuts"),
            Noise = risk.Number("noise", 0.0),
            Terms = [.. risk.Elements("terms", "name", mandatory: true).Select(Term)],
            Drift = Effects(element, "drift"),
            Bias = Effects(element, "bias"),
            Faults = Faults(element),
            Verified = Verified(element),
        };
        risk.Close();
        element.Close();
        return synthetic;
    }

    private static (DateOnly First, DateOnly Last) Period(DictionaryElement element)
    {
        var days = element.Texts("period", mandatory: true);
        if (days.Count == 2 && Day(days[0]) is { } first && Day(days[1]) is { } last && first <= last) return (first, last);
        if (element.Has("period")) element.Fault("scorecard.synthetic.period", "period", "A period is a first and a last date, in order.");
        return default;
    }

    private static (DateOnly First, DateOnly Last) End(DictionaryElement element)
    {
        element.Mandatory("end");
        var end = element.DateOrNull("end") ?? default;
        return (end, end);
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IReadOnlyList<FactorDefinition> Factors(DictionaryElement owner) =>
        owner.Child("factors") is { } all ? [.. all.Keys.Select(name => new FactorDefinition(name, all.NumberMap(name)))] : [];

    private static IReadOnlyList<DrawDefinition> Draws(DictionaryElement owner) => [.. owner.Elements("draws", "name").Select(Draw)];

    private static DrawDefinition Draw(DictionaryElement element)
    {
        var draw = new DrawDefinition(element.Text("name"), element.NumberMap("z"), element.Expression("value"));
        element.Close();
        return draw;
    }

    private static SyntheticTable Table(DictionaryElement element)
    {
        var count = element.Child("count");
        var name = element.Text("table");
        var table = new SyntheticTable
        {
            Table = name,
            Per = element.TextOrNull("per"),
            CountLoadings = count?.NumberMap("z") ?? new Dictionary<string, double>(),
            Count = count?.Expression("value"),
            Keep = element.ExpressionOrNull("keep"),
            Factors = Factors(element),
            Draws = Draws(element),
            Specials = Masks(element, "specials"),
        };
        count?.Close();
        element.Close();
        return table;
    }

    private static IReadOnlyList<MaskDefinition> Masks(DictionaryElement owner, string key) => [.. owner.Elements(key).Select(element => Mask(element, key == "specials"))];

    private static MaskDefinition Mask(DictionaryElement element, bool special)
    {
        IReadOnlyList<string> inputs = element.Has("inputs") && !special ? element.Texts("inputs") : [element.Text("input")];
        if (inputs.Count == 0) element.Fault("scorecard.synthetic.mask", "inputs", "At least one input is named.");
        var mask = new MaskDefinition(inputs.Count > 0 ? inputs[0] : "", special ? element.Text("code") : null, element.NumberOrNull("p"), element.ExpressionOrNull("logit"),
            element.ExpressionOrNull("when"), element.ExpressionMap("also"), element.TextMap("same_rows"))
        {
            Together = [.. inputs.Skip(1)],
            Kind = element.TextOrNull("kind"),
            Table = element.TextOrNull("table"),
        };
        if (new[] { element.Has("p"), element.Has("logit"), element.Has("when") }.Count(stated => stated) != 1)
            element.Fault("scorecard.synthetic.mask", "p", "Exactly one of p, logit and when is stated.");
        element.Close();
        return mask;
    }

    private static RiskTerm Term(DictionaryElement element)
    {
        var term = new RiskTerm(element.Text("name"), element.Number("w"), element.Expression("x")) { Kind = element.TextOrNull("kind") };
        element.Close();
        return term;
    }

    private static IReadOnlyList<SwitchEffect> Effects(DictionaryElement owner, string key) => [.. owner.Elements(key).Select(Effect)];

    private static SwitchEffect Effect(DictionaryElement element)
    {
        var draw = element.TextOrNull("draw");
        var risk = element.TextOrNull("risk");
        var effect = new SwitchEffect(draw, draw is null ? null : element.Expression("value"), risk == "all" ? element.Expression("add") : null,
            risk is null or "all" ? null : risk, risk is null or "all" ? null : element.Expression("times"), element.ExpressionOrNull("keep"))
        {
            Kind = element.TextOrNull("kind"),
            Table = element.TextOrNull("table"),
        };
        if (new[] { draw is not null, risk is not null, element.Has("keep") }.Count(stated => stated) != 1)
            element.Fault("scorecard.synthetic.effect", "draw", "Exactly one of draw, risk and keep is stated.");
        element.Close();
        return effect;
    }

    private static Dictionary<string, double> Faults(DictionaryElement owner)
    {
        var faults = new Dictionary<string, double>(StringComparer.Ordinal);
        if (owner.Child("faults") is not { } element) return faults;
        element.Flag("off_by_default", true);
        foreach (var kind in new[] { "duplicate_keys", "orphans", "unreadable" })
            if (element.NumberOrNull(kind) is { } share) faults[kind] = share;
        element.Close();
        return faults;
    }

    private static Dictionary<string, double> Verified(DictionaryElement owner)
    {
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        if (owner.Node("verified") is { } node) Flatten(node, owner.PathOf("verified"), "", owner.Log, figures);
        return figures;
    }

    private static void Flatten(DictionaryNode node, string path, string key, ReadingLog log, Dictionary<string, double> figures)
    {
        log.Place(path, node.Line);
        if (node is MappingNode mapping)
            foreach (var entry in mapping.Entries) Flatten(entry.Value, ReadingLog.Join(path, entry.Key), ReadingLog.Join(key, entry.Key), log, figures);
        else if (node is ListNode list)
            for (var i = 0; i < list.Items.Count; i++)
                Flatten(list.Items[i], path, ReadingLog.Join(key, i.ToString(CultureInfo.InvariantCulture)), log, figures);
        else if (DictionaryElement.NumberIn(((ScalarNode)node).Text, path, log) is { } value)
            figures[key] = value;
    }
}
