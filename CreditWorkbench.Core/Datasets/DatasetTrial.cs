using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>What a file becomes by a mapping, found by reading every row; rows are not kept.</summary>
/// <param name="Layout">What was detected about the file.</param>
/// <param name="Dictionary">The dictionary that the mapping makes of it.</param>
/// <param name="Rows">Labelled rows.</param>
/// <param name="Bad">Those whose outcome is bad.</param>
/// <param name="Rejected">Rows that are left out.</param>
/// <param name="From">First date of the time column; null without one.</param>
/// <param name="To">Last date of the time column; null without one.</param>
public sealed record DatasetTrial(FileLayout Layout, InferredDictionary Dictionary, long Rows, long Bad, RejectedRows Rejected, DateOnly? From, DateOnly? To)
{
    /// <summary>Reads a file twice: for its dictionary, then row by row against it. Memory does not grow with the rows.</summary>
    internal static async Task<Outcome<DatasetTrial>> RunAsync(Func<Stream> open, string name, DatasetMapping mapping, TextWriter? rejects, CancellationToken cancellationToken)
    {
        var inferred = await InferAsync(open, name, mapping, cancellationToken);
        if (!inferred.TryGet(out var dictionary, out var problems)) return Outcome<DatasetTrial>.Refused(problems);
        if (!(await TabularFile.OpenAsync(open(), mapping.ToReading(), cancellationToken)).TryGet(out var opened, out problems)) return Outcome<DatasetTrial>.Refused(problems);
        await using var reader = opened;
        var definition = dictionary.Definition;
        var vectorizer = DictionaryVectorizer.Create(definition, FeatureProgram.Compile(definition, FittedTransforms.None), reader);
        if (!vectorizer.TryGet(out var vectors, out problems)) return Outcome<DatasetTrial>.Refused(problems);
        var pass = new TrialPass(reader, DatasetRequest.Of(dictionary, reader, name), vectors, rejects);
        return (await pass.RunAsync(cancellationToken)).Then<DatasetTrial>(count => count == 0
            ? (List<Problem>)[DatasetProblems.NothingUsable(pass.Rejected.Count), .. pass.Rejected.First.Take(5)]
            : pass.Bad == 0 || pass.Bad == count
                ? DatasetProblems.ClassAbsent(mapping.Target, pass.Bad == 0 ? 1 : 0, 2, (int)Math.Min(count, int.MaxValue))
                : new DatasetTrial(reader.Layout, dictionary, count, pass.Bad, pass.Rejected, pass.From, pass.To));
    }

    /// <summary>The manifest of these rows.</summary>
    internal DatasetVersion ToVersion(DatasetFile file, string name, DatasetMapping mapping, ContentHash header, Guid by, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        Name = name,
        Number = 0,
        FileName = file.Name,
        Content = file.Content,
        Bytes = file.Bytes,
        Header = header,
        Format = Layout.Format,
        Packing = Layout.Packing,
        Encoding = Layout.Encoding,
        Delimiter = Layout.Delimiter,
        Mapping = mapping,
        FileColumns = [.. Layout.Columns.Select(column => column.Name)],
        Columns = [.. Dictionary.Definition.ModelFeatures.Select(feature => feature.Name)],
        Rows = Rows,
        Bad = Bad,
        Rejected = Rejected.Count,
        RejectedByCode = Rejected.ByCode.ToDictionary(),
        From = From,
        To = To,
        AddedBy = by,
        AddedAt = at,
    };

    private static async Task<Outcome<InferredDictionary>> InferAsync(Func<Stream> open, string name, DatasetMapping mapping, CancellationToken cancellationToken)
    {
        if (!(await TabularFile.OpenAsync(open(), mapping.ToReading(), cancellationToken)).TryGet(out var opened, out var problems)) return Outcome<InferredDictionary>.Refused(problems);
        await using var reader = opened;
        var profile = await FileProfile.ReadAsync(reader, mapping.ToSpecials(), cancellationToken);
        return profile.Then(found => DictionaryInference.Infer(found, mapping.ToInference(Path.GetFileNameWithoutExtension(name))));
    }
}
