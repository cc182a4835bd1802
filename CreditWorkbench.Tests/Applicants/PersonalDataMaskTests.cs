using CreditWorkbench.Core.Applicants;
using Xunit;

namespace CreditWorkbench.Tests.Applicants;

public sealed class PersonalDataMaskTests
{
    [Theory]
    [InlineData("Dewi Anggraini", "D••• A••••••••")]
    [InlineData("  Dewi   A ", "D••• A")]
    [InlineData("", "")]
    public void Name_KeepsFirstLetters(string name, string masked) => Assert.Equal(masked, PersonalDataMask.Name(name));

    [Theory]
    [InlineData("dewi.anggraini@contoh.co.id", "d•••@•••.id")]
    [InlineData("d@x.id", "d•••@•••.id")]
    [InlineData("no-address", "••••••••••")]
    [InlineData("", "")]
    public void Email_HidesLengthAndDomain(string email, string masked) => Assert.Equal(masked, PersonalDataMask.Email(email));

    [Theory]
    [InlineData("+6281233445566", "••••••••••••66")]
    [InlineData("12", "••")]
    public void Phone_KeepsTheLastTwo(string phone, string masked) => Assert.Equal(masked, PersonalDataMask.Phone(phone));

    [Theory]
    [InlineData("email", "d@x.id", "d•••@•••.id")]
    [InlineData("national_id", "3174096112900001", "••••••••••••••01")]
    [InlineData("nationalId", "3174096112900001", "••••••••••••••01")]
    [InlineData("address", "Jalan 1", "•••••••")]
    [InlineData("score", "587", "587")]
    public void Of_FieldByName_MasksPersonalDataOnly(string field, string value, string masked) => Assert.Equal(masked, PersonalDataMask.Of(field, value));
}
