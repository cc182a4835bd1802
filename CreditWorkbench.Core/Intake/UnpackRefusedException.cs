using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Carries a limit out of a stream's read, where an outcome has no way; translated by <see cref="ByteWindow"/>.</summary>
internal sealed class UnpackRefusedException(Problem problem) : IOException(problem.Message)
{
    public Problem Problem { get; } = problem;
}
