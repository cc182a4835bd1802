using System.Runtime.InteropServices;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>A generated data set as <c>gen_data.py</c> wrote it, read when asked for, and the folder for what tasks keep.</summary>
internal sealed class PeerData
{
    private readonly Lazy<LabelledRows> _train, _test;

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">Holds train.npy and test.npy, label first.</param>
    /// <param name="work">Where the peers keep their models (<c>b100000_xgb_gbdt.json</c> and so on) and tasks keep theirs.</param>
    /// <param name="threads">Threads that the task was given.</param>
    public PeerData(string folder, string work, int threads)
    {
        (Folder, Work, Threads) = (folder, work, threads);
        _train = new Lazy<LabelledRows>(() => LabelledRows.Read(Path.Combine(folder, "train.npy")));
        _test = new Lazy<LabelledRows>(() => LabelledRows.Read(Path.Combine(folder, "test.npy")));
    }

    /// <summary>Folder of the data set.</summary>
    public string Folder { get; }

    /// <summary>Threads that the task was given.</summary>
    public int Threads { get; }

    /// <summary>Folder for kept models; the peers' lie there too.</summary>
    public string Work { get; }

    /// <summary>Name of the data set, such as b100000.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder));

    /// <summary>Training rows.</summary>
    public LabelledRows Train => _train.Value;

    /// <summary>50,000 rows that no training sees.</summary>
    public LabelledRows Test => _test.Value;

    /// <summary>Doubles that a <see cref="IPeerTask.PeerScript"/> saved as pairs of floats with the same bits.</summary>
    /// <param name="name">Name of the file in <see cref="Work"/>.</param>
    public double[] Doubles(string name) => MemoryMarshal.Cast<float, double>(NpyFile.Read(Path.Combine(Work, name)).Values).ToArray();

    /// <summary>Path of a model that a peer saved, such as <c>xgb_gbdt.json</c>.</summary>
    public string PeerModel(string name) => Path.Combine(Work, $"{Name}_{name}");

    /// <summary>A model of ours, trained once per build of Core: call it from <see cref="IPeerTask.Prepare"/> first, so that training
    /// does not happen in the measured process.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="train">Trains it.</param>
    public TreeEnsemble Ensemble(string name, Func<LabelledRows, TreeEnsemble> train)
    {
        var path = Path.Combine(Work, $"{Name}_ours_{name}_{typeof(TreeEnsemble).Module.ModuleVersionId:N}.bin");
        if (File.Exists(path)) return (TreeEnsemble)PredictorEncoding.Read(File.ReadAllBytes(path)).Value;
        var ensemble = train(Train);
        File.WriteAllBytes(path + ".part", PredictorEncoding.ToBytes(ensemble));
        File.Move(path + ".part", path, overwrite: true);
        return ensemble;
    }
}

/// <summary>Rows with outcomes.</summary>
/// <param name="Features">Shape [rows x columns], column-major; missing cells as <see cref="CodedNaN.Missing"/>.</param>
/// <param name="RowMajor">The same cells as the peers get them: row-major.</param>
/// <param name="Bad">1 bad, 0 good.</param>
internal sealed record LabelledRows(FeatureMatrix Features, float[] RowMajor, byte[] Bad)
{
    /// <summary>Number of rows.</summary>
    public int Count => Bad.Length;

    /// <summary>Reads a file whose first column is the label.</summary>
    public static LabelledRows Read(string path)
    {
        var file = NpyFile.Read(path);
        var columns = file.Columns - 1;
        var (bad, byRow, byColumn) = (new byte[file.Rows], new float[file.Rows * columns], new float[file.Rows * columns]);
        for (var row = 0; row < file.Rows; row++)
        {
            bad[row] = (byte)file.Values[row * file.Columns];
            for (var column = 0; column < columns; column++)
            {
                var value = file.Values[row * file.Columns + 1 + column];
                value = float.IsNaN(value) ? CodedNaN.Missing : value;
                byRow[row * columns + column] = value;
                byColumn[column * file.Rows + row] = value;
            }
        }

        return new LabelledRows(new FeatureMatrix([.. Enumerable.Range(0, columns).Select(column => FeatureColumn.Number($"f{column}"))], file.Rows, byColumn), byRow, bad);
    }

    /// <summary>Area under the ROC curve of risks of these rows.</summary>
    public double Auc(ReadOnlySpan<double> risk) => Core.Metrics.Ranking.Auc(risk, Array.ConvertAll(Bad, outcome => outcome == 1));

    /// <summary>Area under the ROC curve of a model's margins on these rows.</summary>
    public double Auc(Predictor predictor)
    {
        var margins = new double[Count];
        predictor.Margins(Features, margins);
        return Auc(margins);
    }
}
