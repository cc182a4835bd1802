using System.Globalization;
using System.Text.RegularExpressions;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>What the <c>peers</c> verb was asked.</summary>
/// <param name="Peers">Folder with peer_task.py and gen_data.py.</param>
/// <param name="Json">File for the rows.</param>
/// <param name="Only">Tasks to run, by name.</param>
/// <param name="Rounds">Clean runs per task.</param>
/// <param name="Folder">Where data and models are kept between runs.</param>
internal sealed record PeersOptions(string Peers, string Json, Regex Only, int Rounds, string Folder)
{
    /// <summary>How the verb is used.</summary>
    public const string Usage = "peers --peers DIR --json FILE [--only REGEX] [--rounds N] [--dir FOLDER]";

    /// <summary>Reads arguments; null when they are not understood.</summary>
    public static PeersOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var (peers, json, only, rounds, folder) = ("", "", ".", 5, Path.Combine(Path.GetTempPath(), "creditworkbench-peers"));
        if (arguments.Length % 2 != 0) return null;
        for (var i = 0; i < arguments.Length; i += 2)
        {
            switch (arguments[i])
            {
                case "--peers": peers = arguments[i + 1]; break;
                case "--json": json = arguments[i + 1]; break;
                case "--only": only = arguments[i + 1]; break;
                case "--dir": folder = arguments[i + 1]; break;
                case "--rounds" when int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds > 0: break;
                default: return null;
            }
        }

        return peers.Length == 0 || json.Length == 0 ? null : new PeersOptions(Path.GetFullPath(peers), Path.GetFullPath(json), new Regex(only), rounds, Path.GetFullPath(folder));
    }
}
