using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Binning;

/// <summary>Bins in words.</summary>
public static class BinWords
{
    private const int MostCategories = 4;

    /// <summary>What is in a bin.</summary>
    public static string Of(BinFigures bin) => bin switch
    {
        { Kind: BinKind.Missing } => Texts.T("binning.missingBin"),
        { Kind: BinKind.Special } => Texts.T("binning.code", bin.Categories[0]),
        { Categories.Count: > MostCategories } => $"{string.Join(", ", bin.Categories.Take(MostCategories))} +{bin.Categories.Count - MostCategories}",
        { Categories.Count: > 0 } => string.Join(", ", bin.Categories),
        { From: { } from, To: { } to } => Texts.T("binning.between", Number(from), Number(to)),
        { To: { } to } => Texts.T("binning.upTo", Number(to)),
        { From: { } from } => Texts.T("binning.above", Number(from)),
        _ => Texts.T("binning.all"),
    };

    /// <summary>An edge.</summary>
    public static string Number(float edge) => Math.Abs(edge) >= 100_000 ? Formats.Plain(edge, 0) : Formats.Plain(edge, 4);
}
