namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks what a definition means, beyond its form. Every fault and warning goes to the log; nothing stops early.</summary>
internal static class ScorecardChecker
{
    /// <summary>Runs all checks.</summary>
    public static void Check(ScorecardDefinition definition, ReadingLog log)
    {
        var scopes = new ScorecardScopes(definition, log);
        new InputChecks(definition, log).Run();
        new FeatureChecks(definition, log, scopes).Run();
        new SensitiveChecks(definition, log).Run();
        new ReasonChecks(definition, log).Run();
        new ActionChecks(definition, log, scopes).Run();
        new TargetChecks(definition, log, scopes).Run();
        new PolicyChecks(definition, log, scopes).Run();
        new TrainingChecks(definition, log).Run();
        new StatementChecks(definition, log).Run();
        new StagingChecks(definition, log).Run();
        new SyntheticChecks(definition, log).Run();
    }
}
