namespace CreditWorkbench.Web.Components.Charts;

/// <summary>One step of a roadmap on the chart.</summary>
/// <param name="Month">Months from today until it shows.</param>
/// <param name="ScoreAfter">Issued score from then on.</param>
public sealed record RoadmapPoint(int Month, int ScoreAfter);

/// <summary>What a roadmap chart shows.</summary>
/// <param name="ScoreNow">Issued score today.</param>
/// <param name="Steps">Steps in time.</param>
/// <param name="Bands">Bands of the scale, best first.</param>
/// <param name="Target">Score that is sought.</param>
/// <param name="ApproveFrom">Cut-off for approval; null without one.</param>
public sealed record RoadmapFigure(int ScoreNow, IReadOnlyList<RoadmapPoint> Steps, IReadOnlyList<ScoreBand> Bands, int Target, int? ApproveFrom);
