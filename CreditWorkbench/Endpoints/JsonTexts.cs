using System.Text.Json;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Finds texts that JSON can write down and nobody can keep: half of a surrogate pair, and the character 0.</summary>
public static class JsonTexts
{
    /// <summary>The refusal of such a text; null when there is none. Costs a search for an escape where a body has none.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static Problem? Fault(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.IndexOf("\\u"u8) < 0) return null;
        var reader = new Utf8JsonReader(bytes.Span, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is (JsonTokenType.String or JsonTokenType.PropertyName) && reader.ValueIsEscaped && !Keepable(ref reader))
                return new Problem("text.invalid", "A text holds the character 0 or half of a character.") { Remedy = "Send whole characters." };
        }

        return null;
    }

    private static bool Keepable(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()?.Contains('\0', StringComparison.Ordinal) != true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
