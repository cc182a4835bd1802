namespace CreditWorkbench.Core.Staging;

/// <summary>Finds the files of a table in a folder.</summary>
internal static class StagingFiles
{
    private static readonly string[] Packings = ["", ".gz", ".zip"];
    private static readonly string[] Formats = [".ndjson", ".jsonl"];

    /// <summary>The file of that name, else packed, else as lines of JSON, else its numbered parts (<c>name-1.csv</c>, <c>name_2.csv.gz</c>)
    /// in the order of their names; nothing when there is none.</summary>
    /// <param name="folder">Folder.</param>
    /// <param name="name">File name in the dictionary.</param>
    public static IReadOnlyList<string> Of(string folder, string name)
    {
        var stem = Path.GetFileNameWithoutExtension(name);
        var single = Packings.Select(packing => name + packing)
            .Concat(Formats.SelectMany(format => Packings.Select(packing => stem + format + packing)))
            .Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        if (single is not null) return [single];
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder).Where(file => IsPart(Path.GetFileName(file), stem)).Order(StringComparer.Ordinal)];
    }

    private static bool IsPart(string file, string stem) =>
        file.Length > stem.Length + 1 && file.StartsWith(stem, StringComparison.Ordinal) && file[stem.Length] is '-' or '_' && char.IsAsciiDigit(file[stem.Length + 1]);
}
