using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace CreditWorkbench.Web.Endpoints.Metrics;

/// <summary>Listens to the workbench's own instruments and to those of the runtime, and writes them in the text format of Prometheus (0.0.4).</summary>
/// <remarks>Counters and gauges keep a number per set of tags; histograms keep buckets, sum and count. An instrument has a bounded number of
/// sets: what comes beyond is counted as <c>overflow</c>, so that no caller can make the process grow.</remarks>
public sealed class PrometheusText : IDisposable
{
    private const string Own = "CreditWorkbench";
    private const string Runtime = "System.Runtime";
    private const int MostSeries = 2_000;

    // Seconds: from what a cached prediction takes to what nobody waits for.
    private static readonly double[] Buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
    private readonly ConcurrentDictionary<Instrument, Family> _families = new();
    private readonly MeterListener _listener = new();

    /// <summary>Begins to listen.</summary>
    public PrometheusText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is Own or Runtime) listener.EnableMeasurementEvents(instrument, FamilyOf(instrument));
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => ((Family)family!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => ((Family)family!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => ((Family)family!).Measure(value, tags));
        _listener.Start();
    }

    /// <summary>Everything measured so far.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        // Several instruments may share a name; a name is described once.
        foreach (var name in _families.Values.GroupBy(family => family.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name.Key} {name.First().Help}\n# TYPE {name.Key} {name.First().Kind}\n");
            foreach (var family in name) family.Write(text);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private Family FamilyOf(Instrument instrument) => _families.GetOrAdd(instrument, known => new Family(known));

    private static string NameOf(string name) => string.Concat(name.Select((character, at) => char.IsAsciiLetter(character) || character is '_' or ':' || (at > 0 && char.IsAsciiDigit(character)) ? character : '_'));

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed class Family(Instrument instrument)
    {
        private const string Overflow = "overflow=\"true\"";
        private const int MostFamiliar = 16;
        private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);

        // Tags that came before as the very same objects find their series without a text being made of them. Two calls that add at once may lose
        // one: it is added another time.
        private volatile (KeyValuePair<string, object?>[] Tags, Series Series)[] _familiar = [];
        private readonly bool _sums = instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal) || instrument.GetType().Name.StartsWith("UpDown", StringComparison.Ordinal);

        public string Kind { get; } = instrument.GetType().Name switch
        {
            var type when type.StartsWith("Histogram", StringComparison.Ordinal) => "histogram",
            var type when type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) => "counter",
            _ => "gauge",
        };

        // Counters end in _total, by the convention of Prometheus; its checker insists.
        public string Name => Kind == "counter" && !instrument.Name.EndsWith("_total", StringComparison.Ordinal) ? NameOf(instrument.Name) + "_total" : NameOf(instrument.Name);

        public string Help => instrument.Description is { Length: > 0 } text ? text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal) : instrument.Name;

        public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var (known, series) in _familiar)
            {
                if (AreTheSame(known, tags))
                {
                    series.Measure(value, _sums);
                    return;
                }
            }

            var found = SeriesOf(tags);
            if (_familiar.Length < MostFamiliar) _familiar = [.. _familiar, (tags.ToArray(), found)];
            found.Measure(value, _sums);
        }

        public void Write(StringBuilder text)
        {
            foreach (var (labels, series) in _series.OrderBy(series => series.Key, StringComparer.Ordinal)) series.Write(text, Name, labels);
        }

        private Series SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = tags.IsEmpty ? "" : LabelsOf(tags);
            return _series.TryGetValue(labels, out var series) ? series : _series.GetOrAdd(_series.Count < MostSeries ? labels : Overflow, _ => new Series(Kind == "histogram"));
        }

        private static bool AreTheSame(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (known.Length != tags.Length) return false;
            for (var i = 0; i < known.Length; i++)
            {
                if (!ReferenceEquals(known[i].Value, tags[i].Value) || !ReferenceEquals(known[i].Key, tags[i].Key)) return false;
            }

            return true;
        }

        private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var labels = new StringBuilder();
            foreach (var (name, value) in tags) labels.Append(labels.Length > 0 ? "," : "").Append(NameOf(name)).Append("=\"").Append(Escaped(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
            return labels.ToString();
        }
    }

    private sealed class Series(bool isHistogram)
    {
        private readonly Lock _gate = new();
        private readonly long[] _counts = isHistogram ? new long[Buckets.Length + 1] : [];
        private double _value;

        public void Measure(double value, bool sums)
        {
            lock (_gate)
            {
                _value = sums || isHistogram ? _value + value : value;
                if (isHistogram) _counts[BucketOf(value)]++;
            }
        }

        private static int BucketOf(double value)
        {
            var bucket = 0;
            while (bucket < Buckets.Length && !(value <= Buckets[bucket])) bucket++;
            return bucket;
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (_gate)
            {
                var braces = labels.Length > 0 ? $"{{{labels}}}" : "";
                if (!isHistogram)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{braces} {Number(_value)}\n");
                    return;
                }

                long sum = 0;
                for (var i = 0; i < _counts.Length; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{(labels.Length > 0 ? "," : "")}le=\"{(i < Buckets.Length ? Number(Buckets[i]) : "+Inf")}\"}} {sum += _counts[i]}\n");
                text.Append(CultureInfo.InvariantCulture, $"{name}_sum{braces} {Number(_value)}\n{name}_count{braces} {sum}\n");
            }
        }

        private static string Number(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? (value > 0 ? "+Inf" : "-Inf") : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
