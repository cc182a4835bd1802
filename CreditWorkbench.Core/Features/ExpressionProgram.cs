using System.Runtime.CompilerServices;

namespace CreditWorkbench.Core.Features;

/// <summary>A compiled expression. Immutable; allocates nothing per row unless its stack is deeper than 64.</summary>
internal sealed class ExpressionProgram(Instruction[] instructions, int depth)
{
    private const int StackInFrame = 64;

    /// <summary>The expression's value on a row; a missing or coded result is missing.</summary>
    [SkipLocalsInit]
    public double Evaluate(ReadOnlySpan<double> slots)
    {
        Span<double> stack = depth <= StackInFrame ? stackalloc double[StackInFrame] : new double[depth];
        var top = 0;
        foreach (ref readonly var step in instructions.AsSpan())
        {
            switch (step.Operation)
            {
                case Operation.Constant:
                    stack[top++] = step.Constant;
                    break;
                case Operation.Slot:
                    stack[top++] = slots[step.Index];
                    break;
                case Operation.Add:
                    top--;
                    stack[top - 1] = Operations.Known(stack[top - 1] + stack[top]);
                    break;
                case Operation.Subtract:
                    top--;
                    stack[top - 1] = Operations.Known(stack[top - 1] - stack[top]);
                    break;
                case Operation.Multiply:
                    top--;
                    stack[top - 1] = Operations.Known(stack[top - 1] * stack[top]);
                    break;
                default:
                    top -= step.Index;
                    stack[top] = Operations.Apply(step.Operation, stack.Slice(top, step.Index), step.Constant, step.Transform);
                    top++;
                    break;
            }
        }

        return double.IsNaN(stack[0]) ? Operations.Missing : stack[0];
    }
}
