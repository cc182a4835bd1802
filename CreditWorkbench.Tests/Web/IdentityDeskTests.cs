using System.Security.Claims;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Store;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>What accounts refuse, at the desks behind the pages.</summary>
public sealed class IdentityDeskTests : IAsyncLifetime
{
    private const string Password = "Right-password-1";
    private static readonly Actor Admin = new(Guid.CreateVersion7(), "Rina", ActorKind.User, Roles.PermissionsOf([Roles.Admin]));
    private readonly string _data = Directory.CreateTempSubdirectory("workbench-").FullName;
    private WebApplication _app = null!;
    private AsyncServiceScope _scope;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private UserManager<WorkbenchUser> Users => Get<UserManager<WorkbenchUser>>();

    public async ValueTask InitializeAsync()
    {
        _app = await WorkbenchHost.OpenAsync(_data, CancellationToken.None);
        _scope = _app.Services.CreateAsyncScope();
        await Get<IdentitySeed>().RolesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _app.DisposeAsync();
        TestStore.ClosePools(new CreditWorkbench.Core.Store.StoreOptions { DataDirectory = _data });
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData("no mail", Password)]
    [InlineData("rina@example.com", "short")]
    public async Task FirstAdmin_NotGoodEnough_KeepsTheTokenForTheNextTry(string email, string password)
    {
        var token = Get<FirstAdminToken>().Issue();
        var desk = Get<FirstAdminDesk>();

        var refused = await desk.CreateAsync(token, "Rina", email, password, Now);
        var made = await desk.CreateAsync(token, "Rina", "rina@example.com", Password, Now);
        var again = await desk.CreateAsync(token, "Rina", "other@example.com", Password, Now);

        Assert.NotEmpty(refused);
        Assert.Empty(made);
        Assert.NotEmpty(again);
        Assert.Equal(["rina@example.com"], Users.Users.Select(user => user.Email).ToList());
    }

    [Fact]
    public async Task OwnAccount_PasswordTriedOutInAnOpenSession_LocksTheAccount()
    {
        var user = await AddAsync("Maya", Roles.LoanOfficer);
        var desk = Get<OwnAccountDesk>();
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id.ToString())], "test"));

        for (var i = 0; i < Users.Options.Lockout.MaxFailedAccessAttempts; i++) await desk.DisableAsync(person, "Wrong-password-1", Now);
        var right = await desk.RenewCodesAsync(person, Password, Now);
        var changed = await desk.ChangePasswordAsync(person, Password, "Another-password-1", Now);

        Assert.True(await Users.IsLockedOutAsync(user));
        Assert.NotEmpty(right.Problems);
        Assert.NotEmpty(changed.Problems);
        Assert.True(await Users.CheckPasswordAsync(user, Password));
    }

    [Fact]
    public async Task Code_OfAnAccountLockedSinceThePassword_IsRefused()
    {
        var user = await AddAsync("Maya", Roles.LoanOfficer);
        var desk = new SignInDesk(new AfterThePassword(_scope.ServiceProvider, user), Get<SignInAttempts>(), Get<IAuditTrail>(), TimeProvider.System);
        var before = await desk.CodeAsync("ABCDE-FGHJK", Now);
        await Users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue);

        var locked = await desk.CodeAsync("ABCDE-FGHJK", Now);

        Assert.Equal(SignInEnd.SignedIn, before.End);
        Assert.Equal(SignInEnd.Locked, locked.End);
    }

    [Fact]
    public async Task Stranger_AfterTooManyTries_IsLockedLikeAnAccount()
    {
        var (desk, allowed) = (Get<SignInDesk>(), Users.Options.Lockout.MaxFailedAccessAttempts);

        var ends = new List<SignInEnd>();
        for (var i = 0; i <= allowed; i++) ends.Add((await desk.PasswordAsync("nobody@example.com", "Some-password-1", Now)).End);

        Assert.Equal([.. Enumerable.Repeat(SignInEnd.Wrong, allowed - 1), SignInEnd.Locked, SignInEnd.Locked], ends);
        Assert.NotNull(Get<SignInAttempts>().LockedUntil(" NOBODY@example.com", allowed));
        Assert.Null(Get<SignInAttempts>().LockedUntil("somebody@example.com", allowed));
    }

    [Fact]
    public async Task Reset_OfAUser_TakesTheAuthenticatorKeyAway()
    {
        var user = await AddAsync("Maya", Roles.LoanOfficer);
        await Users.ResetAuthenticatorKeyAsync(user);
        var before = await Users.GetAuthenticatorKeyAsync(user);

        var answer = await Get<UserDesk>().ResetAsync(user.Id, Admin, Now);

        Assert.NotNull(answer.Link);
        Assert.NotEqual(before, await Users.GetAuthenticatorKeyAsync(user));
    }

    [Fact]
    public async Task List_OfUsers_ShowsTheRolesOfEach()
    {
        await AddAsync("Zara", Roles.Auditor, Roles.Viewer);
        await AddAsync("Maya", Roles.LoanOfficer);

        var views = (await Get<UserDesk>().ListAsync(Admin, Now)).Value;

        Assert.Equal(["Maya", "Zara"], views.Select(view => view.Name));
        Assert.Equal([Roles.LoanOfficer], views[0].UserRoles);
        Assert.Equal(Roles.All.Where(role => role is Roles.Auditor or Roles.Viewer), views[1].UserRoles);
    }

    private async Task<WorkbenchUser> AddAsync(string name, params string[] roles)
    {
        var answer = await Get<UserDesk>().AddAsync(name, $"{name}@example.com", Password, roles, Admin, Now);
        Assert.Empty(answer.Problems);
        return (await Users.FindByIdAsync(answer.UserId!.Value.ToString()))!;
    }

    // Somebody whose password was right, and whose recovery code is.
    private sealed class AfterThePassword(IServiceProvider services, WorkbenchUser user) : SignInManager<WorkbenchUser>(
        services.GetRequiredService<UserManager<WorkbenchUser>>(), services.GetRequiredService<IHttpContextAccessor>(), services.GetRequiredService<IUserClaimsPrincipalFactory<WorkbenchUser>>(),
        services.GetRequiredService<IOptions<IdentityOptions>>(), services.GetRequiredService<ILogger<SignInManager<WorkbenchUser>>>(), services.GetRequiredService<IAuthenticationSchemeProvider>(),
        services.GetRequiredService<IUserConfirmation<WorkbenchUser>>())
    {
        public override Task<WorkbenchUser?> GetTwoFactorAuthenticationUserAsync() => Task.FromResult<WorkbenchUser?>(user);

        public override Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) => Task.FromResult(SignInResult.Success);
    }

    private T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();
}
