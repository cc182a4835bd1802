using System.Collections.Concurrent;
using System.Reflection;
using Xunit;
using Xunit.v3;

namespace CreditWorkbench.Tests.Browser;

/// <summary>A browser test that fails says what its pages showed last and what the server wrote.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TellPagesAttribute : BeforeAfterTestAttribute
{
    private static readonly ConcurrentQueue<string> Seen = new();

    /// <summary>Keeps the account of a page until its test ends.</summary>
    public static void Saw(string account) => Seen.Enqueue(account);

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Seen.Clear();

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (TestContext.Current.TestState?.Result != TestResult.Failed) return;
        var output = TestContext.Current.TestOutputHelper;
        foreach (var account in Seen) output?.WriteLine("--- a page at the end ---" + Environment.NewLine + account);
        output?.WriteLine("--- the server's last lines ---" + Environment.NewLine + WorkbenchProcess.LastWords);
    }
}
