namespace CreditWorkbench.Web.Hosting;

/// <summary>Settings of the web host, section <c>Workbench</c>.</summary>
public sealed class WorkbenchOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Workbench";

    /// <summary>Demo data, demo users, sign-in by role without a password. Never in production.</summary>
    public bool Demo { get; set; }

    /// <summary>Where store, models, keys and uploads live.</summary>
    public string DataDirectory { get; set; } = "App_Data";

    /// <summary>The organisation's time zone: clocks, day buckets, letters.</summary>
    public string TimeZone { get; set; } = "Asia/Jakarta";
}
