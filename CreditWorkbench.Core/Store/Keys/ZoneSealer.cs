using System.Text;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>Encrypts the zones under the key ring's current key.</summary>
internal sealed class ZoneSealer(KeyRing ring) : IZoneSealer
{
    public byte[] Seal(ReadOnlySpan<byte> plain, string place, Guid file) => ring.Seal(plain, PlaceOf(place, file));

    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string place, Guid file) => ring.Open(sealedBytes, PlaceOf(place, file));

    private static byte[] PlaceOf(string place, Guid file) => Encoding.UTF8.GetBytes($"{place}:{file:n}");
}
