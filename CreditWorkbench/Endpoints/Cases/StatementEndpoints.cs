using System.Text;
using System.Text.Unicode;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Pages.Decide.Statements;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary><c>POST /applications/{id}/statement</c>: a bank statement with its mapping, as a form of two parts (<c>file</c>, <c>mapping</c>) or as the file alone with <c>?mapping=</c>.</summary>
public static class StatementEndpoints
{
    private const int LongestName = 120;
    private const int MostFaults = 20;
    private const int MostMapping = 64 << 10;
    private const int LongestBoundary = 100;

    /// <summary>Maps it.</summary>
    public static void MapStatements(this IEndpointRouteBuilder api) =>
        api.MapPost("/applications/{id:guid}/statement", TakeAsync).RequireAuthorization(new MayAttribute(Permission.TakeIn)).TakesUpTo(ApiRoutes.LargestStatement)
            .Accepts<IFormFile>("multipart/form-data", "text/csv", "application/octet-stream")
            .WithName("postStatement").WithSummary("Derives values from a bank statement of at most 20 MiB: multipart with file and mapping (JSON), or the file as body and ?mapping= (JSON).").WithTags("applications")
            .Produces<StatementResource>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413);

    private static Task<IResult> TakeAsync(Guid id, string? mapping, HttpContext context, StatementDesk desk, CaseReader cases, OrganisationClock zone, CancellationToken cancellationToken) =>
        ApiCalls.AnswerAsync(
            context,
            async actor =>
            {
                if (!(await cases.FindAsync(id, actor, cancellationToken)).TryGet(out var view, out var problems)) return Outcome<StatementResource>.Refused(problems);
                if (view.Definition.Statement is null) return new Problem("statement.none", "This scorecard derives nothing from statements.") { Remedy = "Enter the values." };
                if (view.Application.WasDecided || view.Application.State == ApplicationState.Withdrawn) return ApplicationProblems.Decided(view.Application);
                if (!(await UploadAsync(context, mapping, cancellationToken)).TryGet(out var upload, out problems)) return Outcome<StatementResource>.Refused(problems);
                return await DeriveAsync(view, upload, zone.Today, desk, actor, cancellationToken);
            },
            taken => ApiCalls.Versioned(context, taken.Version, taken));

    private static async Task<Outcome<StatementResource>> DeriveAsync(CaseView view, Upload upload, DateOnly today, StatementDesk desk, Actor actor, CancellationToken cancellationToken)
    {
        var (source, told, definition) = (new StatementSource(upload.Name, upload.Bytes), upload.Instructions, view.Definition);
        if (!(await source.OpenAsync(told.Delimiter, cancellationToken)).TryGet(out var rows, out var problems)) return Outcome<StatementResource>.Refused(problems);
        IReadOnlyList<FileColumn> columns;
        await using (rows) columns = rows.Columns;
        var (known, isKept) = await desk.MappingAsync(definition, columns, cancellationToken);
        var mapping = told.Over(known);
        var facts = new StatementFacts(told.AsOf ?? today) { Holder = told.Holder ?? "", OpenedOn = told.OpenedOn, OpeningBalance = told.OpeningBalance };
        if (!(await source.ReadAsync(definition, mapping, facts.Upload(mapping.Rate), cancellationToken)).TryGet(out var reading, out problems)) return Outcome<StatementResource>.Refused(problems);
        var derivation = await Task.Run(() => BankStatementMetrics.Derive(definition, reading.Statement), cancellationToken);
        var entry = new StatementEntry(upload.Name, upload.Bytes, StatementMapping.HeaderOf(columns), mapping, derivation);
        if (!(await desk.TakeOverAsync(view.Application.Id, definition, entry, actor, cancellationToken)).TryGet(out var application, out problems)) return Outcome<StatementResource>.Refused(problems);
        return new StatementResource(
            application.Id, application.Version, reading.Rows, reading.Faulty, [.. reading.Faults.Take(MostFaults).Select(fault => new RowFault(fault.Row, fault.Field, fault.Code, fault.Message))],
            derivation.FullMonths, [.. derivation.Metrics.Select(metric => new DerivedResource(metric.Input, ValueOf(metric), metric.Rows.Count, metric.IsAtLeast))], isKept, mapping);
    }

    private static double? ValueOf(DerivedMetric metric) => metric.Value.Kind == InputValueKind.Number ? metric.Value.Number : null;

    private static async Task<Outcome<Upload>> UploadAsync(HttpContext context, string? mapping, CancellationToken cancellationToken)
    {
        if (!ApiBody.Open(context).TryGet(out var body, out var problems)) return Outcome<Upload>.Refused(problems);
        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var parsed) ? parsed : null;
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true) return await FormAsync(body, HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), cancellationToken);
        return InstructionsOf(mapping).TryGet(out var instructions, out problems)
            ? new Upload("statement.csv", await BytesAsync(body, cancellationToken), instructions)
            : Outcome<Upload>.Refused(problems);
    }

    private static async Task<Outcome<Upload>> FormAsync(Stream body, string boundary, CancellationToken cancellationToken)
    {
        if (boundary.Length is 0 or > LongestBoundary) return Broken;
        var (reader, file, mapping) = (new MultipartReader(boundary, body), (Upload?)null, (string?)null);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) return Broken;
                var bytes = await BytesAsync(section.Body, cancellationToken);
                switch (HeaderUtilities.RemoveQuotes(disposition.Name).ToString())
                {
                    case "file" when file is null:
                        file = new Upload(NameOf(disposition), bytes, new StatementInstructions());
                        break;
                    case "mapping" when mapping is null && bytes.Length <= MostMapping && Utf8.IsValid(bytes):
                        mapping = Encoding.UTF8.GetString(bytes);
                        break;
                    default:
                        return Broken;
                }
            }
        }
        catch (InvalidDataException)
        {
            return Broken;
        }
        catch (IOException)
        {
            return Broken;
        }

        if (file is null) return new Problem("statement.file", "The form has no part named file.") { Field = "file", Remedy = "Send the statement as the part file." };
        return InstructionsOf(mapping).Then<Upload>(instructions => file with { Instructions = instructions });
    }

    private static Outcome<StatementInstructions> InstructionsOf(string? mapping)
    {
        if (string.IsNullOrWhiteSpace(mapping)) return new StatementInstructions();
        return ApiBody.Parse<StatementInstructions>(Encoding.UTF8.GetBytes(mapping));
    }

    private static async Task<byte[]> BytesAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, cancellationToken);
        return whole.ToArray();
    }

    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = Path.GetFileName(HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString());
        var plain = string.Concat(name.Where(character => !char.IsControl(character)));
        return plain.Length == 0 ? "statement.csv" : plain.Length > LongestName ? plain[..LongestName] : plain;
    }

    private static Problem Broken => new("body.invalid", "The form cannot be read.") { Remedy = "Send multipart/form-data with the parts file and mapping." };

    private sealed record Upload(string Name, byte[] Bytes, StatementInstructions Instructions);
}
