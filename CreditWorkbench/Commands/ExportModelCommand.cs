using System.CommandLine;
using CreditWorkbench.Core.Exchange;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>export-model --model NAME[@V]|FILE --format onnx|json --out FILE</c>: writes a model of ours for other programs.</summary>
public static class ExportModelCommand
{
    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var model = new Option<string>("--model") { Description = "NAME[@VERSION] of the registry, or a package file.", Required = true };
        var format = new Option<string>("--format") { Description = "onnx (margin and probability) or json (our open format).", Required = true };
        format.AcceptOnlyFromAmong([.. ModelExport.Formats]);
        var output = new Option<string>("--out") { Description = "File to write.", Required = true };
        var data = SharedOptions.Data();
        var export = new Command("export-model", "Write a model for other programs.") { model, format, output, data };
        export.SetAction(async (parsed, cancellationToken) =>
        {
            var reference = parsed.GetRequiredValue(model);
            if (!(await ModelReferences.OpenAsync(reference, parsed.GetValue(data), cancellationToken)).TryGet(out var line, out var problems)) return CommandLine.Refuse(problems);
            var release = line.Release;
            var request = new ExportRequest(release.Model.Name, release.Package.Predictor, release.Program.Columns, release.Package.Platt);
            if (!ModelExport.Write(parsed.GetRequiredValue(format), request).TryGet(out var file, out problems)) return CommandLine.Refuse(problems);
            await ResultFile.WriteAsync(parsed.GetRequiredValue(output), async stream => await stream.WriteAsync(file, cancellationToken), cancellationToken);
            if (release.Package.PdCalibrator is not null) await Console.Error.WriteLineAsync("Note: the package has a second calibrator for the probability, which the file does not carry. [export.calibrator]");
            Console.WriteLine($"{release.Package.Predictor.Family} of {release.Program.Columns.Count} features written as {parsed.GetRequiredValue(format)}: {file.Length} bytes.");
            return 0;
        });
        return export;
    }
}
