namespace CreditWorkbench.Web.Hosting;

/// <summary>Version of the program, for lineage and screens.</summary>
public static class CodeVersion
{
    /// <summary>Three numbers.</summary>
    public static string Text { get; } = typeof(CodeVersion).Assembly.GetName().Version!.ToString(3);
}
