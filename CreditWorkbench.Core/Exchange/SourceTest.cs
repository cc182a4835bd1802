namespace CreditWorkbench.Core.Exchange;

/// <summary>A run of numbers that a test sends one way.</summary>
/// <param name="Upto">Its highest number; the next run begins with the next float.</param>
/// <param name="GoesLeft">Its way.</param>
internal readonly record struct NumberRun(float Upto, bool GoesLeft);

/// <summary>One test of a tree from elsewhere: where it sends each number and a missing value, whatever words its format has for it.</summary>
/// <param name="Feature">Feature.</param>
/// <param name="Runs">All floats from -Infinity to +Infinity as runs, neighbours going different ways; empty for a test of categories.</param>
/// <param name="Categories">Categories that go left; empty for a test of numbers.</param>
/// <param name="MissingGoesLeft">Where a missing value goes.</param>
internal sealed record SourceTest(int Feature, IReadOnlyList<NumberRun> Runs, IReadOnlyList<int> Categories, bool MissingGoesLeft)
{
    /// <summary>A test of numbers.</summary>
    /// <param name="feature">Feature.</param>
    /// <param name="rule">Whether a float goes left.</param>
    /// <param name="edges">Every float after which the rule may change its mind; in any order, none NaN.</param>
    /// <param name="missingGoesLeft">Where a missing value goes.</param>
    public static SourceTest OfNumbers(int feature, Func<float, bool> rule, ReadOnlySpan<float> edges, bool missingGoesLeft)
    {
        float[] uppers = [.. edges, float.PositiveInfinity];
        System.Array.Sort(uppers);
        var runs = new List<NumberRun>(uppers.Length);
        foreach (var upto in uppers)
        {
            // The rule is constant over a run, so its highest float speaks for it.
            var goesLeft = rule(upto);
            if (runs.Count > 0 && (runs[^1].GoesLeft == goesLeft || runs[^1].Upto == upto)) runs[^1] = new NumberRun(upto, runs[^1].GoesLeft);
            else runs.Add(new NumberRun(upto, goesLeft));
        }

        return new SourceTest(feature, runs, [], missingGoesLeft);
    }

    /// <summary>A test of category indices.</summary>
    /// <param name="feature">Feature.</param>
    /// <param name="left">Indices that go left; at least one.</param>
    /// <param name="missingGoesLeft">Where a missing value goes.</param>
    public static SourceTest OfCategories(int feature, IReadOnlyList<int> left, bool missingGoesLeft) => new(feature, [], left, missingGoesLeft);

    /// <summary>The highest float at or below a number: a float is at most the number exactly when it is at most this.</summary>
    public static float FloatAtMost(double number)
    {
        var nearest = (float)number;
        return nearest > number ? MathF.BitDecrement(nearest) : nearest;
    }
}
