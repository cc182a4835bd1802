using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Settings of letters, section <c>Workbench:Lender</c>.</summary>
public sealed class LenderSettings
{
    private const string Section = "Workbench:Lender";
    private const int MostDays = 365;

    /// <summary>Name of the lender.</summary>
    public string Name { get; set; } = "Demo Lender";

    /// <summary>Address lines, parted by <c>|</c>.</summary>
    public string Address { get; set; } = "Jalan Contoh 1, Jakarta";

    /// <summary>Where objections go.</summary>
    public string Contact { get; set; } = "credit@example.com";

    /// <summary>Days in which an applicant may object.</summary>
    public int ObjectionDays { get; set; } = 60;

    /// <summary>The lender as letters name it.</summary>
    /// <exception cref="StartRefusedException">Days outside 1 to 365.</exception>
    public static LenderProfile ProfileOf(IServiceProvider services)
    {
        var settings = services.GetRequiredService<IConfiguration>().GetSection(Section).Get<LenderSettings>() ?? new LenderSettings();
        if (settings.ObjectionDays is < 1 or > MostDays)
            throw new StartRefusedException([new Problem("setting.invalid", $"The days for an objection are {settings.ObjectionDays}.") { Field = Section + ":ObjectionDays", Remedy = "Give 1 to 365." }]);
        var lines = settings.Address.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new LenderProfile(settings.Name, lines, settings.Contact, settings.ObjectionDays, services.GetRequiredService<OrganisationClock>().Zone);
    }
}
