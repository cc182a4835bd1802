using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Reads the fields of one protocol buffer message, one after the other, without copying.</summary>
/// <remarks>Encoding of protobuf.dev/programming-guides/encoding: tag = field number x 8 + wire type. A length is believed only as far as
/// bytes are there. Faults are <see cref="InvalidDataException"/>s that name the byte within the message.</remarks>
internal struct ProtoReader(ReadOnlyMemory<byte> message)
{
    private const int MostVarintBytes = 10;
    private int _at;

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>How the current field is encoded.</summary>
    public ProtoWire Wire { get; private set; }

    /// <summary>Goes to the next field; the value of the current one was taken or skipped.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (_at >= message.Length) return false;
        var tag = Varint();
        if (tag >> 3 is 0 or > int.MaxValue) throw Fault($"a field has the number {tag >> 3}");
        (Field, Wire) = ((int)(tag >> 3), (ProtoWire)(tag & 7));
        return Wire is ProtoWire.Varint or ProtoWire.Fixed64 or ProtoWire.Bytes or ProtoWire.Fixed32 ? true : throw Fault($"field {Field} has the unknown encoding {(int)Wire}");
    }

    /// <summary>The value as a whole number.</summary>
    public long Integer() => Wire == ProtoWire.Varint ? (long)Varint() : throw Fault($"field {Field} is not a whole number");

    /// <summary>The value as a float32.</summary>
    public float Single() => Wire == ProtoWire.Fixed32 ? BinaryPrimitives.ReadSingleLittleEndian(Take(4).Span) : throw Fault($"field {Field} is not a 32-bit number");

    /// <summary>The value as bytes: a text, a message, packed numbers.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        if (Wire != ProtoWire.Bytes) throw Fault($"field {Field} is not bytes");
        var length = Varint();
        return length <= (ulong)(message.Length - _at) ? Take((int)length) : throw Fault($"field {Field} claims {length} bytes, {message.Length - _at} are left");
    }

    /// <summary>The value as a text.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    /// <summary>Adds the value to a list: one float32, or a packed run of them.</summary>
    public void Singles(List<double> into)
    {
        if (Wire != ProtoWire.Bytes)
        {
            into.Add(Single());
            return;
        }

        var packed = Bytes().Span;
        if (packed.Length % 4 != 0) throw Fault($"field {Field} does not hold whole 32-bit numbers");
        for (; packed.Length > 0; packed = packed[4..]) into.Add(BinaryPrimitives.ReadSingleLittleEndian(packed));
    }

    /// <summary>Adds the value to a list: one float64, or a packed run of them.</summary>
    public void Doubles(List<double> into)
    {
        var packed = Wire == ProtoWire.Fixed64 ? Take(8).Span : Bytes().Span;
        if (packed.Length % 8 != 0) throw Fault($"field {Field} does not hold whole 64-bit numbers");
        for (; packed.Length > 0; packed = packed[8..]) into.Add(BinaryPrimitives.ReadDoubleLittleEndian(packed));
    }

    /// <summary>Adds the value to a list: one whole number, or a packed run of them.</summary>
    public void Integers(List<long> into)
    {
        if (Wire != ProtoWire.Bytes)
        {
            into.Add(Integer());
            return;
        }

        var packed = new ProtoReader(Bytes());
        while (packed._at < packed.Length) into.Add((long)packed.Varint());
    }

    /// <summary>Passes over the value.</summary>
    public void Skip()
    {
        switch (Wire)
        {
            case ProtoWire.Varint:
                Varint();
                break;
            case ProtoWire.Fixed64:
                Take(8);
                break;
            case ProtoWire.Fixed32:
                Take(4);
                break;
            default:
                Bytes();
                break;
        }
    }

    private readonly int Length => message.Length;

    private ulong Varint()
    {
        var number = 0UL;
        for (var i = 0; i < MostVarintBytes; i++)
        {
            var next = Take(1).Span[0];
            number |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80) return number;
        }

        throw Fault("a number does not end");
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count > message.Length - _at) throw Fault("the message breaks off");
        var taken = message.Slice(_at, count);
        _at += count;
        return taken;
    }

    private readonly InvalidDataException Fault(string what) => new(string.Create(CultureInfo.InvariantCulture, $"byte {_at} of {message.Length}: {what}."));
}

/// <summary>How a field is encoded.</summary>
internal enum ProtoWire
{
    /// <summary>A whole number of 7 bits a byte.</summary>
    Varint = 0,
    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,
    /// <summary>A length and as many bytes.</summary>
    Bytes = 2,
    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}
