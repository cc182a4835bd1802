using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>One candidate: what it is worth, where to cut, whom it treats how, and what stands in its way. The tab and what one plays with stand in the
/// address.</summary>
public sealed partial class CandidatePage
{
    private static readonly string[] Tabs = ["overview", "evaluation", "cutoffs", "fairness", "findings"];
    private static readonly string[] Formats_ = ["html", "pdf", "json", "csv"];
    private LabView? _view;
    private LabStudy? _study;
    private CandidateRecord? _record;
    private IReadOnlyList<Problem> _problems = [];
    private string? _read;

    /// <summary>The run.</summary>
    [Parameter] public Guid Id { get; set; }

    /// <summary>The candidate.</summary>
    [Parameter] public string Family { get; set; } = "";

    [SupplyParameterFromQuery] private string? Tab { get; set; }

    [SupplyParameterFromQuery] private string? Part { get; set; }

    [SupplyParameterFromQuery(Name = "t")] private string? T_ { get; set; }

    [SupplyParameterFromQuery] private string? Costs { get; set; }

    [SupplyParameterFromQuery] private string? Fn { get; set; }

    [SupplyParameterFromQuery] private string? Fp { get; set; }

    [SupplyParameterFromQuery] private string? Lgd { get; set; }

    [SupplyParameterFromQuery] private string? Ead { get; set; }

    [SupplyParameterFromQuery] private string? Margin { get; set; }

    [SupplyParameterFromQuery] private string? Capacity { get; set; }

    [SupplyParameterFromQuery] private string? Refer { get; set; }

    private string Current => Tabs.Contains(Tab) ? Tab! : Tabs[0];

    private int Open => _study!.OpenOf(Family, _view!.Acknowledged).Count;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Id}/{Family}";
        if (_read == wanted) return;
        _read = wanted;
        await LookAsync();
    }

    private async Task LookAsync()
    {
        if (!(await Desk.FindAsync(Id, Reader!, Leaving)).TryGet(out var view, out _problems)) return;
        if (!(await Desk.OpenAsync(Id, Reader!, Leaving)).TryGet(out var study, out _problems)) return;
        if (study.Of(Family) is not { } record)
        {
            _problems = [new Problem("lab.candidate.unknown", $"The run has no candidate {Family}.") { Field = Family }];
            return;
        }

        (_view, _study, _record) = (view, study, record);
    }

    private string TabAddress(string name) => Navigation.GetUriWithQueryParameter("tab", name == Tabs[0] ? null : name);

    private string ReportAddress(string format) => $"/lab/runs/{Id}/{Family}/report.{format}?language={Words.Here}";

    private void Keep(CutOffState state) => Put([.. state.Write()]);
}
