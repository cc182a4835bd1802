namespace CreditWorkbench.Core.Features;

/// <summary>Turns a bound expression into a program for a stack of doubles: operands first, each instruction replaces its operands
/// by its result.</summary>
internal static class ExpressionCompiler
{
    /// <summary>Compiles an expression.</summary>
    public static ExpressionProgram Compile(BoundExpression expression)
    {
        var instructions = new List<Instruction>();
        var deepest = 0;
        Emit(expression, 0, instructions, ref deepest);
        return new ExpressionProgram([.. instructions], deepest);
    }

    private static void Emit(BoundExpression expression, int depth, List<Instruction> instructions, ref int deepest)
    {
        for (var i = 0; i < expression.Parts.Length; i++) Emit(expression.Parts[i], depth + i, instructions, ref deepest);
        deepest = Math.Max(deepest, depth + Math.Max(1, expression.Parts.Length));
        var index = expression.Operation == Operation.Slot ? expression.Slot : expression.Parts.Length;
        instructions.Add(new Instruction(expression.Operation, index, expression.Constant, expression.Transform));
    }
}

/// <summary>One step of a program.</summary>
/// <param name="Operation">What it computes.</param>
/// <param name="Index">Slot that is read, or number of operands.</param>
/// <param name="Constant">Constant or code.</param>
/// <param name="Transform">Fitted transform; null otherwise.</param>
internal readonly record struct Instruction(Operation Operation, int Index, double Constant, FittedTransform? Transform);
