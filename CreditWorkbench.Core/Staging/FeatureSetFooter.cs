using System.Text.Json;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>What the last block of a feature set's file says: columns, and where the blocks stand.</summary>
/// <param name="Format">Version of the layout.</param>
/// <param name="Rows">Rows.</param>
/// <param name="GroupRows">Rows per group; the last group has the rest.</param>
/// <param name="Columns">Columns in order.</param>
/// <param name="Texts">Offset of each column's texts; null for a column of numbers.</param>
/// <param name="Groups">Offset of each group of rows.</param>
/// <param name="Index">Blocks of the index by entity, in order.</param>
internal sealed record FeatureSetFooter(
    int Format, int Rows, int GroupRows, IReadOnlyList<FeatureSetColumn> Columns, IReadOnlyList<long?> Texts, IReadOnlyList<long> Groups, IReadOnlyList<FeatureSetIndexBlock> Index)
{
    /// <summary>The layout that is written today.</summary>
    public const int CurrentFormat = 1;

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="InvalidDataException">A layout that this program does not know.</exception>
    public static FeatureSetFooter Read(byte[] json)
    {
        var footer = JsonSerializer.Deserialize<FeatureSetFooter>(json) ?? throw new InvalidDataException("The feature set has no footer.");
        return footer.Format == CurrentFormat ? footer : throw new InvalidDataException($"The feature set has the layout {footer.Format}, which this version of the program does not know.");
    }
}

/// <summary>A column of a feature set.</summary>
/// <param name="Name">Name in the feature file.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Specials">Its special codes as they stand in files, in payload order.</param>
internal sealed record FeatureSetColumn(string Name, InputType Type, IReadOnlyList<string> Specials)
{
    /// <summary>Whether its cells are texts by number.</summary>
    public bool IsText => Type is InputType.Category or InputType.Text;

    /// <summary>The column that the line describes so.</summary>
    public static FeatureSetColumn Of(StagingColumn column) => new(column.Name, column.Type, [.. column.Specials.Select(special => special.Value)]);

    /// <summary>The same as the line describes columns.</summary>
    public StagingColumn Definition() => new()
    {
        Name = Name,
        Type = Type,
        Specials = [.. Specials.Select(code => new SpecialCode(code, code, LocalizedText.Same(code, [])))],
    };
}

/// <summary>A block of the index.</summary>
/// <param name="First">Its first entity.</param>
/// <param name="Offset">Where it stands.</param>
internal sealed record FeatureSetIndexBlock(string First, long Offset);
