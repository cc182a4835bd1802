using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Recourse;

/// <summary>Looks for what an applicant can do to reach a score, in time, and says honestly how the search ended. Deterministic;
/// build it once per release, use it from any thread.</summary>
/// <remarks>Allowed is: each action once, to a whole multiple of its step or to its furthest value, at its pace; waiting; all within
/// the limit of months. <see cref="RoadmapOutcome.Impossible"/> is said only when one of two proofs holds (see
/// <see cref="RoadmapProof"/>), never because the search found nothing.</remarks>
public sealed class RoadmapSearch
{
    private static readonly int[] _widths = [8, 32, 128];
    private readonly ScoringModel _model;
    private readonly RoadmapLimits _limits;
    private readonly CompiledAction[] _actions;
    private readonly ModelCells _cells;
    private readonly bool _mayProve;

    /// <summary>Compiles the actions of the model's dictionary.</summary>
    /// <param name="model">The model that scores.</param>
    /// <param name="limits">How far to look.</param>
    /// <exception cref="ArgumentException">A limit is not positive.</exception>
    public RoadmapSearch(ScoringModel model, RoadmapLimits limits)
    {
        if (limits.MaxMonths < 1 || limits.MaxCandidates < 1) throw new ArgumentException("Limits are positive.", nameof(limits));
        (_model, _limits, _cells) = (model, limits, new ModelCells(model.Predictor));
        var definition = model.Program.Definition;
        _actions = [.. definition.Actions.Select(action => (Action: action, Input: IndexOf(definition, action)))
            .Where(each => each.Input >= 0).Select(each => new CompiledAction(model.Program, each.Action, each.Input))];

        // An action on what is no input of this dictionary cannot be searched, so nothing can be proved where there is one.
        _mayProve = _actions.Length == definition.Actions.Count;
    }

    /// <summary>Searches.</summary>
    /// <param name="today">The case as it is.</param>
    /// <param name="target">Issued score to reach.</param>
    /// <param name="score">Re-scores a changed case through the whole line, with the model of this search.</param>
    /// <returns>A roadmap whose every step was re-scored, or the proof that there is none, or neither within the budget.</returns>
    public Roadmap Find(InputRecord today, int target, ScoreCandidate score)
    {
        var roadmapCase = new RoadmapCase(_model.Program, today, Menus(today), _limits.MaxMonths);
        var scorer = new CandidateScorer(roadmapCase, score, _limits.MaxCandidates);
        var now = scorer.Fresh(today);
        var (plan, proof) = now >= target ? (Plan.Idle(roadmapCase.Menus.Length), RoadmapProof.None) : Search(roadmapCase, scorer, target);
        if (proof != RoadmapProof.None) return RoadmapWriter.NotFound(RoadmapOutcome.Impossible, proof, target, now, scorer);
        var found = plan is null ? null : RoadmapWriter.Found(roadmapCase, scorer, PlanTrimmer.Trim(roadmapCase, scorer, plan, target), target, now);
        return found ?? RoadmapWriter.NotFound(RoadmapOutcome.TimedOut, RoadmapProof.None, target, now, scorer);
    }

    private (Plan? Plan, RoadmapProof Proof) Search(RoadmapCase roadmapCase, CandidateScorer scorer, int target)
    {
        if (_mayProve && ScoreBound.HighestIssued(_model, roadmapCase) is { } bound && bound < target) return (null, RoadmapProof.Bound);
        var plan = BeamSearch.Find(roadmapCase, scorer, target, _widths[0]) ?? Everything(roadmapCase, scorer, target);
        if (plan is null && _mayProve && Enumeration.Count(roadmapCase) <= scorer.Left)
        {
            plan = Enumeration.Find(roadmapCase, scorer, target);
            if (plan is null) return (null, RoadmapProof.Enumeration);
        }

        for (var i = 1; plan is null && i < _widths.Length && scorer.Left > 0; i++) plan = BeamSearch.Find(roadmapCase, scorer, target, _widths[i]);
        return (plan, RoadmapProof.None);
    }

    // Every action at its furthest, at once and after the longest wait.
    private static Plan? Everything(RoadmapCase roadmapCase, CandidateScorer scorer, int target)
    {
        var all = new Plan([.. roadmapCase.Menus.Select(menu => menu.Options.Length - 1)], 0);
        if (scorer.Of(all) >= target) return all;
        var later = all with { Wait = roadmapCase.MaxMonths };
        return roadmapCase.Grows && scorer.Of(later) >= target ? later : null;
    }

    private ActionMenu[] Menus(InputRecord today)
    {
        var values = _model.Program.Evaluate(today);
        var inputs = _model.Program.Definition.Inputs;
        var menus = new List<ActionMenu>();
        foreach (var action in _actions)
        {
            if (!action.IsOpenTo(values)) continue;
            var (options, isComplete) = ActionMenu.OptionsOf(action, inputs[action.Input], today.Values[action.Input], action.Furthest(values), _limits.MaxMonths);
            if (options.Length > 0) menus.Add(new ActionMenu(action, options, Worthwhile(action, options, today, values), isComplete));
        }

        return [.. menus];
    }

    // The first option of every run that stays in one cell of the model, taken alone; together with other actions cells shift, so
    // the furthest option is always kept.
    private int[] Worthwhile(CompiledAction action, ActionOption[] options, InputRecord today, FeatureValues values)
    {
        var kept = new List<int>();
        var last = values;
        for (var i = 0; i < options.Length; i++)
        {
            if (action.Apply(today, _model.Program, options[i].Value, options[i].Months) is not { } changed) continue;
            var next = _model.Program.Evaluate(changed);
            if (i == options.Length - 1 || !_cells.AreOne(last.Model, next.Model)) kept.Add(i);
            last = next;
        }

        return [.. kept];
    }

    private static int IndexOf(ScorecardDefinition definition, ActionDefinition action)
    {
        for (var i = 0; i < definition.Inputs.Count; i++)
        {
            if (definition.Inputs[i].Name == action.Input) return i;
        }

        return -1;
    }
}
