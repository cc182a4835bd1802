using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>Names, values and units of a model's columns in the reader's language.</summary>
public sealed class StudyWords
{
    private readonly FeatureDefinition[] _features;
    private readonly ValueDisplay _display;

    /// <summary>Looks the columns up.</summary>
    public StudyWords(ScorecardDefinition definition, IReadOnlyList<FeatureColumn> columns)
    {
        (Definition, Columns) = (definition, columns);
        _features = [.. columns.Select(column => definition.Feature(column.Name)!)];
        _display = new ValueDisplay(definition);
    }

    /// <summary>The dictionary.</summary>
    public ScorecardDefinition Definition { get; }

    /// <summary>The model's columns.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Label of a column.</summary>
    public string Label(int feature) => Words.Of(_features[feature].Label);

    /// <summary>Family of a column; its own name where it has none.</summary>
    public string Family(int feature) => _features[feature].Group is { } group && Definition.Groups.FirstOrDefault(each => each.Name == group) is { } known ? Words.Of(known.Label) : Label(feature);

    /// <summary>Name of the family of a column in the dictionary; its own name where it has none.</summary>
    public string FamilyKey(int feature) => _features[feature].Group ?? _features[feature].Name;

    /// <summary>A value with its unit, the meaning of its code, or "not known".</summary>
    public string Value(int feature, float value) => Words.Of(_display.Of(_features[feature], float.IsNaN(value) ? CodedNaN.OfDouble(CodedNaN.CodeOf(value)) : value));

    /// <summary>A number as it is shown on an axis, without its unit.</summary>
    public double Shown(int feature, double value) => value * _features[feature].Scale;

    /// <summary>The value behind a number that a reader typed as it is shown.</summary>
    public double Plain(int feature, double shown) => shown / _features[feature].Scale;

    /// <summary>Label with unit, for axes.</summary>
    public string Axis(int feature)
    {
        var unit = _features[feature].Unit ?? (_features[feature].From is { } from ? Definition.Input(from)?.Unit : null);
        return unit is null or "ratio" or "count" ? Label(feature) : Texts.T("explain.axis", Label(feature), unit == "percent" ? "%" : unit == "IDR" ? "Rp" : Texts.TOr("unit." + unit, unit));
    }

    /// <summary>What the rows of a study are, in a few words.</summary>
    public static string SourceName(StudySource source, int backgroundRows) => source.File is { } file ? file.Name : Texts.T("explain.background", Formats.Integer(backgroundRows));

    /// <summary>Where figures come from: last line of exported tables.</summary>
    public static string Origin(ExplanationStudy study) => Texts.T(
        "explain.origin", study.Release.Model.Reference, SourceName(study.Source, study.Release.Package.ExplanationBackground.Rows), Formats.Integer(study.Rows.Count),
        Words.Of(study.Method), Formats.Short(study.Source.File?.Hash.Hex ?? study.Release.Model.ReleaseHash.Hex));
}
