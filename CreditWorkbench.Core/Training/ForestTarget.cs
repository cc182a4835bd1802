namespace CreditWorkbench.Core.Training;

/// <summary>What a forest learns: bad or good, or a position on an ordered scale.</summary>
public sealed record ForestTarget
{
    private ForestTarget(double[]? anchors) => Anchors = anchors;

    /// <summary>Two classes: 0 good, 1 bad. Leaves hold the weighted share of bad.</summary>
    public static ForestTarget Binary { get; } = new((double[]?)null);

    /// <summary>Position of each class, best class first; null for a binary target.</summary>
    public IReadOnlyList<double>? Anchors { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => Anchors?.Count ?? 2;

    /// <summary>Ordered classes, class index 0 the best. Leaves hold z = sum of anchor x class share, the shares at the training prior.</summary>
    /// <param name="anchors">Position of each class, strictly falling, 2 to 8 of them; the trust scale has 800, 600, 400.</param>
    /// <exception cref="ArgumentException">Not strictly falling, or the wrong number.</exception>
    public static ForestTarget Ordinal(params double[] anchors)
    {
        if (anchors.Length is < 2 or > ClassSum.MaxClasses) throw new ArgumentException($"Expected 2 to {ClassSum.MaxClasses} anchors, got {anchors.Length}.", nameof(anchors));
        for (var k = 1; k < anchors.Length; k++)
        {
            if (!(anchors[k] < anchors[k - 1])) throw new ArgumentException("Anchors fall from the best class to the worst.", nameof(anchors));
        }

        return new ForestTarget([.. anchors]);
    }
}
