using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>The rows of one source, explained by one model against one baseline, with the aggregates that every reader wants first.</summary>
public sealed class ExplanationStudy
{
    /// <summary>Rows shown in a swarm or importance chart: the most important features.</summary>
    public const int Shown = 15;

    internal ExplanationStudy(Release release, StudySource source, AttributionMethod method, StudyRows rows, ContributionTable points, double basePoints, int[] issued, string engine)
    {
        (Release, Source, Method, Rows, Points, BasePoints, Issued, Engine) = (release, source, method, rows, points, basePoints, issued, engine);
        Answers = new StudyAnswers(this);
        ByScore = [.. Enumerable.Range(0, rows.Count)];
        Array.Sort([.. issued], ByScore);
    }

    /// <summary>The model.</summary>
    public Release Release { get; }

    /// <summary>Where the rows come from.</summary>
    public StudySource Source { get; }

    /// <summary>How absent features were imagined.</summary>
    public AttributionMethod Method { get; }

    /// <summary>The rows.</summary>
    public StudyRows Rows { get; }

    /// <summary>Contributions in points; positive raises the score.</summary>
    public ContributionTable Points { get; }

    /// <summary>Points of the baseline.</summary>
    public double BasePoints { get; }

    /// <summary>Issued score per row.</summary>
    public int[] Issued { get; }

    /// <summary>Rows by rising score.</summary>
    public int[] ByScore { get; }

    /// <summary>Which path explained the rows.</summary>
    public string Engine { get; }

    /// <summary>Mean |points| per feature with intervals, most important first.</summary>
    public IReadOnlyList<ShapImportance> Importance { get; internal init; } = [];

    /// <summary>Spread of the points of the most important features.</summary>
    public Beeswarm Swarm { get; internal init; } = null!;

    /// <summary>Everything that is worked out when it is asked for.</summary>
    public StudyAnswers Answers { get; }

    /// <summary>The model's columns.</summary>
    public IReadOnlyList<FeatureColumn> Columns => Release.Program.Columns;

    /// <summary>Feature vector of a row.</summary>
    public float[] Vector(int row)
    {
        var vector = new float[Columns.Count];
        Rows.Features.CopyRow(row, vector);
        return vector;
    }
}
