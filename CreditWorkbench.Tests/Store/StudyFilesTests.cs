using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class StudyFilesTests : IDisposable
{
    private const string Rows = "income,instalments\n5000000,1000000\n";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_File_ComesBackByteForByteWithWhoAndWhen()
    {
        await using var workbench = await Workbench.OpenAsync(_folder.Path);
        var files = workbench.Get<IStudyFiles>();

        var added = (await AddAsync(files, "rows.csv", Rows)).Value;

        var kept = Assert.Single(await files.ListAsync(Cancellation));
        Assert.Equal(added, kept);
        Assert.Equal(("rows.csv", (long)Rows.Length, People.Analyst.Id, ContentHash.Of(Encoding.UTF8.GetBytes(Rows))), (kept.Name, kept.Bytes, kept.AddedBy, kept.Hash));
        await using var bytes = await files.OpenAsync(kept.Hash, Cancellation);
        using var reader = new StreamReader(bytes!);
        Assert.Equal(Rows, await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Add_File_IsSealedAtRest()
    {
        await using var workbench = await Workbench.OpenAsync(_folder.Path);
        await AddAsync(workbench.Get<IStudyFiles>(), "Dewi Anggraini.csv", Rows);

        var written = Directory.EnumerateFiles(Path.Combine(_folder.Path, "studies")).ToList();

        Assert.NotEmpty(written);
        Assert.All(written, path => Assert.DoesNotContain("5000000", Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal));
        Assert.All(written, path => Assert.DoesNotContain("Anggraini", path + Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_SameBytesAgain_IsTheSameFileWithOneEntry()
    {
        await using var workbench = await Workbench.OpenAsync(_folder.Path);
        var files = workbench.Get<IStudyFiles>();

        var first = (await AddAsync(files, "rows.csv", Rows)).Value;
        var again = (await AddAsync(files, "copy.csv", Rows)).Value;

        Assert.Equal(first, again);
        Assert.Single(await workbench.Audit.SearchAsync(new AuditQuery { SubjectId = first.Hash.Hex }, Cancellation));
    }

    [Fact]
    public async Task Add_NothingAtAll_IsRefused()
    {
        await using var workbench = await Workbench.OpenAsync(_folder.Path);

        Assert.Equal("study.file.empty", (await AddAsync(workbench.Get<IStudyFiles>(), "rows.csv", "")).Problems[0].Code);
    }

    [Fact]
    public async Task Remove_File_IsGoneAndWrittenDown()
    {
        await using var workbench = await Workbench.OpenAsync(_folder.Path);
        var files = workbench.Get<IStudyFiles>();
        var file = (await AddAsync(files, "rows.csv", Rows)).Value;

        await files.RemoveAsync(file, People.Analyst, Cancellation);

        Assert.Empty(await files.ListAsync(Cancellation));
        Assert.Null(await files.OpenAsync(file.Hash, Cancellation));
        Assert.Equal(2, (await workbench.Audit.SearchAsync(new AuditQuery { SubjectId = file.Hash.Hex }, Cancellation)).Count);
    }

    [Theory]
    [InlineData("../workbench.db")]
    [InlineData("/etc/hostname")]
    [InlineData("missing.csv")]
    public async Task Folder_NameOutsideIt_OpensNothing(string name)
    {
        await using var workbench = await Workbench.OpenAsync(_folder.Path);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "import"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "import", "rows.csv"), Rows, Cancellation);
        var files = workbench.Get<IStudyFiles>();

        Assert.Equal(["rows.csv"], files.InFolder());
        Assert.Null(files.OpenFromFolder(name));
        await using var opened = files.OpenFromFolder("rows.csv");
        Assert.NotNull(opened);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<Outcome<StudyFile>> AddAsync(IStudyFiles files, string name, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await files.AddAsync(name, content, People.Analyst, Cancellation);
    }
}
