using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CreditWorkbench.Tests.Architecture;

/// <summary>Finds types that the surroundings leak in through: files, network, environment, console, stopwatch.</summary>
internal static class ImpureCalls
{
    private static readonly string[] Forbidden =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.Environment", "System.Console", "System.Diagnostics.Stopwatch",
        "System.Diagnostics.Process", "System.Net.", "System.Net.Http.", "Microsoft.EntityFrameworkCore.", "Microsoft.AspNetCore.",
    ];

    public static IReadOnlyList<(string Room, string Type, string Forbidden)> Read(string assemblyPath)
    {
        using var image = new PEReader(File.OpenRead(assemblyPath));
        var reader = image.GetMetadataReader();
        var found = new List<(string, string, string)>();
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = TypeNames.FullNameOf(reader, handle);
            if (RoomReferences.RoomOf(type) is not { } room) continue;
            foreach (var method in reader.GetTypeDefinition(handle).GetMethods().Select(reader.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
            {
                foreach (var token in Instructions.TokensOf(image.GetMethodBody(method.RelativeVirtualAddress).GetILReader()))
                {
                    if (Owner(reader, token) is { } owner && Forbidden.Any(name => name.EndsWith('.') ? owner.StartsWith(name, StringComparison.Ordinal) : owner == name))
                        found.Add((room, type, owner));
                }
            }
        }

        return found;
    }

    private static string? Owner(MetadataReader reader, EntityHandle token)
    {
        if (token.Kind == HandleKind.MethodSpecification) token = reader.GetMethodSpecification((MethodSpecificationHandle)token).Method;
        if (token.Kind != HandleKind.MemberReference) return null;
        var member = reader.GetMemberReference((MemberReferenceHandle)token);
        // The compiler's own iterators ask for the thread they were made on; that leaks nothing in.
        if (reader.GetString(member.Name) == "get_CurrentManagedThreadId") return null;
        var parent = member.Parent;
        return parent.Kind == HandleKind.TypeReference ? TypeNames.FullNameOf(reader, (TypeReferenceHandle)parent) : null;
    }
}
