using System.Diagnostics.CodeAnalysis;

namespace CreditWorkbench.Core.Kernel;

/// <summary>A value, or the problems that stand in its way; never both, never neither.</summary>
public sealed class Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, IReadOnlyList<Problem> problems) => (_value, Problems) = (value, problems);

    /// <summary>All problems at once; empty on success.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Whether there is a value.</summary>
    public bool Succeeded => Problems.Count == 0;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There are problems instead.</exception>
    public T Value => Succeeded ? _value! : throw new InvalidOperationException(string.Join(" ", Problems));

    /// <summary>Success.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, []);

    /// <summary>Refusal for one reason.</summary>
    public static implicit operator Outcome<T>(Problem problem) => new(default, [problem]);

    /// <summary>Refusal for several reasons.</summary>
    public static implicit operator Outcome<T>(List<Problem> problems) => Refused(problems);

    /// <summary>Success, where <typeparamref name="T"/> is an interface and the operator does not apply.</summary>
    public static Outcome<T> Success(T value) => new(value, []);

    /// <summary>Refusal for several reasons.</summary>
    /// <exception cref="ArgumentException">No problem given.</exception>
    public static Outcome<T> Refused(IReadOnlyList<Problem> problems) =>
        problems.Count > 0 ? new(default, problems) : throw new ArgumentException("A refusal names at least one problem.", nameof(problems));

    /// <summary>Splits the outcome: true with the value, false with the problems.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, out IReadOnlyList<Problem> problems)
    {
        (value, problems) = (_value, Problems);
        return Succeeded;
    }

    /// <summary>Carries a value on and leaves problems as they are.</summary>
    public Outcome<TNext> Then<TNext>(Func<T, Outcome<TNext>> next) =>
        Succeeded ? next(_value!) : Outcome<TNext>.Refused(Problems);
}
