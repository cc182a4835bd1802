using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>Puts the conditions of one group of rows together.</summary>
public sealed partial class CohortEditor
{
    private const int Most = 3;
    private string _subject = CohortText.Score;
    private CohortTest _test = CohortTest.Below;
    private string _value = "";
    private string? _error;

    /// <summary>Id of the group of fields.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>Name of the group.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>What the group is without a condition.</summary>
    [Parameter, EditorRequired] public string Empty { get; set; } = "";

    /// <summary>The study.</summary>
    [Parameter, EditorRequired] public ExplanationStudy Study { get; set; } = null!;

    /// <summary>Its words.</summary>
    [Parameter, EditorRequired] public StudyWords Terms { get; set; } = null!;

    /// <summary>The conditions.</summary>
    [Parameter, EditorRequired] public CohortFilter Filter { get; set; } = null!;

    /// <summary>Raised with the conditions after a change.</summary>
    [Parameter] public EventCallback<CohortFilter> OnChange { get; set; }

    private int Feature => Study.Columns.ToList().FindIndex(column => column.Name == _subject);

    private IReadOnlyList<CohortTest> Tests => _subject == CohortText.Outcome || (Feature >= 0 && Study.Columns[Feature].IsCategory)
        ? _subject == CohortText.Outcome ? [CohortTest.Is] : [CohortTest.Is, CohortTest.Missing]
        : _subject == CohortText.Score ? [CohortTest.AtLeast, CohortTest.Below] : [CohortTest.AtLeast, CohortTest.Below, CohortTest.Is, CohortTest.Missing];

    private IReadOnlyList<(string Value, string Text)>? Choices => _subject == CohortText.Outcome
        ? [("1", Texts.T("explain.bad")), ("0", Texts.T("explain.good"))]
        : Feature >= 0 && Study.Columns[Feature].IsCategory
            ? [.. Enumerable.Range(0, Study.Columns[Feature].Categories.Count).Select(i => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), Terms.Value(Feature, i)))]
            : null;

    private void Subject(string? subject)
    {
        (_subject, _error) = (subject ?? CohortText.Score, null);
        if (!Tests.Contains(_test)) _test = Tests[0];
        _value = Choices is { Count: > 0 } choices ? choices[0].Value : "";
    }

    private Task RemoveAsync(int at) => OnChange.InvokeAsync(new CohortFilter([.. Filter.Conditions.Where((_, i) => i != at)]));

    private async Task AddAsync()
    {
        var value = 0.0;
        if (_test != CohortTest.Missing)
        {
            if (!Typed.TryDecimal(_value, out var typed))
            {
                _error = Texts.T("explain.noNumber");
                return;
            }

            value = (double)typed;
        }

        _error = null;
        var (subject, feature) = _subject switch
        {
            CohortText.Score => (CohortSubject.Score, 0),
            CohortText.Outcome => (CohortSubject.Outcome, 0),
            _ => (CohortSubject.Feature, Feature),
        };
        if (subject == CohortSubject.Feature && Choices is null) value = Terms.Plain(feature, value);
        _value = Choices is { Count: > 0 } choices ? choices[0].Value : "";
        await OnChange.InvokeAsync(new CohortFilter([.. Filter.Conditions, new CohortCondition(subject, feature, _test, value)]));
    }
}
