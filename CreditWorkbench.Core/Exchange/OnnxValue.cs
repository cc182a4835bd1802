namespace CreditWorkbench.Core.Exchange;

/// <summary>What a value of an ONNX graph means for a score.</summary>
internal abstract record OnnxValue
{
    /// <summary>Columns or sums that it holds.</summary>
    public virtual long Size => 1;
}

/// <summary>A column of an input.</summary>
/// <param name="Input">Name of the input.</param>
/// <param name="Index">Column within it.</param>
/// <param name="Width">Columns that the input has.</param>
internal readonly record struct OnnxColumn(string Input, int Index, int Width);

/// <summary>A matrix of input columns, one row per applicant.</summary>
/// <param name="Columns">Its columns; null where the graph does not say how many there are.</param>
/// <param name="Input">The one input that it is; null where it is put together.</param>
/// <param name="IsWhole">Whether its cells are whole numbers by their type.</param>
internal sealed record OnnxFeatures(IReadOnlyList<OnnxColumn>? Columns, string? Input, bool IsWhole) : OnnxValue
{
    /// <inheritdoc/>
    public override long Size => Columns?.Count ?? 1;
}

/// <summary>Trees and what their sum counts.</summary>
/// <param name="Trees">The trees.</param>
/// <param name="Features">The matrix that they take.</param>
/// <param name="Scale">Factor of each leaf.</param>
internal sealed record OnnxPart(OnnxTrees Trees, OnnxFeatures Features, double Scale);

/// <summary>A sum of trees and a number.</summary>
/// <param name="Parts">The trees.</param>
/// <param name="Offset">The number.</param>
/// <param name="Label">Label that a high sum speaks for; null where the graph does not say.</param>
internal sealed record OnnxSum(IReadOnlyList<OnnxPart> Parts, double Offset, string? Label) : OnnxValue
{
    /// <summary>Parts at most.</summary>
    public const int MostParts = 4096;

    /// <inheritdoc/>
    public override long Size => Parts.Count;

    /// <summary>The sum times a factor plus a number.</summary>
    public OnnxSum Times(double factor, double plus) => this with { Parts = [.. Parts.Select(part => part with { Scale = part.Scale * factor })], Offset = Offset * factor + plus };
}

/// <summary>The logistic function of a sum: the probability of a label.</summary>
/// <param name="LogOdds">The sum.</param>
internal sealed record OnnxChance(OnnxSum LogOdds) : OnnxValue;

/// <summary>A decision: a label, or whether a number exceeds a threshold.</summary>
internal sealed record OnnxLabel : OnnxValue;
