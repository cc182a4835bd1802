using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks the synthetic generator: complete, inside ranges, with loadings that leave a variance, and true to the declared directions.</summary>
internal sealed class SyntheticChecks
{
    private readonly ScorecardDefinition _definition;
    private readonly ReadingLog _log;
    private readonly SyntheticDefinition? _synthetic;
    private readonly Dictionary<string, ExpressionSymbol> _drawn = new(StringComparer.Ordinal);
    private readonly SyntheticFactors _factors;

    /// <summary>Checks of a definition.</summary>
    public SyntheticChecks(ScorecardDefinition definition, ReadingLog log)
    {
        (_definition, _log, _synthetic) = (definition, log, definition.Synthetic);
        _factors = new(log);
    }

    /// <summary>Runs the checks; nothing without a generator.</summary>
    public void Run()
    {
        if (_synthetic is null) return;
        if (_synthetic.Rows <= 0) _log.Error("scorecard.range", "synthetic.rows", "There is at least one row.");
        var staged = _synthetic.Tables.Count > 0;
        if (staged != _definition.Staging is not null) _log.Error("scorecard.synthetic.tables", "synthetic", "A staged scorecard, and only that, draws tables.");
        Draws(_synthetic.Factors, _synthetic.Draws, "synthetic", null, []);
        for (var i = 0; i < _synthetic.Tables.Count; i++) Table(_synthetic.Tables[i], string.Create(CultureInfo.InvariantCulture, $"synthetic.tables[{i}]"));
        foreach (var input in _definition.Inputs.Where(input => input.Required && !_drawn.ContainsKey(input.Name) && !IsMadeUp(input)))
            _log.Error("scorecard.synthetic.undrawn", "synthetic.draws", $"The required input {input.Name} is not drawn.");
        for (var i = 0; i < _synthetic.Specials.Count; i++) Mask(_synthetic.Specials[i], $"synthetic.specials[{i}]");
        for (var i = 0; i < _synthetic.Missing.Count; i++) Mask(_synthetic.Missing[i], $"synthetic.missing[{i}]");
        Risk(_synthetic);
        for (var i = 0; i < _synthetic.Drift.Count; i++) Effect(_synthetic.Drift[i], $"synthetic.drift[{i}]");
        for (var i = 0; i < _synthetic.Bias.Count; i++) Effect(_synthetic.Bias[i], $"synthetic.bias[{i}]");
    }

    private bool IsMadeUp(InputDefinition input) =>
        input.Type == InputType.Text || (input.Type is InputType.Date or InputType.DateTime && (input.Role == InputRole.AsOf || input.Name == _definition.Keys.Time));

    /// <summary>In a generator dates are days, so they are plain numbers.</summary>
    private static ExpressionSymbol Symbol(ExpressionSymbol declared) => declared.Kind == ExpressionKind.Date ? ExpressionSymbol.Number : declared;

    private NameScope Scope(params IEnumerable<string> numbers)
    {
        var scope = new NameScope { AllowsDraws = true }.AddNumbers(_factors.Names);
        foreach (var (name, symbol) in _drawn) scope.Add(name, symbol);
        scope.AddNumbers(numbers);
        if (_definition.Staging is not null) scope.AddNumbers("end");
        return scope;
    }

    private void Table(SyntheticTable table, string path)
    {
        if (_definition.Staging?.Table(table.Table) is not { } staged)
        {
            _log.Error("scorecard.synthetic.tables", $"{path}.table", $"There is no table {table.Table}.");
            return;
        }
        if (table.Per is { } parent && _synthetic!.Tables.All(other => other.Table != parent)) _log.Error("scorecard.synthetic.tables", $"{path}.per", $"The table {parent} is not drawn.");
        if ((table.Per is null) != (table.Count is null)) _log.Error("scorecard.synthetic.tables", path, "A table drawn per parent row, and only that, has a count.");
        _factors.Loadings(table.CountLoadings, $"{path}.count.z");
        if (table.Count is not null)
            ScorecardScopes.Checker($"{path}.count.value", Scope("z", "u", "e", "v"), _log).Demand(table.Count, ExpressionKind.Number, "count", ExpressionKind.Number);
        if (table.Keep is not null)
            ScorecardScopes.Checker($"{path}.keep", Scope("z", "u", "e", "v", "k", "count"), _log).Demand(table.Keep, ExpressionKind.Flag, "keep", ExpressionKind.Flag);
        Draws(table.Factors, table.Draws, path, staged, ["k", "count"]);
        for (var i = 0; i < table.Specials.Count; i++) Mask(table.Specials[i] with { Table = table.Table }, $"{path}.specials[{i}]");
    }

