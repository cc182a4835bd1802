namespace CreditWorkbench.Web.Components.Pages.Build.Data;

/// <summary>Addresses of the pages of one data set.</summary>
public static class DataAddress
{
    /// <summary>The quality report.</summary>
    public static string Of(Guid id) => $"/data/{id}";

    /// <summary>The binning editor on a column.</summary>
    public static string Binning(Guid id, string? column = null) => column is null ? $"/data/{id}/binning" : $"/data/{id}/binning?column={Uri.EscapeDataString(column)}";

    /// <summary>The designer of a training run over these rows.</summary>
    public static string Training(Guid id) => $"/lab/new?data=dataset:{id}";
}
