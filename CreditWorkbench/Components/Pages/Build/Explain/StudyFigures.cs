using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>Turns aggregates of a study into figures and their tables.</summary>
public static class StudyFigures
{
    /// <summary>Single curves that are drawn.</summary>
    public const int IceShown = 60;

    // Beyond these shares of the rows values stand at the edge: one outlier does not squeeze all others into a line.
    private const double Edge = 0.005;

    /// <summary>Swarms of features.</summary>
    public static SwarmFigure Swarm(Beeswarm swarm, StudyWords terms) => new(
        Texts.T("explain.pointsAxis"), swarm.Low, swarm.High,
        [.. swarm.Features.Select(feature => new SwarmRow(terms.Label(feature.Feature), [.. feature.Marks.Select(mark => new SwarmDot(mark.Contribution, mark.Lane, Shades.Of(mark.Place)))]))]);

    /// <summary>The table behind the swarms.</summary>
    public static ChartTwin SwarmTwin(ExplanationStudy study, StudyWords terms, string origin) => new(
        [Texts.T("explanation.factor"), Texts.T("explain.lowest"), Texts.T("explain.middle"), Texts.T("explain.highest"), Texts.T("explain.lowering"), Texts.T("explain.raising")],
        [.. study.Swarm.Features.Select(feature =>
        {
            var column = study.Points.Column(feature.Feature);
            var (down, up) = (0, 0);
            foreach (var points in column)
            {
                if (points <= -0.05f) down++;
                if (points >= 0.05f) up++;
            }

            return (IReadOnlyList<string>)[terms.Label(feature.Feature), Formats.Signed(feature.Lowest), Formats.Signed(feature.Median), Formats.Signed(feature.Highest), Formats.Percent((double)down / column.Length), Formats.Percent((double)up / column.Length)];
        })], origin);

    /// <summary>Dots and means of a dependence.</summary>
    /// <param name="dependence">What is drawn.</param>
    /// <param name="terms">Words.</param>
    /// <param name="outside">Dots whose value lies beyond an end of the axis.</param>
    public static CurveFigure Dependence(Dependence dependence, StudyWords terms, out int outside)
    {
        var feature = dependence.Feature;
        var groups = dependence.Groups.Where(group => !float.IsNaN(group.From)).ToList();
        if (terms.Columns[feature].IsCategory)
        {
            outside = 0;
            return OfCategories(dependence, terms, groups);
        }

        double Shown(float value) => terms.Shown(feature, value);
        var values = dependence.Marks.Select(mark => Shown(mark.Value)).Order().ToArray();
        var range = values.Length == 0 ? (0, 1) : (values[(int)(Edge * (values.Length - 1))], values[(int)Math.Ceiling((1 - Edge) * (values.Length - 1))]);
        outside = values.Count(value => value < range.Item1 || value > range.Item2);
        return new CurveFigure(terms.Axis(feature), Texts.T("explain.pointsAxis"), [])
        {
            Range = range,
            Dots = [.. dependence.Marks.Select(mark => (Shown(mark.Value), (double)mark.Contribution, Shades.Of(mark.Place)))],
            Means = [.. groups.Select(group => new RangeMean((Shown(group.From) + Shown(group.To)) / 2, group.Mean.Value, group.Mean.Low, group.Mean.High))
                .Where(mean => mean.X >= range.Item1 && mean.X <= range.Item2)],
        };
    }

    /// <summary>The table behind a dependence.</summary>
    public static ChartTwin DependenceTwin(Dependence dependence, StudyWords terms, string origin) => new(
        [Texts.T("explain.valueFrom", terms.Label(dependence.Feature)), Texts.T("explain.valueTo"), Texts.T("explain.count"), Texts.T("explain.meanSigned"), Texts.T("explain.low"), Texts.T("explain.high")],
        [.. dependence.Groups.Select(group => (IReadOnlyList<string>)[
            terms.Value(dependence.Feature, group.From), float.IsNaN(group.From) ? "" : terms.Value(dependence.Feature, group.To), Formats.Integer(group.Rows),
            Formats.Signed(group.Mean.Value, 2), Formats.Signed(group.Mean.Low, 2), Formats.Signed(group.Mean.High, 2)])], origin);

