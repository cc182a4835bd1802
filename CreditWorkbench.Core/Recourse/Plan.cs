namespace CreditWorkbench.Core.Recourse;

/// <summary>Which option of each action is taken, and how long one waits at least.</summary>
/// <param name="Choices">Index of the option per action; -1: the action is not taken.</param>
/// <param name="Wait">Months from today at least; 0 for no longer than the steps take.</param>
internal sealed record Plan(int[] Choices, int Wait)
{
    /// <summary>Nothing is done.</summary>
    public static Plan Idle(int actions) => new(Enumerable.Repeat(-1, actions).ToArray(), 0);

    /// <summary>Identity among the plans of one search.</summary>
    public string Key => $"{string.Join(',', Choices)};{Wait}";

    /// <summary>A copy with another choice for one action.</summary>
    public Plan With(int action, int choice)
    {
        var choices = (int[])Choices.Clone();
        choices[action] = choice;
        return this with { Choices = choices };
    }
}
