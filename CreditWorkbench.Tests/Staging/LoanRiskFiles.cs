using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Tests.Scorecards;

namespace CreditWorkbench.Tests.Staging;

/// <summary>Deliveries of the seed loan-risk: one application on 2024-06-30 by hand, or any number of generated ones.</summary>
internal static class LoanRiskFiles
{
    public static readonly ScorecardDefinition Definition = ScorecardFiles.Read(ScorecardFiles.Seed("loan-risk.yaml"));

    public static readonly DateOnly LoadDay = new(2025, 1, 1);

    public const string Customers = "customer_id,birth_date,region,employment,monthly_income,since_date\n";
    public const string Accounts = "account_id,customer_id,opened,credit_limit,balance,monthly_payment,days_past_due,status\n";
    public const string Bookings = "txn_id,customer_id,ts,amount,category,channel\n";
    public const string Applications = "application_id,customer_id,applied,amount,term_months,purpose,defaulted\n";

    public const string OneCustomer = Customers + "7,1980-01-01,north,employed,2000,2020-01-01\n";
    public const string OneApplication = Applications + "1,7,2024-06-30,12000,12,car,0\n";

    /// <summary>Writes a delivery; what is not given is one customer with one application and nothing else.</summary>
    public static string Write(string folder, string? customers = null, string? accounts = null, string? bookings = null, string? applications = null)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "customers.csv"), customers ?? OneCustomer);
        File.WriteAllText(Path.Combine(folder, "credit_history.csv"), accounts ?? Accounts);
        File.WriteAllText(Path.Combine(folder, "transactions.csv"), bookings ?? Bookings);
        File.WriteAllText(Path.Combine(folder, "loan_applications.csv"), applications ?? OneApplication);
        return folder;
    }

    /// <summary>Writes a generated delivery.</summary>
    public static string Generate(string folder, int customers, int seed, bool withFaults = false)
    {
        SyntheticTables.Write(TableGenerator.Create(Definition).Value, customers, new SyntheticSwitches(seed), folder, withFaults, null, CancellationToken.None);
        return folder;
    }

    /// <summary>Runs the line over a folder.</summary>
    public static Task<Outcome<StagingResult>> RunAsync(string folder, List<StagingFinding>? findings = null, int threads = 2, ScorecardDefinition? definition = null) =>
        StagingLine.RunAsync(definition ?? Definition, new StagingRequest(folder, LoadDay) { Threads = threads }, findings is null ? null : findings.Add, null, CancellationToken.None);

    /// <summary>The features of a delivery of one application.</summary>
    public static async Task<Func<string, double>> OneAsync(string folder, ScorecardDefinition? definition = null)
    {
        var features = (await RunAsync(folder, definition: definition)).Value.Features;
        return name => features.Column(name)!.Values[0];
    }
}
