using System.Globalization;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Benchmarks.Accuracy;

/// <summary><c>accuracy [--data NAME,...] [--tasks boosting,forest,FAMILY...] [--seed S] [--threads N] [--python FILE] [--work DIR]
/// [--datasets DIR] [--out FILE.md]</c>: our engines against XGBoost and scikit-learn on the same folds of public files.</summary>
internal static class AccuracyCommand
{
    /// <summary>The verb.</summary>
    public const string Name = "accuracy";

    /// <summary>Runs the verb; returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = Options(args);
        if (options is null) return 2;
        var names = options.GetValueOrDefault("--data", string.Join(',', AccuracyData.All.Select(data => data.Name))).Split(',');
        var lines = new List<string>();
        foreach (var name in names)
        {
            var data = AccuracyData.All.FirstOrDefault(one => one.Name == name) ?? throw new ArgumentException($"There is no data set {name}.");
            await foreach (var line in RunAsync(data, options))
            {
                Console.WriteLine(line);
                lines.Add(line);
            }
        }

        if (options.TryGetValue("--out", out var file)) await File.AppendAllLinesAsync(file, lines);
        return 0;
    }

    private static async IAsyncEnumerable<string> RunAsync(AccuracyData data, Dictionary<string, string> options)
    {
        var invariant = CultureInfo.InvariantCulture;
        var (seed, threads) = (int.Parse(options.GetValueOrDefault("--seed", "1"), invariant), int.Parse(options.GetValueOrDefault("--threads", "2"), invariant));
        var datasets = options.GetValueOrDefault("--datasets", Environment.GetEnvironmentVariable("WORKBENCH_DATASETS") ?? "../shared/datasets");
        var request = await data.OpenAsync(datasets, seed);
        var (dataset, bad) = (request.Dataset, request.Dataset.BadMask());
        var folds = data.Deal(dataset, seed);
        var ours = new OurEngines(request.Definition, dataset, folds, seed, threads);
        var folder = new PeerFolder(Path.Combine(options.GetValueOrDefault("--work", Path.Combine(Path.GetTempPath(), "creditworkbench-accuracy")), data.Name), options.GetValueOrDefault("--python", "/usr/bin/python3"));
        var tasks = options.GetValueOrDefault("--tasks", "boosting,forest").Split(',');
        if (tasks.Any(IsPeered)) folder.Write(dataset, folds, seed, threads);
        foreach (var task in tasks)
        {
            var run = task switch
            {
                "boosting" => ours.Boosting(),
                "forest" => ours.RandomForest(),
                _ => ours.Default(Candidate(task, request.Definition), BlankNeverHelps(request.Definition)),
            };
            var head = string.Create(invariant, $"| {data.Name} | {dataset.Rows} x {dataset.Features.Columns.Count} | {folds.Count} | {seed} | {data.Floors} | {task} | {FoldedComparison.Mean(run.Risk, bad, folds):0.0000} | {run.Seconds:0.0} |");
            if (!IsPeered(task))
            {
                yield return $"{head} | | | |";
                continue;
            }

            var peer = await folder.RunAsync(task);
            var difference = FoldedComparison.Text(FoldedComparison.Difference(run.Risk, peer.Risk, bad, folds));
            yield return string.Create(invariant, $"{head} {peer.Name} | {FoldedComparison.Mean(peer.Risk, bad, folds):0.0000} | {peer.Seconds:0.0} | {difference} |{Grid(run, peer)}");
        }
    }

    private static bool IsPeered(string task) => task is "boosting" or "forest";

    private static string Grid(PeerRun ours, PeerRun theirs) => ours.Grid.Length == 0 ? "" : $" {Text(ours.Grid)} / {Text(theirs.Grid)} |";

    private static string Text(double[] aucs) => string.Join(' ', aucs.Select(auc => auc.ToString("0.0000", CultureInfo.InvariantCulture)));

    // default:boosting names the family as the training line takes it when nothing is said.
    private static Candidate Candidate(string task, ScorecardDefinition definition)
    {
        var settings = TrainingSettings.Of(definition) with { Candidates = [task.Replace("default:", "", StringComparison.Ordinal)] };
        return CandidateCatalogue.Resolve(definition, settings).TryGet(out var candidates, out var problems) ? candidates[0] : throw new ArgumentException(string.Join('\n', problems));
    }

    private static bool[] BlankNeverHelps(ScorecardDefinition definition) =>
        [.. definition.ModelFeatures.Select(feature => feature.From is { } from && definition.Input(from)!.BlankNeverHelps)];

    private static Dictionary<string, string>? Options(string[] args)
    {
        string[] known = ["--data", "--tasks", "--seed", "--threads", "--python", "--work", "--datasets", "--out"];
        var options = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!known.Contains(args[i]) || i + 1 == args.Length)
            {
                Console.Error.WriteLine($"accuracy: {args[i]} is no option, or has no value. Known are {string.Join(", ", known)}.");
                return null;
            }

            options[args[i]] = args[i + 1];
        }

        return options;
    }
}
