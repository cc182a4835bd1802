namespace CreditWorkbench.Web.Components.Controls;

/// <summary>A small file that the browser saves.</summary>
public sealed class TextFile(string name, string type, string text)
{
    /// <summary>File name with its extension.</summary>
    public string Name { get; } = name;

    /// <summary>Media type.</summary>
    public string Type { get; } = type;

    /// <summary>Content.</summary>
    public string Text { get; } = text;

    /// <summary>A CSV file.</summary>
    public static TextFile Csv(string name, string text) => new(name + ".csv", "text/csv;charset=utf-8", text);
}
