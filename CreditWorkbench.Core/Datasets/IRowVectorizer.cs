using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Computes the feature vector of a row of a file.</summary>
public interface IRowVectorizer
{
    /// <summary>Columns of the vector.</summary>
    IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Computes the vector of the current row.</summary>
    /// <param name="row">The open file, on a good row.</param>
    /// <param name="vector">Shape [Columns]; filled when the row is accepted.</param>
    /// <param name="problems">Receives everything that is wrong with the row.</param>
    /// <returns>Whether the row is accepted; its record is then <see cref="Record"/>.</returns>
    bool TryCompute(RowReader row, Span<float> vector, List<Problem> problems);

    /// <summary>Record of the last accepted row; null where the vector is made without one.</summary>
    InputRecord? Record { get; }
}