    private void Draws(IReadOnlyList<FactorDefinition> factors, IReadOnlyList<DrawDefinition> draws, string path, StagingTable? table, string[] more)
    {
        foreach (var factor in factors) _factors.Add(factor, $"{path}.factors.{factor.Name}");
        foreach (var draw in draws)
        {
            var at = $"{path}.draws[{draw.Name}]";
            _factors.Loadings(draw.Loadings, $"{at}.z");
            var kind = ScorecardScopes.Checker($"{at}.value", Scope(["z", "u", "e", "v", .. more]), _log).Check(draw.Value);
            var declared = table?.Column(draw.Name) is { } column ? ExpressionSymbol.Of(column) : _definition.Input(draw.Name) is { } input ? ExpressionSymbol.Of(input) : null;
            if (declared is null)
            {
                _drawn[draw.Name] = new(kind, null, []);
                continue;
            }
            _drawn[draw.Name] = Symbol(declared);
            if (!ExpressionChecker.Fits(kind, Symbol(declared).Kind) && Symbol(declared).Kind != ExpressionKind.Flag)
                _log.Error("scorecard.expression.type", $"{at}.value", $"The values drawn do not fit the type of {draw.Name}.");
            SyntheticRanges.Check(draw, declared, _definition.Input(draw.Name), table?.Column(draw.Name), $"{at}.value", _log);
        }
    }

    private void Mask(MaskDefinition mask, string path)
    {
        var at = mask.Code is null ? $"{path}.input" : $"{path}.code";
        foreach (var name in mask.Together.Prepend(mask.Input))
        {
            if (!_drawn.ContainsKey(name)) _log.Error("scorecard.synthetic.mask", path, $"{name} is not drawn.");
            else if (mask.Code is { } code) Code(name, code, mask.Table, at);
        }
        foreach (var (name, code) in mask.SameRows) Code(name, code, mask.Table, $"{path}.same_rows.{name}");
        foreach (var name in mask.Also.Keys.Where(name => !_drawn.ContainsKey(name))) _log.Error("scorecard.synthetic.mask", $"{path}.also.{name}", $"{name} is not drawn.");
        foreach (var (name, value) in mask.Also) ScorecardScopes.Checker($"{path}.also.{name}", Scope(), _log).Check(value);
        if (mask.Probability is < 0.0 or > 1.0) _log.Error("scorecard.range", $"{path}.p", "A probability in [0, 1] is expected.");
        if (mask.Logit is not null) ScorecardScopes.Checker($"{path}.logit", Scope(Features()), _log).Demand(mask.Logit, ExpressionKind.Number, "logit", ExpressionKind.Number);
        if (mask.When is not null) ScorecardScopes.Checker($"{path}.when", Scope(Features()), _log).Demand(mask.When, ExpressionKind.Flag, "when", ExpressionKind.Flag);
    }

    private void Code(string name, string code, string? table, string path)
    {
        var specials = table is not null && _definition.Staging?.Table(table)?.Column(name) is { } column ? column.Specials : _definition.Input(name)?.Specials ?? [];
        if (!specials.Any(special => SpecialCodes.Equal(special.Value, code))) _log.Error("scorecard.expression.special", path, $"{code} is not a declared special code of {name}.");
    }

    private IEnumerable<string> Features() => _definition.Features.Where(feature => feature.From is null).Select(feature => feature.Name);

    private void Risk(SyntheticDefinition synthetic)
    {
        if (synthetic.Cuts.Count != (_definition.Target.IsOrdinal ? _definition.Target.Classes.Count - 1 : 0) || !synthetic.Cuts.Zip(synthetic.Cuts.Skip(1)).All(pair => pair.First < pair.Second))
            _log.Error("scorecard.synthetic.cuts", "synthetic.risk.cuts", "An ordinal target, and only that, has one rising cut per boundary between classes.");
        if (synthetic.Noise < 0.0) _log.Error("scorecard.range", "synthetic.risk.noise", "A standard deviation is not negative.");
        var scope = Scope(Features());
        foreach (var term in synthetic.Terms)
        {
            var path = $"synthetic.risk.terms[{term.Name}].x";
            foreach (var factor in FeatureReach.Direct(term.Value).Where(name => _factors.Names.Contains(name) && !_drawn.ContainsKey(name)))
                _log.Error("scorecard.synthetic.factor", path, $"The factor {factor} is used directly; risk rests on what is drawn.");
            ScorecardScopes.Checker(path, scope, _log).Demand(term.Value, ExpressionKind.Number, "a risk term", ExpressionKind.Number);
            SyntheticDirections.Check(term, _definition, path, _log);
        }
        foreach (var twice in synthetic.Terms.GroupBy(term => term.Name).Where(group => group.Count() > 1))
            _log.Error("scorecard.name.duplicate", $"synthetic.risk.terms[{twice.Key}]", $"There are two terms named {twice.Key}.");
    }

    private void Effect(SwitchEffect effect, string path)
    {
        if (effect.Draw is { } draw && !_drawn.ContainsKey(draw)) _log.Error("scorecard.synthetic.effect", $"{path}.draw", $"{draw} is not drawn.");
        if (effect.Term is { } term && _synthetic!.Terms.All(other => other.Name != term)) _log.Error("scorecard.synthetic.effect", $"{path}.risk", $"There is no risk term {term}.");
        var scope = Scope(["x", "z", "u", "e", "v", .. Features()]);
        foreach (var (key, value) in new[] { ("add", effect.AddToRisk), ("times", effect.TermFactor), ("keep", effect.Keep) })
            if (value is not null) ScorecardScopes.Checker($"{path}.{key}", scope, _log).Demand(value, ExpressionKind.Number, key, ExpressionKind.Number);
        if (effect.DrawValue is not null) ScorecardScopes.Checker($"{path}.value", scope, _log).Check(effect.DrawValue);
    }
}
