using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Features;

/// <summary>Finds the calls of an expression that are fitted on training rows.</summary>
public static class FittedCalls
{
    /// <summary>Whether a call is fitted: <c>zscore_within</c>, <c>winsorize</c> or <c>frequency</c>.</summary>
    public static bool IsFitted(FunctionCall call) => call.Name is "zscore_within" or "winsorize" or "frequency";

    /// <summary>The fitted calls of an expression, inner ones before those that contain them; the position in this list is the
    /// ordinal under which a transform is stored.</summary>
    public static IReadOnlyList<FunctionCall> In(Expression expression)
    {
        var found = new List<FunctionCall>();
        Collect(expression, found);
        return found;
    }

    private static void Collect(Expression expression, List<FunctionCall> found)
    {
        foreach (var part in ExpressionNames.Parts(expression)) Collect(part, found);
        if (expression is FunctionCall call && IsFitted(call)) found.Add(call);
    }
}
