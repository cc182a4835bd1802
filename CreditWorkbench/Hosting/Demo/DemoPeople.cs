using CreditWorkbench.Core.Applicants;

namespace CreditWorkbench.Web.Hosting.Demo;

/// <summary>Fictional applicants; any likeness to a person is chance.</summary>
public static class DemoPeople
{
    private static readonly string[] Names =
    [
        "Dewi Anggraini", "Budi Santoso", "Siti Rahmawati", "Agus Wibowo", "Putri Lestari", "Hendra Gunawan", "Ratna Sari", "Joko Susilo", "Maya Kusuma", "Rudi Hartono",
        "Lina Marlina", "Andi Pratama", "Yuni Astuti", "Fajar Nugraha", "Wulan Permata", "Dimas Saputra", "Ayu Puspita", "Bayu Setiawan", "Citra Dewanti", "Eko Purnomo",
        "Fitri Handayani", "Gilang Ramadhan", "Indah Wahyuni", "Kevin Tanuwijaya", "Laras Utami", "Nanda Firmansyah", "Rizky Maulana", "Sri Mulyati", "Taufik Hidayat", "Vina Oktaviani",
        "Wahyu Kurniawan", "Yoga Aditya", "Zahra Amalia", "Bagus Prasetyo", "Intan Pertiwi", "Surya Darmawan",
    ];

    /// <summary>How many there are.</summary>
    public static int Count => Names.Length;

    /// <summary>What the n-th person is registered with.</summary>
    public static ApplicantRequest Request(int n)
    {
        var name = Names[n];
        var email = $"{name.ToLowerInvariant().Replace(' ', '.')}@example.com";
        return new ApplicantRequest(ApplicantKind.Person, name, email, $"+62 811 555 {n:0000}", $"3171{n:000000000000}", n % 3 == 0 ? "en" : "id", n % 2 == 0 ? "Jakarta" : "Bandung");
    }
}
