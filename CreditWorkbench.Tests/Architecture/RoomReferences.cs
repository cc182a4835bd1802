using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CreditWorkbench.Tests.Architecture;

/// <summary>Reads from an assembly's IL which type of which namespace names which other: signatures, fields, bases, interfaces,
/// attributes, generic arguments and method bodies.</summary>
internal sealed class RoomReferences
{
    private const string Root = "CreditWorkbench.Core.";

    private readonly MetadataReader _reader;
    private readonly PEReader _image;
    private readonly TypeNames _names;

    private RoomReferences(PEReader image)
    {
        (_image, _reader) = (image, image.GetMetadataReader());
        _names = new TypeNames();
    }

    /// <summary>All references between types of rooms, each once.</summary>
    public static IReadOnlySet<RoomReference> Read(string assemblyPath)
    {
        using var image = new PEReader(File.OpenRead(assemblyPath));
        return new RoomReferences(image).All();
    }

    /// <summary>The room of a namespace or full type name; null outside Core.</summary>
    public static string? RoomOf(string fullName)
    {
        if (!fullName.StartsWith(Root, StringComparison.Ordinal)) return null;
        var rest = fullName.AsSpan(Root.Length);
        var dot = rest.IndexOf('.');
        return dot < 0 ? null : rest[..dot].ToString();
    }

    private HashSet<RoomReference> All()
    {
        var found = new HashSet<RoomReference>();
        foreach (var handle in _reader.TypeDefinitions)
        {
            var from = TypeNames.FullNameOf(_reader, handle);
            if (RoomOf(from) is not { } fromRoom) continue;
            foreach (var to in NamesIn(_reader.GetTypeDefinition(handle)))
            {
                if (RoomOf(to) is { } toRoom && toRoom != fromRoom) found.Add(new RoomReference(fromRoom, toRoom, from, to));
            }
        }

        return found;
    }

    private IEnumerable<string> NamesIn(TypeDefinition type)
    {
        var names = new List<string>();
        names.AddRange(Of(type.BaseType));
        foreach (var handle in type.GetInterfaceImplementations()) names.AddRange(Of(_reader.GetInterfaceImplementation(handle).Interface));
        foreach (var handle in type.GetFields()) names.AddRange(_reader.GetFieldDefinition(handle).DecodeSignature(_names, null));
        foreach (var handle in type.GetCustomAttributes()) names.AddRange(Of(_reader.GetCustomAttribute(handle).Constructor));
        foreach (var handle in type.GetMethods()) names.AddRange(NamesIn(_reader.GetMethodDefinition(handle)));
        return names;
    }

    private IEnumerable<string> NamesIn(MethodDefinition method)
    {
        var signature = method.DecodeSignature(_names, null);
        var names = signature.ParameterTypes.SelectMany(type => type).Concat(signature.ReturnType).ToList();
        if (method.RelativeVirtualAddress == 0) return names;
        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            names.AddRange(_reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null).SelectMany(type => type));
        foreach (var token in Instructions.TokensOf(body.GetILReader())) names.AddRange(Of(token));
        return names;
    }

    private IEnumerable<string> Of(EntityHandle handle)
    {
        if (handle.IsNil) return [];
        return handle.Kind switch
        {
            HandleKind.TypeDefinition => [TypeNames.FullNameOf(_reader, (TypeDefinitionHandle)handle)],
            HandleKind.TypeReference => [TypeNames.FullNameOf(_reader, (TypeReferenceHandle)handle)],
            HandleKind.TypeSpecification => _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_names, null),
            HandleKind.MemberReference => OfMember(_reader.GetMemberReference((MemberReferenceHandle)handle)),
            HandleKind.MethodDefinition => Of(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()),
            HandleKind.FieldDefinition => Of(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()),
            HandleKind.MethodSpecification => OfGeneric(_reader.GetMethodSpecification((MethodSpecificationHandle)handle)),
            _ => [],
        };
    }

    private IEnumerable<string> OfMember(MemberReference member)
    {
        var owner = Of(member.Parent);
        if (member.GetKind() == MemberReferenceKind.Field) return owner.Concat(member.DecodeFieldSignature(_names, null));
        var signature = member.DecodeMethodSignature(_names, null);
        return owner.Concat(signature.ReturnType).Concat(signature.ParameterTypes.SelectMany(type => type));
    }

    private IEnumerable<string> OfGeneric(MethodSpecification method) =>
        Of(method.Method).Concat(method.DecodeSignature(_names, null).SelectMany(type => type));
}

/// <summary>One type of a room names one type of another.</summary>
internal sealed record RoomReference(string FromRoom, string ToRoom, string FromType, string ToType);