    /// <summary>Curves of one way to see an effect: ale, pdp, ice or centred.</summary>
    public static CurveFigure Effects(FeatureEffects effects, int feature, string view, StudyWords terms)
    {
        var grid = effects.Curves.Grid;
        double Shown(float value) => terms.Shown(feature, value);
        float[] regular = [.. grid.Values.Take(grid.Regular)];
        double[] x = grid.IsCategory ? [.. Enumerable.Range(0, regular.Length).Select(i => (double)i)] : [.. (view == "ale" ? effects.Local.Select(point => point.Value) : regular).Select(Shown)];
        return new CurveFigure(terms.Axis(feature), Texts.T(view is "pdp" or "ice" ? "explain.scoreAxis" : "explain.changeAxis"), x)
        {
            Names = grid.IsCategory ? [.. regular.Select(value => terms.Value(feature, value))] : [],
            Range = x.Length == 0 ? (0, 1) : RangeOf(x),
            Curves = [.. CurvesOf(effects, view)],
        };
    }

    /// <summary>The table behind the effects: all of them beside each other.</summary>
    public static ChartTwin EffectsTwin(FeatureEffects effects, int feature, StudyWords terms, string origin)
    {
        var local = effects.Local.ToDictionary(point => point.Value, point => point.Effect);
        var partial = effects.Partial.ToDictionary(point => BitConverter.SingleToInt32Bits(point.Value), point => point.Effect);
        var values = effects.Partial.Select(point => point.Value).Where(value => !float.IsNaN(value)).Union(local.Keys).Order().Concat(effects.Partial.Where(point => float.IsNaN(point.Value)).Select(point => point.Value));
        return new ChartTwin(
            [Texts.T("explain.valueOf", terms.Label(feature)), Texts.T("explain.key.pdp"), Texts.T("explain.key.ale")],
            [.. values.Select(value => (IReadOnlyList<string>)[
                terms.Value(feature, value),
                partial.TryGetValue(BitConverter.SingleToInt32Bits(value), out var mean) ? Formats.Number(mean, 2) : Formats.Unknown,
                !float.IsNaN(value) && local.TryGetValue(value, out var effect) ? Formats.Signed(effect, 2) : Formats.Unknown])], origin);
    }

    private static (double, double) RangeOf(double[] x)
    {
        // The grid stands at even shares of the rows: its second and last but one values leave the outermost twenty-fourth at the edges.
        var wide = x[^1] - x[0];
        var inner = x.Length > 6 ? x[^2] - x[1] : wide;
        return wide > 4 * inner ? (x[1], x[^2]) : (x[0], x[^1]);
    }

    private static CurveFigure OfCategories(Dependence dependence, StudyWords terms, List<DependenceGroup> groups)
    {
        var place = groups.Select((group, i) => (group.From, i)).ToDictionary(pair => pair.From, pair => pair.i);
        return new CurveFigure(terms.Axis(dependence.Feature), Texts.T("explain.pointsAxis"), [])
        {
            Range = (0, 1),
            Names = [.. groups.Select(group => terms.Value(dependence.Feature, group.From))],

            // Rows of a category stand side by side, so that they do not hide each other.
            Dots = [.. dependence.Marks.Where(mark => place.ContainsKey(mark.Value)).Select(mark => (place[mark.Value] + ((mark.Row * 2654435761L % 1000 / 1000.0) - 0.5) * 0.5, (double)mark.Contribution, Shades.Of(mark.Place)))],
            Means = [.. groups.Select((group, i) => new RangeMean(i, group.Mean.Value, group.Mean.Low, group.Mean.High))],
        };
    }

    private static IEnumerable<Curve> CurvesOf(FeatureEffects effects, string view)
    {
        var (curves, regular) = (effects.Curves, effects.Curves.Grid.Regular);
        double[] partial = [.. effects.Partial.Take(regular).Select(point => point.Effect)];
        if (view == "ale")
        {
            yield return new Curve(CurveKind.Second, null, [.. effects.Local.Select(point => (double?)(At(curves, partial, point.Value) - partial.Average()))]);
            yield return new Curve(CurveKind.Main, null, [.. effects.Local.Select(point => (double?)point.Effect)]);
            yield break;
        }

        if (view is "ice" or "centred")
        {
            foreach (var row in RowSample.Evenly(curves.Rows, IceShown))
                yield return new Curve(CurveKind.Thin, null, [.. Enumerable.Range(0, regular).Select(step => (double?)(view == "ice" ? curves.At(row, step) : curves.Centred(row, step)))]);
        }

        yield return new Curve(CurveKind.Main, null, [.. partial.Select(value => (double?)(view == "centred" ? value - partial[0] : value))]);
    }

    // The mean curve at a value between two steps of its grid.
    private static double At(IceCurves curves, double[] partial, float value)
    {
        var next = 0;
        while (next < partial.Length - 1 && curves.Grid.Values[next] < value) next++;
        if (next == 0) return partial[0];
        var (low, high) = (curves.Grid.Values[next - 1], curves.Grid.Values[next]);
        var share = Math.Clamp((value - low) / (double)(high - low), 0, 1);
        return partial[next - 1] + share * (partial[next] - partial[next - 1]);
    }
}
