// The namespaces are those of Core on purpose: the checkers are run over this assembly and must find these.
namespace CreditWorkbench.Core.Training
{
    internal sealed class Upstream
    {
        public static int Count => 3;
    }
}

namespace CreditWorkbench.Core.Metrics
{
    internal static class InBody
    {
        public static int Peek() => File.Exists("nowhere") ? 0 : Training.Upstream.Count;
    }

    internal sealed class InGenericArgument
    {
        public List<Training.Upstream> All { get; } = [];
    }
}

namespace CreditWorkbench.Core.Decisioning
{
    internal static class PeeksIntoTheVault
    {
        public static Task<IReadOnlyDictionary<Guid, string>> Peek(Evaluation.ISensitiveReader reader) => reader.ReadAsync("gender", [], CancellationToken.None);
    }
}
