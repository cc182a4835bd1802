namespace CreditWorkbench.Web.Components.Pages.Build.Scorecards;

/// <summary>Addresses of the pages of one scorecard.</summary>
public static class CardAddress
{
    /// <summary>The document.</summary>
    public static string Of(string id) => $"/scorecards/{Uri.EscapeDataString(id)}";

    /// <summary>One tab of it.</summary>
    public static string Tab(string id, string tab) => $"{Of(id)}?tab={tab}";

    /// <summary>The editor.</summary>
    public static string Edit(string id) => $"{Of(id)}/edit";
}
