namespace CreditWorkbench.Web.Queue;

/// <summary>Where deliveries lie and when they are loaded.</summary>
/// <param name="Root">Folder whose subfolders are deliveries; pages offer nothing else.</param>
public sealed record StagingSources(string Root)
{
    /// <summary>Time of the nightly load in UTC; null for what each dictionary says.</summary>
    public TimeOnly? DailyAt { get; init; }

    /// <summary>Whether there is a nightly load at all.</summary>
    public bool Nightly { get; init; } = true;

    /// <summary>Names of the deliveries.</summary>
    public IReadOnlyList<string> Folders() =>
        Directory.Exists(Root) ? [.. Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)] : [];

    /// <summary>The path of a delivery; null when there is none of that name.</summary>
    public string? PathOf(string name) => Folders().Contains(name, StringComparer.Ordinal) ? Path.Combine(Root, name) : null;
}
