using System.Globalization;
using CreditWorkbench.Tests.Commands;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>A model that Python trained, from its file to scored rows: nothing is shared with the program that trained it but the JSON.</summary>
public sealed class XgboostScenarioTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ImportedModel_ScoresAFile_WithXgboostsMargins()
    {
        PythonPeer.RunXgboost(Script, _folder.Path);
        var imported = await RunAsync("import-model", "--format", "xgboost", "--file", _folder.File("model.json"), "--background", _folder.File("background.csv"), "--input", _folder.File("labelled.csv"), "--target", "bad", "--bad", "1", "--register", "foreign");
        var scored = _folder.File("scored.csv");

        var run = await RunAsync("score", "--model", "foreign", "--input", _folder.File("new.csv"), "--out", scored, "--explain", "full");

        Assert.Equal((0, ""), (imported.Code, imported.Code == 0 ? "" : imported.Error));
        Assert.Equal((0, ""), (run.Code, run.Code == 0 ? "" : run.Error));
        var sheet = Sheet.Read(scored);
        var margins = PythonPeer.Numbers<float>(_folder.File("margins.f32"));
        string[] features = ["income_monthly", "debt", "age years", "region"];
        Assert.Equal(300, sheet.Rows.Count);
        for (var row = 0; row < 300; row++)
        {
            var margin = sheet.Number(row, "margin");
            Assert.Equal(margins[row], margin, 1e-5 * Math.Max(1, Math.Abs(margin)));
            Assert.Equal(margin, sheet.Number(row, "base") + sheet.Header.Where(name => name.StartsWith("phi_", StringComparison.Ordinal)).Sum(name => sheet.Number(row, name)), 1e-8);
        }

        Assert.Equal(features.Length, sheet.Header.Count(name => name.StartsWith("phi_", StringComparison.Ordinal)));
        Assert.Contains(sheet.Column("reason1_code"), code => code.Length > 0);
        Assert.All(sheet.Column("error"), error => Assert.Equal("", error));
        Assert.Contains(sheet.Column("decision"), decision => decision == "decline");
    }

    /// <summary>The path method needs no background and says what XGBoost says.</summary>
    [Fact]
    public async Task ImportedModel_PathMethod_GivesXgboostsContributions()
    {
        PythonPeer.RunXgboost(Script, _folder.Path);
        await RunAsync("import-model", "--format", "xgboost", "--file", _folder.File("model.json"), "--register", "foreign");
        var scored = _folder.File("scored.csv");

        var refused = await RunAsync("score", "--model", "foreign", "--input", _folder.File("new.csv"), "--out", scored, "--explain", "full");
        var run = await RunAsync("score", "--model", "foreign", "--input", _folder.File("new.csv"), "--out", scored, "--explain", "full", "--method", "path");

        Assert.Equal((1, true), (refused.Code, refused.Error.Contains("background.missing", StringComparison.Ordinal)));
        Assert.Equal((0, ""), (run.Code, run.Code == 0 ? "" : run.Error));
        var (sheet, theirs) = (Sheet.Read(scored), PythonPeer.Numbers<float>(_folder.File("contribs.f32")));
        string[] columns = ["phi_income_monthly", "phi_debt", "phi_age_years", "phi_region", "base"];
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            for (var i = 0; i < columns.Length; i++) Assert.Equal(theirs[row * columns.Length + i], sheet.Number(row, columns[i]), 1e-5);
        }
    }

    private Task<CommandRun> RunAsync(params string[] args) => CommandRoom.RunOnAsync(_folder.File("data"), args);

    private static readonly string Script = string.Create(CultureInfo.InvariantCulture, $$"""
        import numpy as np, pandas as pd, xgboost as xgb
        r = np.random.default_rng(11)
        n = 6000
        frame = pd.DataFrame({'income_monthly': np.exp(r.normal(8, .6, n)).round(2), 'debt': r.random(n).round(4), 'age years': r.integers(18, 80, n).astype(float), 'region': r.integers(0, 12, n)})
        z = 3 * frame['debt'] - .5 * (np.log(frame['income_monthly']) - 8) + .02 * (40 - frame['age years']) + .4 * (frame['region'] % 3 == 0) - 2
        frame['bad'] = (r.logistic(size=n) + z > 0).astype(int)
        frame.loc[r.random(n) < .1, 'debt'] = np.nan
        frame.loc[r.random(n) < .05, 'age years'] = -9
        names = ['income_monthly', 'debt', 'age years', 'region']
        typed = frame[names].assign(region=pd.Categorical(frame['region']))
        data = lambda part: xgb.DMatrix(typed[part], enable_categorical=True)
        train = xgb.DMatrix(typed[:4000], label=frame['bad'][:4000], enable_categorical=True)
        model = xgb.train(dict(objective='binary:logistic', tree_method='hist', max_depth=4, eta=.1, max_cat_to_onehot=1), train, 60)
        model.save_model('model.json')
        frame[4000:5000].to_csv('labelled.csv', index=False)
        frame[names][4500:5500].to_csv('background.csv', index=False)
        frame[names][5500:5800].to_csv('new.csv', index=False)
        model.predict(data(slice(5500, 5800)), output_margin=True).tofile('margins.f32')
        np.ascontiguousarray(xgb.Booster(model_file='model.json').predict(data(slice(5500, 5800)), pred_contribs=True)).tofile('contribs.f32')
        """);
}
