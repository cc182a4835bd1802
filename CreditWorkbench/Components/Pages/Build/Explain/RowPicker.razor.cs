using System.Globalization;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>Finds a row: by number or id, by score, by stepping with J and K.</summary>
public sealed partial class RowPicker
{
    private const int Shown = 9;
    private static readonly string[] Orders = ["file", "low", "high"];
    private (ExplanationStudy, string, int)? _placed;
    private string _search = "";
    private string? _error;

    /// <summary>The study.</summary>
    [Parameter, EditorRequired] public ExplanationStudy Study { get; set; } = null!;

    /// <summary>file, low (lowest score first) or high.</summary>
    [Parameter, EditorRequired] public string Order { get; set; } = "file";

    /// <summary>The chosen row.</summary>
    [Parameter, EditorRequired] public int Row { get; set; }

    /// <summary>Raised with an order; null for that of the file.</summary>
    [Parameter] public EventCallback<string?> OnOrder { get; set; }

    /// <summary>Raised with the index of a row.</summary>
    [Parameter] public EventCallback<int> OnRow { get; set; }

    private int Position { get; set; }

    private IEnumerable<int> Window
    {
        get
        {
            var first = Math.Clamp(Position - Shown / 2, 0, Math.Max(0, Study.Rows.Count - Shown));
            return Enumerable.Range(first, Math.Min(Shown, Study.Rows.Count));
        }
    }

    /// <summary>The row at a position of an order.</summary>
    public static int At(ExplanationStudy study, string order, int position) => order switch
    {
        "low" => study.ByScore[position],
        "high" => study.ByScore[^(position + 1)],
        _ => position,
    };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var placed = (Study, Order, Row);
        if (_placed == placed) return;
        _placed = placed;
        Position = Order switch
        {
            "low" => Array.IndexOf(Study.ByScore, Row),
            "high" => Study.Rows.Count - 1 - Array.IndexOf(Study.ByScore, Row),
            _ => Row,
        };
    }

    private Task OrderAsync(string order) => OnOrder.InvokeAsync(order == Orders[0] ? null : order);

    private Task StepAsync(int step) => Position + step >= 0 && Position + step < Study.Rows.Count ? OnRow.InvokeAsync(At(Study, Order, Position + step)) : Task.CompletedTask;

    private Task KeyAsync(KeyboardEventArgs key) => key.Key switch
    {
        "j" or "J" => StepAsync(1),
        "k" or "K" => StepAsync(-1),
        _ => Task.CompletedTask,
    };

    private Task Search(ChangeEventArgs change)
    {
        _search = change.Value?.ToString()?.Trim() ?? "";
        _error = null;
        if (_search.Length == 0) return Task.CompletedTask;
        var found = Find(_search);
        if (found >= 0) return OnRow.InvokeAsync(found);
        _error = Texts.T("explain.noRow", _search, Formats.Integer(Study.Rows.FileRows[^1]));
        return Task.CompletedTask;
    }

    // An id wins over a row number: where a file has ids, people speak of ids.
    private int Find(string text)
    {
        var byId = Study.Rows.Ids is { } ids ? Array.IndexOf(ids, text) : -1;
        if (byId >= 0) return byId;
        return long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.CurrentCulture, out var number) ? Math.Max(-1, Array.BinarySearch(Study.Rows.FileRows, number)) : -1;
    }
}
