using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Registry;

/// <summary>A model ready to serve: package, compiled program, scoring model and explainer. Immutable; shared by all requests.</summary>
public sealed class Release
{
    private readonly Lazy<ReasonStability?> _stability;

    private Release(ModelPackage package, RegisteredModel model, FeatureProgram program, ScoringModel scoring, ScoreExplainer explainer)
    {
        (Package, Model, Program, Scoring, Explainer) = (package, model, program, scoring, explainer);
        _stability = new(() => explainer.GivesReasons && package.ReasonBackground.Rows > 1 ? new ReasonStability(scoring, package.ReasonBackground, package.Refits.Open()) : null);
    }

    /// <summary>The package.</summary>
    public ModelPackage Package { get; }

    /// <summary>Its row in the registry.</summary>
    public RegisteredModel Model { get; }

    /// <summary>The dictionary.</summary>
    public ScorecardDefinition Definition => Package.Scorecard;

    /// <summary>Record to vector.</summary>
    public FeatureProgram Program { get; }

    /// <summary>Vector to score.</summary>
    public ScoringModel Scoring { get; }

    /// <summary>Vector to explanation.</summary>
    public ScoreExplainer Explainer { get; }

    /// <summary>Marks fragile reasons; null where the model gives none. Worked out when first asked for, since batches never ask.</summary>
    public ReasonStability? Stability => _stability.Value;

    /// <summary>Makes a package from outside ready to serve; <c>package.unfit</c> where its parts do not belong together, which no
    /// packager writes.</summary>
    /// <param name="package">The package.</param>
    /// <param name="model">Its row in the registry.</param>
    /// <param name="limits">What explanations may take; null: the default.</param>
    public static Outcome<Release> Open(ModelPackage package, RegisteredModel model, ExplanationLimits? limits = null)
    {
        try
        {
            return Of(package, model, limits);
        }
        catch (ArgumentException unfit)
        {
            return new Problem("package.unfit", $"The parts of the package do not belong together: {unfit.Message}") { Remedy = "Fetch it again from where it was registered." };
        }
    }

    /// <summary>Makes a package ready to serve; parameters as in <see cref="Open"/>.</summary>
    /// <exception cref="ArgumentException">The parts of the package do not fit together.</exception>
    public static Release Of(ModelPackage package, RegisteredModel model, ExplanationLimits? limits = null)
    {
        var program = FeatureProgram.Compile(package.Scorecard, package.Transforms);
        var cuts = package.CategoryCuts.Count == 0 ? null : new RiskCategoryCuts(package.CategoryCuts);
        var scoring = new ScoringModel(program, package.Predictor, package.Platt, package.PdCalibrator, cuts);
        return new Release(package, model, program, scoring, new ScoreExplainer(scoring, package.ExplanationBackground, package.ReasonBackground, limits));
    }
}
