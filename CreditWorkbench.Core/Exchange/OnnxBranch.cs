namespace CreditWorkbench.Core.Exchange;

/// <summary>How a node of an ONNX tree compares a value with its own.</summary>
internal enum OnnxBranch
{
    /// <summary>Not at all: a leaf.</summary>
    Leaf,
    /// <summary>At most.</summary>
    AtMost,
    /// <summary>Less.</summary>
    Less,
    /// <summary>At least.</summary>
    AtLeast,
    /// <summary>Greater.</summary>
    Greater,
    /// <summary>Equal.</summary>
    Equal,
    /// <summary>Not equal; holds of a missing value too, as IEEE 754 has it.</summary>
    NotEqual,
    /// <summary>A word that this program does not know.</summary>
    Unknown,
}

/// <summary>What the words of <c>nodes_modes</c> mean.</summary>
internal static class OnnxBranches
{
    /// <summary>The branch that a word names.</summary>
    public static OnnxBranch Of(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("LEAF"u8)) return OnnxBranch.Leaf;
        if (word.SequenceEqual("BRANCH_LEQ"u8)) return OnnxBranch.AtMost;
        if (word.SequenceEqual("BRANCH_LT"u8)) return OnnxBranch.Less;
        if (word.SequenceEqual("BRANCH_GTE"u8)) return OnnxBranch.AtLeast;
        if (word.SequenceEqual("BRANCH_GT"u8)) return OnnxBranch.Greater;
        if (word.SequenceEqual("BRANCH_EQ"u8)) return OnnxBranch.Equal;
        return word.SequenceEqual("BRANCH_NEQ"u8) ? OnnxBranch.NotEqual : OnnxBranch.Unknown;
    }

    /// <summary>The test of a node; true goes left.</summary>
    /// <param name="branch">How it compares; not a leaf.</param>
    /// <param name="feature">Feature.</param>
    /// <param name="value">What it compares with; not NaN.</param>
    /// <param name="missingGoesTrue">Whether the node sends a missing value the way of true.</param>
    public static SourceTest TestOf(this OnnxBranch branch, int feature, double value, bool missingGoesTrue)
    {
        var atMost = SourceTest.FloatAtMost(value);
        var below = atMost < value ? atMost : float.IsNegativeInfinity(atMost) ? atMost : MathF.BitDecrement(atMost);
        return branch switch
        {
            OnnxBranch.AtMost => SourceTest.OfNumbers(feature, x => x <= value, [atMost], missingGoesTrue),
            OnnxBranch.Less => SourceTest.OfNumbers(feature, x => x < value, [below], missingGoesTrue),
            OnnxBranch.AtLeast => SourceTest.OfNumbers(feature, x => x >= value, [below], missingGoesTrue),
            OnnxBranch.Greater => SourceTest.OfNumbers(feature, x => x > value, [atMost], missingGoesTrue),
            OnnxBranch.Equal => SourceTest.OfNumbers(feature, x => x == value, [below, atMost], missingGoesTrue),
            _ => SourceTest.OfNumbers(feature, x => x != value, [below, atMost], true),
        };
    }
}
