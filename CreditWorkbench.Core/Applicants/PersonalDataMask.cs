namespace CreditWorkbench.Core.Applicants;

/// <summary>Personal data as it stands on screens until somebody reveals it with a reason.</summary>
public static class PersonalDataMask
{
    private const char Dot = '•';
    private const int Shown = 2;

    /// <summary>Each word keeps its first letter: <c>D••• A•••••••</c>.</summary>
    public static string Name(string name) =>
        string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word[0] + new string(Dot, word.Length - 1)));

    /// <summary>First letter and domain's end: <c>d•••@•••.id</c>. The lengths are not those of the original.</summary>
    public static string Email(string email)
    {
        var at = email.LastIndexOf('@');
        if (at <= 0) return All(email);
        var end = email.LastIndexOf('.');
        return $"{email[0]}•••@•••{(end > at ? email[end..] : "")}";
    }

    /// <summary>Last two characters: <c>••••••••21</c>.</summary>
    public static string Phone(string phone) => Tail(phone);

    /// <summary>Last two characters.</summary>
    public static string NationalId(string nationalId) => Tail(nationalId);

    /// <summary>A value by the name of its field (name, email, phone, nationalId, address; camel or snake case); every other field stays as it is.</summary>
    public static string Of(string field, string value) => field.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "NAME" or "APPLICANTNAME" or "CONTACTNAME" => Name(value),
        "EMAIL" => Email(value),
        "PHONE" => Phone(value),
        "NATIONALID" => NationalId(value),
        "ADDRESS" => All(value),
        _ => value,
    };

    /// <summary>The applicant with every personal datum masked.</summary>
    public static Applicant Of(Applicant applicant) => applicant with
    {
        Name = Name(applicant.Name),
        Email = Email(applicant.Email),
        Phone = Phone(applicant.Phone),
        NationalId = applicant.NationalId is { } id ? NationalId(id) : null,
        ContactName = applicant.ContactName is { } contact ? Name(contact) : null,
    };

    private static string Tail(string text) => text.Length <= Shown * 2 ? All(text) : new string(Dot, text.Length - Shown) + text[^Shown..];

    private static string All(string text) => new(Dot, text.Length);
}
