using System.Globalization;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Looks up the groups of applications in the sensitive vault. What leaves this room are counts.</summary>
public sealed class SensitiveGroupReader(ISensitiveReader sensitive)
{
    /// <summary>Groups per sensitive input: of each application that has a value.</summary>
    /// <param name="definition">Dictionary that names the inputs.</param>
    /// <param name="applicationIds">Applications.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<Guid, string>>> ReadAsync(
        ScorecardDefinition definition, IReadOnlyCollection<Guid> applicationIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyDictionary<Guid, string>>(StringComparer.Ordinal);
        if (applicationIds.Count == 0) return found;
        foreach (var input in definition.Inputs.Where(input => input.Sensitive && input.Type is not (InputType.Text or InputType.Date)))
        {
            var values = await sensitive.ReadAsync(input.Name, applicationIds, cancellationToken);
            found[input.Name] = input.Type is InputType.Number or InputType.Integer ? BandsOf(input, values) : values;
        }

        return found;
    }

    private static Dictionary<Guid, string> BandsOf(InputDefinition input, IReadOnlyDictionary<Guid, string> values)
    {
        // A fixed order of the applications, so that bands chosen by the data come out the same each time.
        var ordered = values.OrderBy(value => value.Key).ToList();
        var numbers = ordered.Select(value => double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToList();
        var groups = SensitiveGroups.OfNumbers(numbers, input.Bands);
        return ordered.Zip(groups).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Key, pair => pair.Second!);
    }
}
