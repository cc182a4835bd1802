using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Calibration on rows that only tested: the error with its null limit, and the slope of outcomes on log-odds.</summary>
/// <param name="Ece">Expected calibration error.</param>
/// <param name="NullLimit">95 % quantile of the error when every PD is true.</param>
/// <param name="Slope">Logistic slope over the bins; 1 when PDs are neither too bold nor too timid.</param>
/// <param name="SlopeError">Its standard error.</param>
/// <param name="Rows">Rows.</param>
public sealed record CalibrationEvidence(double Ece, double NullLimit, double Slope, double SlopeError, long Rows)
{
    /// <summary>How far the error may lie above its null limit: one sound model in twenty lies above it by chance, and with many rows a
    /// trifle does.</summary>
    public const double MaterialError = 0.02;

    /// <summary>Slopes nearer to 1 are no fault.</summary>
    public const double MaterialSlope = 0.25;

    // 99 %, two-sided.
    private const double Quantile = 2.576;

    /// <summary>Reads a training result; null where it says nothing.</summary>
    public static CalibrationEvidence? Of(JsonElement report)
    {
        if (!report.TryGetProperty("curves", out var curves) || curves.ValueKind != JsonValueKind.Object || !curves.TryGetProperty("calibrationAfter", out var after) || after.ValueKind != JsonValueKind.Object) return null;
        if (!Number(after, "value", out var ece) || !Number(after, "nullLimit", out var limit) || !after.TryGetProperty("bins", out var list) || list.ValueKind != JsonValueKind.Array) return null;
        var bins = list.EnumerateArray().Select(bin => (
            Count: Number(bin, "count", out var count) ? count : 0, Pd: Number(bin, "meanProbability", out var pd) ? pd : 0.5, Bad: Number(bin, "badRate", out var rate) ? rate : 0)).ToList();
        var (slope, error) = SlopeOf(bins);
        return new CalibrationEvidence(ece, limit, slope, error, (long)bins.Sum(bin => bin.Count));
    }

    /// <summary>Judges size and significance: a fault is one that is both.</summary>
    public GateFinding Judge()
    {
        GateFigure[] figures = [new("ece", Ece), new("nullLimit", NullLimit), new("slope", Slope), new("slopeError", SlopeError), new("rows", Rows)];
        if (Ece > NullLimit + MaterialError)
            return new(EvidenceGate.Calibration, GateState.Failed, "calibration.error", Text($"The calibration error is {Ece:F4}; true PDs would stay below {NullLimit:F4}."), figures);
        if (Math.Abs(Slope - 1) > Math.Max(MaterialSlope, Quantile * SlopeError))
            return new(EvidenceGate.Calibration, GateState.Failed, "calibration.slope", Text($"The calibration slope is {Slope:F2} (standard error {SlopeError:F2}); it should be 1."), figures);
        return new(EvidenceGate.Calibration, GateState.Passed, "calibration.holds", Text($"Calibration error {Ece:F4} (null limit {NullLimit:F4}), slope {Slope:F2}, on {Rows} rows."), figures);
    }

    // Newton's steps for outcome ~ a + b logit(pd) on grouped rows; ridge-free, because ten bins with both outcomes have one maximum.
    private static (double Slope, double Error) SlopeOf(List<(double Count, double Pd, double Bad)> bins)
    {
        var (a, b, error) = (0.0, 1.0, double.PositiveInfinity);
        for (var step = 0; step < 50; step++)
        {
            var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 0.0, 0.0, 0.0);
            foreach (var (count, pd, bad) in bins)
            {
                var x = Math.Log(Math.Clamp(pd, 1e-9, 1 - 1e-9) / (1 - Math.Clamp(pd, 1e-9, 1 - 1e-9)));
                var p = ReproducibleMath.Logistic(a + b * x);
                var (residual, weight) = (count * (bad - p), count * p * (1 - p));
                ga += residual;
                gb += residual * x;
                haa += weight;
                hab += weight * x;
                hbb += weight * x * x;
            }

            var determinant = haa * hbb - hab * hab;
            if (!(determinant > 1e-12)) return (1, double.PositiveInfinity);
            var (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant);
            (a, b, error) = (a + Math.Clamp(da, -2, 2), b + Math.Clamp(db, -2, 2), Math.Sqrt(haa / determinant));
            if (Math.Abs(da) + Math.Abs(db) < 1e-10) break;
        }

        return (b, error);
    }

    private static bool Number(JsonElement element, string name, out double value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out value);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
