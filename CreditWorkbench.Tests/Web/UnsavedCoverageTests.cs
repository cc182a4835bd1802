using System.Text.RegularExpressions;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Every component that takes something typed either asks before it is left or says here why nothing can be lost.</summary>
public sealed partial class UnsavedCoverageTests
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal)
    {
        ["DataEntryField"] = "a field of the intake form, which keeps each value as it is left",
        ["DataStep"] = "keeps each value as it is left",
        ["MappingCard"] = "sends each change to the statement page, which asks",
        ["ColumnsCard"] = "sends each change to the import page, which asks",
        ["DesignFamilies"] = "part of the design of a run, whose page asks",
        ["RoleChoice"] = "part of the user pages, which ask",
        ["CodeEditor"] = "tells its text to the editor's page, which asks",
        ["SecondFactorCard"] = "rendered by the server alone; its forms are marked for the browser's guard",
        ["AccountPage"] = "rendered by the server alone; its forms are marked for the browser's guard",
        ["SignInPage"] = "nothing is kept for somebody who is not signed in",
        ["FirstAdminPage"] = "nothing is kept for somebody who is not signed in",
        ["InvitationPage"] = "nothing is kept for somebody who is not signed in",
        ["BinningPage"] = "each edit is kept at once and can be undone",
        ["CutOffTab"] = "a trial, nothing is kept of it",
        ["WhatIfCard"] = "a trial; a scenario is kept under a name by its own button",
        ["LeverField"] = "part of a trial",
        ["SavedViews"] = "a name of one word beside its button",
        ["RegisterPanel"] = "a name that is given beforehand, beside its button",
        ["FindingsTab"] = "a choice of rows",
        ["ApplicantPage"] = "a reason of one line, for a look that ends with the page",
        ["DataTab"] = "a reason of one line, for a look that ends with the page",
        ["StagingPage"] = "two choices beside their button",
        ["RowPicker"] = "a search",
        ["CohortEditor"] = "the address keeps the conditions",
        ["ComparePage"] = "a search",
        ["RunBoard"] = "ticks of runs to compare",
        ["AuditPage"] = "a search",
        ["HelpPage"] = "a search",
    };

    [Fact]
    public void Forms_ThatAreNotKeptByThemselves_AskBeforeTheyAreLeft()
    {
        var unguarded = Forms().Where(form => !Asks(form.Value) && !Nothing.ContainsKey(form.Key)).Select(form => form.Key).ToList();

        Assert.True(unguarded.Count == 0, $"Leaving loses what is typed: {string.Join(", ", unguarded)}.");
    }

    [Fact]
    public void Exceptions_AreFormsWithoutAGuard()
    {
        var forms = Forms();

        Assert.All(Nothing.Keys, name => Assert.True(forms.TryGetValue(name, out var text) && !Asks(text), $"{name} needs no exception."));
    }

    [Fact]
    public void Guard_OnTheMarkupOfAForm_IsSeen()
    {
        Assert.False(Asks("<form @onsubmit=\"SaveAsync\">"));
        Assert.True(Asks("<UnsavedGuard When=\"() => _typed\" />"));
        Assert.Matches(Takes(), "<textarea rows=\"3\">");
    }

    private static bool Asks(string markup) => markup.Contains("<UnsavedGuard", StringComparison.Ordinal);

    private static Dictionary<string, string> Forms() =>
        HelpCoverageTests.InRooms().Select(file => (Path.GetFileNameWithoutExtension(file), Text: File.ReadAllText(file)))
            .Where(file => Takes().IsMatch(file.Text))
            .GroupBy(file => file.Item1, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Concat(group.Select(file => file.Text)), StringComparer.Ordinal);

    [GeneratedRegex("<textarea|<input(?! type=\"hidden\")|<form[ >]|<CodeEditor")]
    private static partial Regex Takes();
}
