using System.Security.Cryptography;

namespace CreditWorkbench.Web.Components.Layout;

/// <summary>Short references that a person can read out.</summary>
public static class ErrorReference
{
    /// <summary>A new reference, such as <c>X-7Q2F4K</c>; letters and digits that cannot be mistaken for each other.</summary>
    public static string New() => "X-" + RandomNumberGenerator.GetString("23456789ABCDEFGHJKMNPQRSTVWXYZ", 6);
}
