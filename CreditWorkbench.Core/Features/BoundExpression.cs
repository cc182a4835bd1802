namespace CreditWorkbench.Core.Features;

/// <summary>An expression whose names are slots, whose texts are numbers and whose functions are operations.</summary>
/// <param name="operation">What the node computes.</param>
/// <param name="parts">Operands in order; empty for constants and slots.</param>
/// <param name="constant">Value of a constant; index of the code of <see cref="Operation.IsSpecial"/>.</param>
/// <param name="slot">Slot that is read; -1 where none is.</param>
/// <param name="transform">The fitted transform; null for every other operation.</param>
internal sealed class BoundExpression(Operation operation, BoundExpression[] parts, double constant = 0, int slot = -1, FittedTransform? transform = null)
{
    public Operation Operation { get; } = operation;

    public BoundExpression[] Parts { get; } = parts;

    public double Constant { get; } = constant;

    public int Slot { get; } = slot;

    public FittedTransform? Transform { get; } = transform;

    public static BoundExpression OfConstant(double value) => new(Operation.Constant, [], value);

    public static BoundExpression OfSlot(int slot) => new(Operation.Slot, [], slot: slot);
}
