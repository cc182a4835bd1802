using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Made-up values for text inputs, from fixed lists. No person bears them but by chance.</summary>
internal static class MadeUpTexts
{
    private static readonly string[] First = ["Adi", "Bunga", "Citra", "Dewi", "Eko", "Fajar", "Gita", "Hadi", "Intan", "Joko", "Kartika", "Lestari", "Made", "Nur", "Putri", "Rizki", "Sari", "Tono", "Utami", "Wayan"];
    private static readonly string[] Last = ["Anggraini", "Budiman", "Cahyadi", "Darmawan", "Firmansyah", "Gunawan", "Hidayat", "Kusuma", "Lubis", "Maharani", "Nugraha", "Permata", "Rahayu", "Santoso", "Susanto", "Wibowo"];
    private static readonly string[] Trades = ["Bahari", "Boga", "Logistik", "Mandiri", "Niaga", "Sandang", "Tani", "Teknik"];
    private static readonly string[] Streets = ["Jalan Anggrek", "Jalan Kenanga", "Jalan Melati", "Jalan Merdeka", "Jalan Pahlawan"];

    /// <summary>The value of a text input in a row; missing where the dictionary does not say what kind of text it is.</summary>
    /// <param name="input">A text input.</param>
    /// <param name="isCompany">Whether the case is about a company: its name is a firm's, not a person's.</param>
    /// <param name="stream">The row's stream for this input.</param>
    public static InputValue For(InputDefinition input, bool isCompany, RandomStream stream)
    {
        var (first, last) = (Pick(First, ref stream), Pick(Last, ref stream));
        return input.Pii switch
        {
            "name" => InputValue.OfText(isCompany ? $"PT {last} {Pick(Trades, ref stream)} {first}" : $"{first} {last}"),
            "email" => InputValue.OfText($"{first}.{last}.{Digits(4, ref stream)}@example.org".ToLowerInvariant()),
            "phone" => InputValue.OfText("0812" + Digits(8, ref stream)),
            "national_id" => InputValue.OfText("9" + Digits(15, ref stream)),
            "registration" => InputValue.OfText("9" + Digits(12, ref stream)),
            "address" => InputValue.OfText($"{Pick(Streets, ref stream)} {1 + (int)(stream.Uniform() * 200)}"),
            _ => InputValue.Missing,
        };
    }

    private static string Pick(string[] list, ref RandomStream stream) => list[(int)(stream.Uniform() * list.Length)];

    private static string Digits(int count, ref RandomStream stream) =>
        ((long)(stream.Uniform() * Math.Pow(10, count))).ToString(CultureInfo.InvariantCulture).PadLeft(count, '0');
}
