namespace CreditWorkbench.Web.Components.Charts;

/// <summary>What a score gauge shows.</summary>
/// <param name="Minimum">Lowest score of the scale.</param>
/// <param name="Maximum">Highest score of the scale.</param>
/// <param name="Issued">The issued score.</param>
/// <param name="Bands">Bands, best first; together the whole scale.</param>
/// <param name="Caption">Under the number: grade and recommendation.</param>
/// <param name="Low">Lower end of the range of model uncertainty; null without one.</param>
/// <param name="High">Upper end of that range; null without one.</param>
/// <param name="ApproveFrom">Cut-off for approval; null without one.</param>
public sealed record GaugeFigure(
    int Minimum, int Maximum, int Issued, IReadOnlyList<ScoreBand> Bands, string Caption, int? Low, int? High, int? ApproveFrom);
