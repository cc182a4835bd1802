using System.Text.Json;
using CreditWorkbench.Tests.Commands;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>The whole way of every family that may decide: train, register, score a file with reasons, check on a file.</summary>
[Collection(CommandCollection.Name)]
public sealed class FamilyScenarioTests(CommandRoom room)
{
    private static readonly string[] Features = ["income", "debt", "job"];

    [Theory]
    [InlineData("scorecard")]
    [InlineData("logistic")]
    [InlineData("boosting-leafwise")]
    [InlineData("forest")]
    [InlineData("boosting")]
    [InlineData("blend")]
    public async Task Family_FromAFile_TrainsRegistersScoresExplainsAndReopens(string family)
    {
        var (file, name) = (room.Borrowers($"{family}.csv", rows: 1_500), $"family-{family}");

        var trained = await room.RunAsync(
            "train", "--input", file, "--target", "bad", "--bad", "1", "--id", "id", "--candidates", family, "--params", room.Parameters, "--acknowledge", "all", "--register", name, "--json", room.File($"{name}.json"));
        Assert.True(trained.Code == 0, trained.Error);
        Assert.Contains($"Registered as {name}@1", trained.Out, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(room.File($"{name}.json"), TestContext.Current.CancellationToken));
        Assert.Equal(family, report.RootElement.GetProperty("model").GetString());

        var scored = await room.RunAsync("score", "--model", $"{name}@1", "--input", file, "--out", room.File($"{name}.scored.csv"), "--explain", "full");
        Assert.True(scored.Code == 0, scored.Error);
        AddsUp(Sheet.Read(room.File($"{name}.scored.csv")));

        var evaluated = await room.RunAsync("evaluate", "--model", $"{name}@1", "--input", file, "--target", "bad", "--bad", "1", "--json", room.File($"{name}.evaluated.json"));
        Assert.True(evaluated.Code == 0, evaluated.Error);
    }

    [Fact]
    public async Task Network_FromAFile_IsRegisteredWithALabelScoresAndIsNotPromoted()
    {
        var file = room.Borrowers("network.csv", rows: 1_500);

        var trained = await room.RunAsync(
            "train", "--input", file, "--target", "bad", "--bad", "1", "--id", "id", "--candidates", "network", "--acknowledge", "all", "--register", "family-network", "--json", room.File("network.json"));
        Assert.True(trained.Code == 0, trained.Error);
        Assert.Contains("The reasons of a network are sampled", trained.Out, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(room.File("network.json"), TestContext.Current.CancellationToken));
        Assert.False(report.RootElement.GetProperty("reasonsAreExact").GetBoolean());

        var scored = await room.RunAsync("score", "--model", "family-network@1", "--input", file, "--out", room.File("network.scored.csv"));
        Assert.True(scored.Code == 0, scored.Error);
        Assert.Equal(1_500, Sheet.Read(room.File("network.scored.csv")).Rows.Count);

        Assert.Equal(0, (await room.RunAsync("promote", "family-network@1", "--stage", "staging", "--note", "beside")).Code);
        await room.RunAsync("users", "add", "risk@example.id", "--name", "Rizal", "--role", "RiskAnalyst");
        var promoted = await room.RunAsync("promote", "family-network@1", "--stage", "production", "--note", "no", "--as", "risk@example.id");
        Assert.Equal(1, promoted.Code);
        Assert.Contains("can only be sampled", promoted.Error, StringComparison.Ordinal);
    }

    private static void AddsUp(Sheet rows)
    {
        Assert.Equal(1_500, rows.Rows.Count);
        foreach (var row in Enumerable.Range(0, rows.Rows.Count))
        {
            var margin = rows.Number(row, "margin");
            Assert.Equal(margin, rows.Number(row, "base") + Features.Sum(name => rows.Number(row, $"phi_{name}")), 1e-9 * Math.Max(1.0, Math.Abs(margin)));
            var points = rows.Number(row, "base_points") + Features.Sum(name => rows.Number(row, $"points_{name}"));
            Assert.Equal(rows.Number(row, "scoreUnrounded"), points, 1e-6);
            Assert.Equal(rows.Number(row, "score"), points + rows.Number(row, "rounding") + rows.Number(row, "clip"), 1e-6);
        }
    }
}
