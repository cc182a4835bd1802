namespace CreditWorkbench.Core.Exchange;

/// <summary>What an XGBoost model file says, before anybody asks whether it makes sense.</summary>
internal sealed class XgboostDocument
{
    private const int MostFeatures = 1_000_000;
    private const int MostTrees = 1_000_000;

    /// <summary>Major, minor, patch; empty where the file has none.</summary>
    public List<int> Version { get; private set; } = [];

    /// <summary>gbtree, dart or gblinear.</summary>
    public string Booster { get; private set; } = "";

    /// <summary>Name of the objective.</summary>
    public string Objective { get; private set; } = "";

    /// <summary>Feature names; empty where the file has none.</summary>
    public List<string> Names { get; private set; } = [];

    /// <summary>Feature types; empty where the file has none.</summary>
    public List<string> Types { get; private set; } = [];

    /// <summary>Features of a vector.</summary>
    public int FeatureCount { get; private set; }

    /// <summary>Classes; 0 or 1 for one output.</summary>
    public int ClassCount { get; private set; }

    /// <summary>Outputs per row.</summary>
    public int TargetCount { get; private set; } = 1;

    /// <summary>Global bias in the objective's own unit.</summary>
    public float BaseScore { get; private set; } = 0.5f;

    /// <summary>Trees as the file counts them; null where it does not.</summary>
    public int? TreeCount { get; private set; }

    /// <summary>Trees of one round.</summary>
    public int ParallelTrees { get; private set; } = 1;

    /// <summary>The trees.</summary>
    public List<XgboostTree> Trees { get; private set; } = [];

    /// <summary>Output that each tree adds to.</summary>
    public List<int> TreeOutputs { get; private set; } = [];

    /// <summary>Weight of each tree after dropout; empty for gbtree.</summary>
    public List<float> Weights { get; private set; } = [];

    /// <summary>Weight of positive rows in training.</summary>
    public float PositiveWeight { get; private set; } = 1f;

    /// <summary>Best round of early stopping, from 0; null where the file notes none.</summary>
    public int? BestRound { get; private set; }

    /// <summary>Whether the part that describes a model was there.</summary>
    public bool HasLearner { get; private set; }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">It is no model; the message names the place.</exception>
    public static XgboostDocument Read(ModelTokens json)
    {
        var document = new XgboostDocument();
        json.Object(name =>
        {
            switch (name)
            {
                case "version": document.Version = json.List(json.Integer, 8); break;
                case "learner": document.ReadLearner(json); break;
                default: json.Skip(); break;
            }
        });
        json.End();
        return document;
    }

    private void ReadLearner(ModelTokens json)
    {
        HasLearner = true;
        json.Object(name =>
        {
            switch (name)
            {
                case "feature_names": Names = json.List(json.Text, MostFeatures); break;
                case "feature_types": Types = json.List(json.Text, MostFeatures); break;
                case "gradient_booster": ReadBooster(json); break;
                case "learner_model_param": json.Object(parameter => ReadParameter(json, parameter)); break;
                case "objective": json.Object(member => ReadObjective(json, member)); break;
                case "attributes": json.Object(attribute => ReadAttribute(json, attribute)); break;
                default: json.Skip(); break;
            }
        });
    }

    // A dart booster wraps a gbtree: {"name":"dart","gbtree":{"name":"gbtree","model":{..}},"weight_drop":[..]}.
    private void ReadBooster(ModelTokens json) => json.Object(name =>
    {
        switch (name)
        {
            case "name":
                var booster = json.Text();
                if (Booster != "dart") Booster = booster;
                break;
            case "gbtree": ReadBooster(json); break;
            case "model": json.Object(member => ReadModel(json, member)); break;
            case "weight_drop": Weights = json.List(json.Single, MostTrees); break;
            default: json.Skip(); break;
        }
    });

    private void ReadModel(ModelTokens json, string name)
    {
        switch (name)
        {
            case "gbtree_model_param":
                json.Object(parameter =>
                {
                    if (parameter == "num_trees") TreeCount = json.Integer();
                    else if (parameter == "num_parallel_tree") ParallelTrees = json.Integer();
                    else json.Skip();
                });
                break;
            case "trees": Trees = json.List(() => XgboostTree.Read(json), MostTrees); break;
            case "tree_info": TreeOutputs = json.List(json.Integer, MostTrees); break;
            default: json.Skip(); break;
        }
    }

    private void ReadParameter(ModelTokens json, string name)
    {
        switch (name)
        {
            case "num_feature":
                FeatureCount = json.Integer();
                if (FeatureCount is < 1 or > MostFeatures) throw json.Fault($"a model has 1 to {MostFeatures} features");
                break;
            case "num_class": ClassCount = json.Integer(); break;
            case "num_target": TargetCount = json.Integer(); break;
            case "base_score": BaseScore = json.Single(); break;
            default: json.Skip(); break;
        }
    }

    private void ReadObjective(ModelTokens json, string name)
    {
        if (name == "name") Objective = json.Text();
        else if (name == "reg_loss_param") json.Object(parameter => ReadLoss(json, parameter));
        else json.Skip();
    }

    private void ReadLoss(ModelTokens json, string name)
    {
        if (name == "scale_pos_weight") PositiveWeight = json.Single();
        else json.Skip();
    }

    // Attributes are the user's own; a best round that is no number is somebody else's attribute.
    private void ReadAttribute(ModelTokens json, string name)
    {
        if (name == "best_iteration" && json.IsNextText) BestRound = int.TryParse(json.Text(), out var round) ? round : null;
        else json.Skip();
    }
}
