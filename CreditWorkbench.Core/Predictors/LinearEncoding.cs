using System.Collections.Immutable;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Predictors;

/// <summary>The body of an encoded logistic regression; its layout stands at <see cref="PredictorEncoding"/>.</summary>
internal static class LinearEncoding
{
    private const int LeastColumnBytes = 48;

    /// <summary>Writes the body.</summary>
    public static void Write(LinearPredictor predictor, BinaryWriter writer)
    {
        writer.Write(predictor.Intercept);
        writer.WriteArray(predictor.Means);
        writer.Write(predictor.Columns.Length);
        foreach (var column in predictor.Columns)
        {
            writer.Write(column.Slope);
            writer.Write(column.Mean);
            writer.Write(column.Deviation);
            writer.Write(column.Low);
            writer.Write(column.High);
            writer.WriteArray(column.CodeTerms);
            writer.WriteArray(column.CategoryTerms);
            writer.Write(column.UnknownTerm);
        }
    }

    /// <summary>Reads the body and checks that every value has a finite term.</summary>
    public static Outcome<Predictor> Read(ReadOnlySpan<byte> body)
    {
        var reader = new SpanReader(body);
        var intercept = reader.Double();
        var means = reader.ImmutableArray<double>();
        var columns = new LinearColumn[reader.Count(LeastColumnBytes)];
        for (var i = 0; i < columns.Length && !reader.RanOut; i++) columns[i] = ReadColumn(ref reader);
        if (!reader.IsAtEnd) return PredictorEncoding.Refusal("invalid", "The regression's parts do not fill its bytes.");
        var all = ImmutableArray.Create(columns);
        return (AdditivePredictor.SumFault(intercept, means) ?? LinearPredictor.Fault(all, means.Length)) is { } fault
            ? PredictorEncoding.Refusal("invalid", fault)
            : new LinearPredictor(intercept, all, means);
    }

    private static LinearColumn ReadColumn(ref SpanReader reader) => new()
    {
        Slope = reader.Double(),
        Mean = reader.Double(),
        Deviation = reader.Double(),
        Low = reader.Single(),
        High = reader.Single(),
        CodeTerms = reader.ImmutableArray<double>(),
        CategoryTerms = reader.ImmutableArray<double>(),
        UnknownTerm = reader.Double(),
    };
}
