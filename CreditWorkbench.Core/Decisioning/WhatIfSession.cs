using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>What a trial gives: as an issued score, but nothing is stored.</summary>
/// <param name="Scored">Score, policy and confidence on the changed values.</param>
/// <param name="Policy">What policy says, reasons included.</param>
/// <param name="Explanation">Its explanation; null where it was withheld.</param>
/// <param name="Instalment">Monthly instalment, major units; null where the dictionary works none out.</param>
public sealed record WhatIfTrial(ScoredCase Scored, IssuedPolicy Policy, ScoreExplanation? Explanation, double? Instalment);

/// <summary>Trials on one issued score under the release that issued it. Nothing here changes what is stored; safe to share between threads.</summary>
public sealed class WhatIfSession
{
    private const string InstalmentFeature = "new_instalment";
    private const string DebtServiceFeature = "dsr_after";
    private readonly ServingLine _line;
    private readonly InputRecord _record;
    private readonly ApplicationTerms _terms;
    private readonly Dictionary<string, WhatIfLever> _levers;
    private readonly PolicyExpression? _mostAmount;

    /// <summary>Opens trials.</summary>
    /// <param name="score">The issued score.</param>
    /// <param name="line">Line of the release that issued it.</param>
    /// <param name="record">The values that were scored.</param>
    /// <param name="terms">Amount and term of the application.</param>
    public WhatIfSession(IssuedScore score, ServingLine line, InputRecord record, ApplicationTerms terms)
    {
        (Score, _line, _record, _terms) = (score, line, record, terms);
        Levers = WhatIfLever.Of(record);
        _levers = Levers.ToDictionary(lever => lever.Input.Name, StringComparer.Ordinal);
        _mostAmount = line.Release.Definition.Policy.Limits?.MaxAmountBy is { } most ? PolicyExpression.Compile(line.Release.Program, most) : null;
    }

    /// <summary>The issued score.</summary>
    public IssuedScore Score { get; }

    /// <summary>The dictionary of the release.</summary>
    public ScorecardDefinition Definition => _line.Release.Definition;

    /// <summary>What may be changed.</summary>
    public IReadOnlyList<WhatIfLever> Levers { get; }

    /// <summary>Scores and explains the case without the values that can only have come from a source.</summary>
    /// <returns>The trial; null where the source gave none that count.</returns>
    public Outcome<WhatIfTrial>? TryWithout(string source)
    {
        var changes = Levers.Select(lever => lever.Input).Where(input => input.Source == source && input.AlsoFrom.Count == 0).ToDictionary(input => input.Name, _ => InputValue.Missing);
        return changes.Count == 0 ? null : Try(changes);
    }

    /// <summary>Scores and explains the case with some values changed.</summary>
    /// <param name="changes">New values by input; only levers, only values that the dictionary allows.</param>
    /// <returns>The trial, or <c>whatif.fixed</c> and <c>whatif.range</c> for each change that is not allowed.</returns>
    public Outcome<WhatIfTrial> Try(IReadOnlyDictionary<string, InputValue> changes)
    {
        var problems = changes.Select(change => ProblemOf(change.Key, change.Value)).OfType<Problem>().ToList();
        if (problems.Count > 0) return problems;
        var record = changes.Aggregate(_record, (values, change) => values.With(change.Key, change.Value));
        var scored = _line.Score(record, _terms);
        var explained = _line.Explain(scored);
        var (explanation, policy) = explained.Succeeded ? explained.Value : ((ScoreExplanation?)null, scored.Policy);
        return new WhatIfTrial(scored, IssuedPolicy.Of(policy), explanation, scored.Values.Known(InstalmentFeature));
    }

    /// <summary>A way to a target score; nothing of it is stored.</summary>
    public Roadmap PlanTo(int target) => _line.Plan(_line.Score(_record, _terms), _terms, target);

    /// <summary>How far the explanation of the issued score can be relied on; null where the package has no background.</summary>
    public ExplanationQuality? Quality() => _line.Quality(_line.Score(_record, _terms));

