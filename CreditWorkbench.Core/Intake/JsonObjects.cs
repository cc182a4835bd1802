namespace CreditWorkbench.Core.Intake;

/// <summary>Finds the objects of a JSON array without parsing them.</summary>
internal static class JsonObjects
{
    /// <summary>What stands next in an array.</summary>
    public enum Next
    {
        /// <summary>An object.</summary>
        Object,
        /// <summary>The end of the array.</summary>
        End,
        /// <summary>The window ends first.</summary>
        More,
        /// <summary>Something else.</summary>
        Other,
    }

    /// <summary>Looks behind separators for the next object.</summary>
    /// <param name="bytes">The window, behind the opening bracket or the object before.</param>
    /// <param name="first">Whether no object came before: then no comma may.</param>
    /// <param name="start">Where the object starts.</param>
    /// <param name="length">Its length.</param>
    public static Next Find(ReadOnlySpan<byte> bytes, bool first, out int start, out int length)
    {
        length = 0;
        start = Blanks(bytes, 0);
        if (start == bytes.Length) return Next.More;
        if (bytes[start] == (byte)']') return Next.End;
        if (!first)
        {
            if (bytes[start] != (byte)',') return Next.Other;
            start = Blanks(bytes, start + 1);
            if (start == bytes.Length) return Next.More;
        }

        if (bytes[start] != (byte)'{') return Next.Other;
        length = Length(bytes[start..]);
        return length < 0 ? Next.More : Next.Object;
    }

    private static int Blanks(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }

    private static int Length(ReadOnlySpan<byte> bytes)
    {
        var depth = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            var skip = bytes[at..].IndexOfAny("{}\""u8);
            if (skip < 0) return -1;
            at += skip;
            if (bytes[at] == (byte)'{') depth++;
            else if (bytes[at] == (byte)'}' && --depth == 0) return at + 1;
            else if (bytes[at] == (byte)'"')
            {
                at = TextEnd(bytes, at + 1);
                if (at < 0) return -1;
            }
        }

        return -1;
    }

    private static int TextEnd(ReadOnlySpan<byte> bytes, int at)
    {
        while (true)
        {
            var stop = bytes[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (stop < 0) return -1;
            at += stop;
            if (bytes[at] == (byte)'"') return at;
            at += 2;
            if (at >= bytes.Length) return -1;
        }
    }
}
