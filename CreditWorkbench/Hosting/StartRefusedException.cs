using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Hosting;

/// <summary>The workbench cannot start as it is set up; the problems say why.</summary>
public sealed class StartRefusedException(IReadOnlyList<Problem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>What is wrong and what to do.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
