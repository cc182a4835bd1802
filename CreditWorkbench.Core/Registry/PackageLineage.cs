namespace CreditWorkbench.Core.Registry;

/// <summary>Where a model comes from: enough to train it again.</summary>
/// <param name="DataHash">Content hash of the data set.</param>
/// <param name="Rows">Labelled rows.</param>
/// <param name="Positives">Bad rows among them.</param>
/// <param name="Seed">Seed of split, folds and training.</param>
/// <param name="CodeVersion">Version of the program that trained.</param>
/// <param name="Family">Family of the predictor.</param>
/// <param name="ParametersJson">Hyper-parameters as JSON.</param>
public sealed record PackageLineage(string DataHash, long Rows, long Positives, int Seed, string CodeVersion, string Family, string ParametersJson);
