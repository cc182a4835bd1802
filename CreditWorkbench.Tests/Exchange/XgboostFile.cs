using System.Text;
using System.Text.Json.Nodes;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>A small XGBoost model file: two features named income and age, one stump per tree. Tests change a part of it.</summary>
internal static class XgboostFile
{
    /// <summary>A model of one stump: <c>income &lt; cut</c> goes left, missing goes left.</summary>
    public static JsonNode Stump(double cut = 1.5, double left = -0.25, double right = 0.5) => JsonNode.Parse($$"""
        {
          "learner": {
            "attributes": {},
            "feature_names": ["income", "age"],
            "feature_types": ["float", "int"],
            "gradient_booster": {
              "model": { "gbtree_model_param": { "num_parallel_tree": "1", "num_trees": "1", "size_leaf_vector": "0" }, "tree_info": [0], "trees": [{{Tree(cut, left, right)}}] },
              "name": "gbtree"
            },
            "learner_model_param": { "base_score": "5E-1", "num_class": "0", "num_feature": "2", "num_target": "1" },
            "objective": { "name": "binary:logistic", "reg_loss_param": { "scale_pos_weight": "1" } }
          },
          "version": [1, 7, 4]
        }
        """)!;

    /// <summary>One stump on income.</summary>
    public static string Tree(double cut, double left, double right) => FormattableString.Invariant($$"""
        {
          "left_children": [1, -1, -1], "right_children": [2, -1, -1], "split_indices": [0, 0, 0], "split_conditions": [{{cut}}, {{left}}, {{right}}],
          "default_left": [1, 0, 0], "split_type": [0, 0, 0], "sum_hessian": [10, 6, 4], "categories": [], "categories_nodes": [], "categories_segments": [], "categories_sizes": [],
          "tree_param": { "num_deleted": "0", "num_feature": "2", "num_nodes": "3", "size_leaf_vector": "0" }
        }
        """);

    /// <summary>The part of a file that holds the trees.</summary>
    public static JsonObject Model(JsonNode file) => file["learner"]!["gradient_booster"]!["model"]!.AsObject();

    /// <summary>The only tree.</summary>
    public static JsonObject OnlyTree(JsonNode file) => Model(file)["trees"]![0]!.AsObject();

    public static Outcome<ImportedModel> Read(JsonNode file) => Read(file.ToJsonString());

    public static Outcome<ImportedModel> Read(string text) => XgboostModel.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