    /// <summary>What pairs of features do together in the issued score, strongest first; null where the model has no exact values.</summary>
    public IReadOnlyList<PairEffect>? Interactions(int count) => _line.Interactions(_line.Score(_record, _terms), count);

    /// <summary>Terms on which the case could be approved: the largest amount over the term asked for, and the shortest term for the
    /// amount asked for; every offer was re-scored, rules and limits of counter-offers included.</summary>
    /// <returns>The offers, or <c>offer.noAmount</c> where the application names no amount.</returns>
    public Outcome<CounterOffers> Offers()
    {
        var definition = Definition;
        var (amountInput, termInput) = (InputOf(InputRole.Amount), InputOf(InputRole.Term));
        if ((KnownNumber(amountInput) ?? _terms.Amount) is not { } amount || amount <= 0)
            return new Problem("offer.noAmount", "The application names no amount.") { Remedy = "Enter the amount asked for." };
        var term = (int?)(KnownNumber(termInput) ?? _terms.TermMonths);
        var limits = definition.Policy.Limits;
        var asked = _line.Score(_record, _terms);
        var most = Math.Min(limits?.MaxAmount ?? double.PositiveInfinity, _mostAmount?.Evaluate(asked.Values) is { } by and not double.NaN ? by : double.PositiveInfinity);
        var reach = new OfferReach(
            amount, term, Math.Max(limits?.MinAmount ?? 0, amountInput?.Minimum ?? 0), Math.Min(most, amountInput?.Maximum ?? double.PositiveInfinity),
            limits?.MinTermMonths ?? (int)(termInput?.Minimum ?? 1), limits?.MaxTermMonths ?? (int)(termInput?.Maximum ?? 120));
        return CounterOfferSearch.Find(reach, (offered, months) => On(offered, months, amountInput, termInput));
    }

    private TermsScore On(double amount, int? months, InputDefinition? amountInput, InputDefinition? termInput)
    {
        var record = amountInput is null ? _record : _record.With(amountInput.Name, InputValue.OfNumber(amount));
        if (termInput is not null && months is { } count) record = record.With(termInput.Name, InputValue.OfNumber(count));
        var scored = _line.Score(record, new ApplicationTerms(amount, months));
        var affordable = Definition.Policy.Limits?.MaxDebtService is not { } share || scored.Values.Known(DebtServiceFeature) is not { } service || service <= share;
        var capped = scored.Policy.CapAmount is { } cap && amount > cap;
        return new TermsScore(scored.Policy.Recommendation == Scoring.Recommendation.Approve && affordable && !capped, scored.Score.Issued, scored.Values.Known(InstalmentFeature));
    }

    private Problem? ProblemOf(string name, InputValue value)
    {
        if (!_levers.TryGetValue(name, out var lever))
            return new Problem("whatif.fixed", $"{name} cannot be changed in a trial.") { Field = name, Remedy = "Change another value." };
        var input = lever.Input;
        var allowed = value.Kind switch
        {
            InputValueKind.Missing => true,
            InputValueKind.Special => value.Number >= 1 && value.Number <= input.Specials.Count,
            InputValueKind.Number => input.Type switch
            {
                InputType.Flag => value.Number is 0 or 1,
                InputType.Category => value.Number >= 0 && value.Number < input.Values.Count && value.Number == Math.Floor(value.Number),
                _ => value.Number >= input.Minimum && value.Number <= input.Maximum && (input.Type != InputType.Integer || value.Number == Math.Floor(value.Number)),
            },
            _ => false,
        };
        return allowed ? null : new FieldProblem("whatif.range", $"{name} is {value}, which its dictionary does not allow.")
        {
            Field = name,
            Given = value.ToString(),
            Minimum = input.Minimum,
            Maximum = input.Maximum,
            Remedy = "Stay within the bounds.",
        };
    }

    private InputDefinition? InputOf(InputRole role) => Definition.Inputs.FirstOrDefault(input => input.Role == role);

    private double? KnownNumber(InputDefinition? input) => input is not null && _record[input.Name] is { Kind: InputValueKind.Number } value ? value.Number : null;
}
