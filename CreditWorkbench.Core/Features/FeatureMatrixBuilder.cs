using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Core.Features;

/// <summary>Collects rows of unknown number into a matrix, without keeping their records.</summary>
/// <param name="program">Computes the rows.</param>
public sealed class FeatureMatrixBuilder(FeatureProgram program)
{
    private const int FirstCapacity = 1024;
    private readonly double[] _slots = new double[program.SlotCount];
    private readonly float[] _row = new float[program.Columns.Count];
    private float[][] _columns = [.. program.Columns.Select(_ => new float[FirstCapacity])];

    /// <summary>Rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Computes and adds a row.</summary>
    /// <exception cref="InvalidOperationException">The matrix has been built.</exception>
    public void Add(InputRecord record)
    {
        if (_columns.Length != _row.Length) throw new InvalidOperationException("The matrix has been built.");
        program.Run(record, _slots, _row);
        for (var column = 0; column < _row.Length; column++)
        {
            if (Rows == _columns[column].Length) Array.Resize(ref _columns[column], Rows * 2);
            _columns[column][Rows] = _row[column];
        }

        Rows++;
    }

    /// <summary>The matrix of all rows; the builder takes no more.</summary>
    public FeatureMatrix Build()
    {
        var values = new float[(long)Rows * _row.Length];
        for (var column = 0; column < _row.Length; column++)
        {
            _columns[column].AsSpan(0, Rows).CopyTo(values.AsSpan(column * Rows, Rows));
            _columns[column] = [];
        }

        _columns = [];
        return new FeatureMatrix(program.Columns, Rows, values);
    }
}
