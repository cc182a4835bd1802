namespace CreditWorkbench.Core.Intake;

/// <summary>One column of a file of rows.</summary>
/// <param name="Name">From the header; <c>column_N</c> where the header cell is empty, <c>cN</c> without a header.</param>
/// <param name="Levels">The values that the file itself declares (ARFF nominal); null where it declares none.</param>
public sealed record FileColumn(string Name, IReadOnlyList<string>? Levels = null);
