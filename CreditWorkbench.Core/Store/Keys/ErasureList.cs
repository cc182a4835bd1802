using System.Globalization;
using System.Text;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>Applicants whose keys were destroyed, in a file of its own beside the keys: a key store that comes back from an older backup
/// applies it before it serves, so that nobody erased returns.</summary>
internal sealed class ErasureList(string directory)
{
    private readonly string _path = Path.Combine(directory, "erased.txt");

    /// <summary>Adds one applicant durably.</summary>
    public void Add(Guid applicantId, DateTimeOffset at)
    {
        using var file = PrivateFile.Append(_path);
        file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{applicantId:d} {at.UtcDateTime:O}\n")));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Everyone on the list with the moment of erasure. A last line cut off by a crash was never acted on and is left out.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Read()
    {
        var erased = new Dictionary<Guid, DateTimeOffset>();
        if (!File.Exists(_path)) return erased;
        foreach (var line in File.ReadAllLines(_path))
        {
            var parts = line.Split(' ');
            if (parts.Length == 2 && Guid.TryParse(parts[0], out var id)
                && DateTimeOffset.TryParseExact(parts[1], "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                erased[id] = at;
            }
        }

        return erased;
    }
}
