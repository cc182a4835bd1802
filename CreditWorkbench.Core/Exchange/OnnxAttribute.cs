using System.Text;

namespace CreditWorkbench.Core.Exchange;

/// <summary>An attribute of an ONNX node, read when it is asked for.</summary>
internal sealed class OnnxAttribute(ReadOnlyMemory<byte> message)
{
    /// <summary>Name of an AttributeProto.</summary>
    public static string NameOf(ReadOnlyMemory<byte> message)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1) return reader.Text();
            reader.Skip();
        }

        return "";
    }

    /// <summary>Its whole numbers: one, or a list.</summary>
    public List<long> Integers()
    {
        var list = new List<long>();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field is 3 or 8) reader.Integers(list);
            else reader.Skip();
        }

        return list;
    }

    /// <summary>Its numbers: one, a list, or those of a tensor.</summary>
    public List<double> Numbers()
    {
        var list = new List<double>();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field is 2 or 7) reader.Singles(list);
            else if (reader.Field == 5) list.AddRange(OnnxTensor.Read(reader.Bytes()).Values ?? throw new InvalidDataException("a tensor does not hold float, double or whole numbers in the file itself."));
            else reader.Skip();
        }

        return list;
    }

    /// <summary>Its tensor; null where it has none.</summary>
    public OnnxTensor? Tensor()
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == 5) return OnnxTensor.Read(reader.Bytes());
            reader.Skip();
        }

        return null;
    }

    /// <summary>Its text; empty where it has none.</summary>
    public string Text()
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == 4) return reader.Text();
            reader.Skip();
        }

        return "";
    }

    /// <summary>Its texts, each as what it means.</summary>
    public List<T> Texts<T>(Func<ReadOnlySpan<byte>, T> meaning)
    {
        var list = new List<T>();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == 9) list.Add(meaning(reader.Bytes().Span));
            else reader.Skip();
        }

        return list;
    }

    /// <summary>Its texts.</summary>
    public List<string> Texts() => Texts(text => Encoding.UTF8.GetString(text));
}
