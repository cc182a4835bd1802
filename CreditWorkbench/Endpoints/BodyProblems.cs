using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>A body that is refused while it streams in: too long, or packed to burst.</summary>
public sealed class BodyRefusedException(Problem problem) : IOException(problem.Message)
{
    /// <summary>Why.</summary>
    public Problem Problem { get; } = problem;
}

/// <summary>Refusals that concern a body as a whole.</summary>
public static class BodyProblems
{
    /// <summary>Nothing, or the word null.</summary>
    public static Problem Empty { get; } = new("body.empty", "The call has no body.") { Remedy = "Send a JSON object." };

    /// <summary>Longer than the route takes.</summary>
    public static Problem TooLarge(long limit) => new("body.tooLarge", $"The body is longer than {limit} bytes.") { Remedy = "Send less at a time." };

    /// <summary>Packed data that grows more than a hundredfold.</summary>
    public static Problem Bomb { get; } = new("body.ratio", "The packed body grows more than a hundredfold.") { Remedy = "Send it plain." };

    /// <summary>Packed data that is broken.</summary>
    public static Problem Broken { get; } = new("body.packed", "The body is not valid gzip.") { Remedy = "Pack it again, or send it plain." };

    /// <summary>What the server's own reading of a request refuses.</summary>
    public static Problem Of(BadHttpRequestException broken)
    {
        ArgumentNullException.ThrowIfNull(broken);
        return broken.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => new Problem("body.tooLarge", "The body is longer than this call takes.") { Remedy = "Send less at a time." },
            StatusCodes.Status415UnsupportedMediaType => new Problem("body.mediaType", "The body is of a type that this call does not take.") { Field = "Content-Type" },
            _ => new Problem("request.invalid", "The request cannot be read.") { Remedy = "See the description of the call." },
        };
    }
}
