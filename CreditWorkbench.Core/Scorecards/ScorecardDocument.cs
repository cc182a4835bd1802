namespace CreditWorkbench.Core.Scorecards;

/// <summary>A dictionary as a document that a credit person reads: everything that it says, in sentences and tables of one language.</summary>
/// <param name="Id">Scorecard.</param>
/// <param name="Version">Version as written.</param>
/// <param name="Language">Two-letter code of the texts.</param>
/// <param name="Title">Title of the scorecard.</param>
/// <param name="Sections">Sections in reading order; a section without content is left out.</param>
public sealed record ScorecardDocument(string Id, string Version, string Language, string Title, IReadOnlyList<DocumentSection> Sections)
{
    /// <summary>Writes the document of a dictionary.</summary>
    /// <param name="definition">A checked dictionary.</param>
    /// <param name="language">Two letters or a culture name; texts that the dictionary has not in it come in its first language.</param>
    /// <returns>Sections purpose, people, consent, inputs, tables, features, actions, grades, policy, costs, training and truth, as far as
    /// the dictionary has them.</returns>
    public static ScorecardDocument Of(ScorecardDefinition definition, string language)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentException.ThrowIfNullOrEmpty(language);
        var words = new DocumentWords(definition, language);
        var (facts, rules, truth) = (new DocumentFactSections(definition, words), new DocumentRuleSections(definition, words), new DocumentTruthSections(definition, words));
        DocumentSection?[] sections =
        [
            facts.Purpose(), facts.People(), facts.Consent(), facts.Inputs(), facts.Tables(), facts.Features(),
            rules.Actions(), rules.Grades(), rules.Policy(), rules.Costs(), rules.Training(), truth.Truth(),
        ];
        return new ScorecardDocument(definition.Id, definition.Version, words.Language, definition.Title.In(language), [.. sections.OfType<DocumentSection>()]);
    }

    /// <summary>The section with a key; null where the dictionary has nothing of that kind.</summary>
    public DocumentSection? Section(string key) => Sections.FirstOrDefault(section => section.Key == key);
}

/// <summary>One section.</summary>
/// <param name="Key">Stable name: purpose, people, consent, inputs, tables, features, actions, grades, policy, costs, training, truth.</param>
/// <param name="Title">Heading.</param>
/// <param name="Blocks">Content in order.</param>
public sealed record DocumentSection(string Key, string Title, IReadOnlyList<DocumentBlock> Blocks);

/// <summary>A piece of content. Texts are plain: whoever shows them escapes them.</summary>
public abstract record DocumentBlock;

/// <summary>A paragraph.</summary>
/// <param name="Text">Plain text.</param>
public sealed record DocumentParagraph(string Text) : DocumentBlock;

/// <summary>Named facts, one to a line.</summary>
/// <param name="Facts">Name and value.</param>
public sealed record DocumentFacts(IReadOnlyList<DocumentFact> Facts) : DocumentBlock;

/// <summary>A named fact.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Plain text.</param>
public sealed record DocumentFact(string Name, string Value);

/// <summary>A table.</summary>
/// <param name="Caption">What the rows are.</param>
/// <param name="Columns">Headings, at least one.</param>
/// <param name="Rows">Cells, each row as long as <paramref name="Columns"/>; an empty text where there is nothing to say.</param>
public sealed record DocumentTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : DocumentBlock;
