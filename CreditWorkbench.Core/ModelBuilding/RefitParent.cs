using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A registered model that learns on from new rows.</summary>
/// <param name="Reference">NAME@VERSION, as lineage names it.</param>
/// <param name="PackageHash">Hash of its package.</param>
/// <param name="Package">The package: its dictionary, its fitted transforms and its predictor are kept.</param>
public sealed record RefitParent(string Reference, string PackageHash, ModelPackage Package);

/// <summary>A challenger beside the model it was refitted from, on the same test rows.</summary>
/// <param name="Parent">NAME@VERSION of the parent.</param>
/// <param name="ParentPackage">Hash of its package.</param>
/// <param name="Rows">Test rows.</param>
/// <param name="ParentAuc">AUC of the parent.</param>
/// <param name="Auc">AUC of the challenger.</param>
/// <param name="Difference">Challenger minus parent.</param>
/// <param name="Low">Lower end of its 95 % interval (DeLong, paired).</param>
/// <param name="High">Upper end.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="SameData">Whether the rows are those that the parent was built on: then it has seen the test rows and its figure flatters it.</param>
public sealed record RefitComparison(
    string Parent, string ParentPackage, int Rows, double ParentAuc, double Auc, double Difference, double Low, double High, double PValue, bool SameData);
