using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;

namespace CreditWorkbench.Web.Hosting.Lab;

/// <summary>Rows of a scorecard's own generator, read as a file would be: through the same doors, with the same refusals.</summary>
public static class GeneratedRows
{
    /// <summary>Generates and reads rows.</summary>
    public static async Task<Outcome<LabRows>> OpenAsync(ScorecardDefinition definition, int? rows, int seed, CancellationToken cancellationToken)
    {
        if (!SyntheticGenerator.Create(definition).TryGet(out var generator, out var problems)) return Outcome<LabRows>.Refused(problems);
        var (count, file) = (rows ?? generator.DefaultRows, Path.Combine(Path.GetTempPath(), $"lab-{Guid.CreateVersion7():N}.csv"));
        try
        {
            await using (var writer = new StreamWriter(file, append: false, new UTF8Encoding(false)))
                await SyntheticCsv.WriteAsync(generator, count, new SyntheticSwitches(seed), writer, null, cancellationToken);
            var opened = await new TrainingFile(file) { Definition = definition }.OpenAsync(TrainingSettings.Of, cancellationToken);
            return opened.Then<LabRows>(read =>
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{definition.Id}, {count} generated rows, seed {seed}");
                var manifest = read.Request.Manifest with { Source = name };
                return new LabRows(name, definition, read.Request.Dataset, manifest, IsInferred: false) { Warnings = read.Warnings };
            });
        }
        finally
        {
            File.Delete(file);
        }
    }
}
