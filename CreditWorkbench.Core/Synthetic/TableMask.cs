using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Puts a special code, or nothing, over true values of a generated table.</summary>
internal sealed class TableMask
{
    private readonly MaskDefinition _mask;
    private readonly ulong _key;
    private readonly Dictionary<TableSampler, (ExpressionProgram? Logit, ExpressionProgram? When)> _programs = [];
    private readonly double _code;

    /// <param name="mask">What is hidden; it names its table.</param>
    /// <param name="number">Tells its stream from those of other masks.</param>
    /// <param name="definition">The dictionary.</param>
    /// <param name="samplers">All samplers.</param>
    /// <param name="switches">Seed.</param>
    public TableMask(MaskDefinition mask, int number, ScorecardDefinition definition, IEnumerable<TableSampler> samplers, SyntheticSwitches switches)
    {
        (_mask, Table) = (mask, mask.Table!);
        _key = RandomStream.KeyOf(switches.Seed, definition.Id, $"mask {number} {mask.Table} {mask.Input}");
        foreach (var sampler in samplers.Where(sampler => sampler.Table.Table == Table))
            _programs[sampler] = (mask.Logit is null ? null : sampler.Compile(mask.Logit), mask.When is null ? null : sampler.Compile(mask.When));
        var specials = definition.Staging!.Table(Table)!.Column(mask.Input)?.Specials ?? [];
        _code = mask.Code is null ? double.NaN : CodedNaN.OfDouble(1 + specials.Select(special => special.Value).ToList().IndexOf(mask.Code));
    }

    /// <summary>Table of the column.</summary>
    public string Table { get; }

    /// <summary>Whether it hides values of a sampler's rows.</summary>
    public bool Of(TableSampler sampler) => _programs.ContainsKey(sampler);

    /// <summary>Whether the value of the row that a sampler holds is hidden.</summary>
    public bool Strikes(TableSampler sampler, long row)
    {
        var (logit, when) = _programs[sampler];
        if (when is not null) return when.Evaluate(sampler.Slots) is not (double.NaN or 0);
        var probability = logit is null ? _mask.Probability ?? 0 : ReproducibleMath.Logistic(logit.Evaluate(sampler.Slots));
        return new RandomStream(_key, row).Uniform() < probability;
    }

    /// <summary>Hides the value.</summary>
    public void Write(TableRows rows, int row)
    {
        foreach (var name in _mask.Together.Append(_mask.Input))
        {
            var column = rows.IndexOf(name);
            if (column >= 0) rows[row, column] = name == _mask.Input ? _code : double.NaN;
        }
    }
}
