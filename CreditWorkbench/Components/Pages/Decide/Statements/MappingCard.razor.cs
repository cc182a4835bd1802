using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide.Statements;

/// <summary>How a bank writes: columns, dates, direction, currency, classes, and what is asked beside the file. Each change is sent at once.</summary>
public sealed partial class MappingCard
{
    private static readonly (string Sign, string Key)[] Delimiters = [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe")];
    private static readonly (string Comma, string Sample)[] Samples = [("False", "1,234.56"), ("True", "1.234,56")];
    private static readonly DateOnly Day = new(2026, 11, 20);
    private string? _rateError;

    /// <summary>The dictionary.</summary>
    [Parameter, EditorRequired] public ScorecardDefinition Definition { get; set; } = null!;

    /// <summary>Columns of the file.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<FileColumn> Columns { get; set; } = [];

    /// <summary>The mapping.</summary>
    [Parameter, EditorRequired] public StatementMapping Mapping { get; set; } = null!;

    /// <summary>Whether it was kept from an earlier file.</summary>
    [Parameter] public bool IsKept { get; set; }

    /// <summary>What is asked beside the file.</summary>
    [Parameter, EditorRequired] public StatementFacts Facts { get; set; } = null!;

    /// <summary>The bank's categories with their rows.</summary>
    [Parameter] public IReadOnlyList<(string Category, int Rows)> Categories { get; set; } = [];

    /// <summary>Raised with the changed mapping.</summary>
    [Parameter] public EventCallback<StatementMapping> OnMapping { get; set; }

    /// <summary>Raised with the changed facts.</summary>
    [Parameter] public EventCallback<StatementFacts> OnFacts { get; set; }

    private Task SendAsync(StatementMapping mapping) => OnMapping.InvokeAsync(mapping);

    private Task RateAsync(ChangeEventArgs change)
    {
        _rateError = null;
        if (Typed.TryDecimal(Text(change), out var rate) && rate > 0) return SendAsync(Mapping with { Rate = (double)rate });
        _rateError = Texts.T("problem.statement.mapping.rate");
        return Task.CompletedTask;
    }

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Example(string form) => Day.ToString(form, CultureInfo.InvariantCulture);

    private static DateOnly? DayOf(ChangeEventArgs change) =>
        DateOnly.TryParseExact(Text(change), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private RenderFragment ColumnField(string id, string key, string chosen, Func<string, StatementMapping> with, bool optional) => builder =>
    {
        builder.OpenComponent<Field>(0);
        builder.AddComponentParameter(1, nameof(Field.Id), id);
        builder.AddComponentParameter(2, nameof(Field.Label), Texts.T("statement.column." + key));
        builder.AddComponentParameter(3, nameof(Field.Optional), optional);
        builder.AddComponentParameter(4, nameof(Field.ChildContent), (RenderFragment<FieldContext>)(field => inner =>
        {
            inner.OpenElement(0, "select");
            inner.AddAttribute(1, "id", field.Id);
            inner.AddAttribute(2, "value", chosen);
            inner.AddAttribute(3, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, change => SendAsync(with(Text(change)))));
            Option(inner, "", Texts.T(optional ? "statement.none" : "entry.choose"), "");
            foreach (var column in Columns) Option(inner, column.Name, column.Name, column.Name);
            inner.CloseElement();
        }));
        builder.CloseComponent();
    };

    private static void Option(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder, string value, string label, string key)
    {
        builder.OpenElement(10, "option");
        builder.SetKey(key);
        builder.AddAttribute(11, "value", value);
        builder.AddContent(12, label);
        builder.CloseElement();
    }

    private RenderFragment WordsField(string id, string key, IReadOnlyList<string> words, Func<IReadOnlyList<string>, StatementMapping> with) => builder =>
    {
        builder.OpenComponent<Field>(0);
        builder.AddComponentParameter(1, nameof(Field.Id), id);
        builder.AddComponentParameter(2, nameof(Field.Label), Texts.T("statement." + key));
        builder.AddComponentParameter(3, nameof(Field.Hint), Texts.T("statement.wordsHint"));
        builder.AddComponentParameter(4, nameof(Field.Optional), true);
        builder.AddComponentParameter(5, nameof(Field.ChildContent), (RenderFragment<FieldContext>)(field => inner =>
        {
            inner.OpenElement(0, "input");
            inner.AddAttribute(1, "id", field.Id);
            inner.AddAttribute(2, "aria-describedby", field.DescribedBy);
            inner.AddAttribute(3, "value", string.Join(", ", words));
            inner.AddAttribute(4, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(
                this, change => SendAsync(with(Text(change).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))));
            inner.CloseElement();
        }));
        builder.CloseComponent();
    };
}
