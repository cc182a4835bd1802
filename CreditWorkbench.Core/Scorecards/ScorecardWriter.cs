namespace CreditWorkbench.Core.Scorecards;

/// <summary>Writes a definition as a file of format 1 that reads back to an equal definition (line numbers aside).</summary>
public static class ScorecardWriter
{
    /// <summary>The YAML text.</summary>
    public static string Write(ScorecardDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return DictionaryPrinter.Print(DictionaryBuilder.Of(root =>
        {
            Head(definition, root);
            new FactWriter(definition).Write(root);
            RuleWriter.Write(definition, root);
            StagingWriter.Write(definition, root);
            StatementWriter.Write(definition.Statement, root);
            SyntheticWriter.Write(definition, root);
        }));
    }

    private static void Head(ScorecardDefinition definition, DictionaryBuilder root)
    {
        var languages = definition.Languages;
        root.Text("format", "1").Text("id", definition.Id).Text("version", definition.Version).Texts("languages", languages)
            .Localized("title", definition.Title, languages).Localized("summary", definition.Summary, languages)
            .Text("subject", definition.SubjectIsCompany ? "company" : "person").Text("currency", definition.Currency);
        var keys = DictionaryBuilder.Of(inner => inner.Text("id", definition.Keys.Id).Text("time", definition.Keys.Time).Text("applicant", definition.Keys.Applicant));
        if (keys.Entries.Count > 0) root.Add("keys", keys);
        root.Number("score_valid_days", definition.ScoreValidDays, 90);
        var read = DictionaryBuilder.Of(inner =>
            inner.Texts("missing", definition.Read.MissingTokens).Map("rename", definition.Read.RenamedColumns).Texts("strip", definition.Read.StrippedSymbols)
                .Flag("decimal_comma", definition.Read.DecimalComma));
        if (read.Entries.Count > 0) root.Add("read", read);
    }
}
