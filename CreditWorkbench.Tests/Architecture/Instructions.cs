using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace CreditWorkbench.Tests.Architecture;

/// <summary>Walks IL instructions and yields the metadata tokens in them.</summary>
internal static class Instructions
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>()
        .ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    public static IEnumerable<EntityHandle> TokensOf(BlobReader body)
    {
        var tokens = new List<EntityHandle>();
        while (body.RemainingBytes > 0)
        {
            int code = body.ReadByte();
            if (code == 0xFE) code = 0xFE00 | body.ReadByte();
            Read(ref body, Operands[code], tokens);
        }

        return tokens;
    }

    private static void Read(ref BlobReader body, OperandType operand, List<EntityHandle> tokens)
    {
        switch (operand)
        {
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                tokens.Add(MetadataTokens.EntityHandle(body.ReadInt32()));
                break;
            case OperandType.InlineSwitch:
                // Read first: the offset on the left of += is taken before the count moves it.
                var targets = body.ReadInt32();
                body.Offset += 4 * targets;
                break;
            case OperandType.InlineI8 or OperandType.InlineR:
                body.Offset += 8;
                break;
            case OperandType.InlineBrTarget or OperandType.InlineI or OperandType.InlineSig or OperandType.InlineString or OperandType.ShortInlineR:
                body.Offset += 4;
                break;
            case OperandType.InlineVar:
                body.Offset += 2;
                break;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                body.Offset += 1;
                break;
        }
    }
}
