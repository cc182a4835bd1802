using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCaseOrderer(typeof(TestOrder))]
[assembly: TestCollectionOrderer(typeof(TestOrder))]

namespace CreditWorkbench.Tests;

/// <summary>
/// A shuffled order of the tests that follows from their names and a seed alone. The runner's own order follows from the folder in which the
/// assembly lies, so that a test which leans on another one passes here and fails there. Another order: <c>WORKBENCH_TEST_SEED=7 dotnet test</c>.
/// </summary>
public sealed class TestOrder : ITestCaseOrderer, ITestCollectionOrderer
{
    private static readonly string Seed = Environment.GetEnvironmentVariable("WORKBENCH_TEST_SEED") ?? "1";

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(found => Place(found.TestCaseDisplayName), StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(found => Place(NameOf(found.TestCollectionDisplayName)), StringComparer.Ordinal)];

    // The runner ends the name of a class's own collection with an id that follows from the folder.
    private static string NameOf(string collection) => collection.Split(" (id:")[0];

    private static string Place(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed} {name}")));
}
