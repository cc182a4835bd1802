using System.Runtime.CompilerServices;

namespace CreditWorkbench.Tests.Architecture;

/// <summary>The table of rooms in docs/architecture.md: which room may name which.</summary>
internal static class RoomTable
{
    /// <summary>Room to the rooms that it may name, as the document says.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Read()
    {
        var rows = File.ReadLines(Path.Combine(RepositoryRoot(), "docs", "architecture.md"))
            .SkipWhile(line => !line.StartsWith("| room |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (Room: cells[1], Names: cells[3])).ToList();
        var rooms = rows.Select(row => row.Room).ToHashSet();
        return rows.ToDictionary(row => row.Room, row => (IReadOnlySet<string>)Expand(row.Names, row.Room, rooms));
    }

    /// <summary>References that the table does not allow.</summary>
    public static IEnumerable<RoomReference> Violations(IEnumerable<RoomReference> references, IReadOnlyDictionary<string, IReadOnlySet<string>> table) =>
        references.Where(reference => !table.TryGetValue(reference.FromRoom, out var allowed) || !allowed.Contains(reference.ToRoom));

    private static HashSet<string> Expand(string names, string room, HashSet<string> rooms)
    {
        if (names == "-") return [];
        const string everythingBut = "everything but ";
        if (names.StartsWith(everythingBut, StringComparison.Ordinal))
            return [.. rooms.Except(names[everythingBut.Length..].Split(" and ")).Where(name => name != room)];
        var listed = names.Split(", ").ToHashSet();
        var unknown = listed.Except(rooms).ToList();
        return unknown.Count == 0 ? listed : throw new InvalidDataException($"docs/architecture.md: the room {room} names {string.Join(", ", unknown)}, which the table does not have.");
    }

    private static string RepositoryRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
