using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using Xunit;
using static CreditWorkbench.Tests.Features.Dictionaries;
using static CreditWorkbench.Tests.Features.Syntax;

namespace CreditWorkbench.Tests.Features;

public sealed class FeatureProgramTests
{
    private static readonly ScorecardDefinition Loans = Of(
        [Number("income"), Number("instalments"), Number("months_clean", "-1", "-2"), Category("housing", "owned", "rent"), Number("asked") with { Role = InputRole.Amount }],
        Pass("months_clean", RiskDirection.Falls, flags: true),
        Computed("dsr", Op(Name("instalments"), "/", Name("income")), RiskDirection.Rises),
        Computed("left", Op(Name("income"), "*", Op(Num(1), "-", Name("dsr"))), use: FeatureUse.Policy),
        Pass("housing", RiskDirection.Rises));

    [Fact]
    public void Columns_ModelFeatures_CarryDirectionCategoriesAndCodes()
    {
        var program = FeatureProgram.Compile(Loans, FittedTransforms.None);

        Assert.Equal(["months_clean", "dsr", "housing"], program.Columns.Select(column => column.Name));
        Assert.Equal([-1, 1, 0], program.Columns.Select(column => column.Direction));
        Assert.Equal(["-1", "-2"], program.Columns[0].SpecialCodes);
        Assert.Equal(["owned", "rent"], program.Columns[2].Categories);
    }

    [Fact]
    public void Evaluate_Case_GivesModelVectorAndNamedValues()
    {
        var program = FeatureProgram.Compile(Loans, FittedTransforms.None);
        var record = Record(Loans, InputValue.OfNumber(9_000_000), InputValue.OfNumber(3_000_000), InputValue.OfSpecial(2), InputValue.OfNumber(1), InputValue.Missing);

        var values = program.Evaluate(record);

        Assert.Equal(2, CodedNaN.CodeOf(values.Model[0]));
        Assert.Equal((float)(1.0 / 3), values.Model[1]);
        Assert.Equal(1f, values.Model[2]);
        Assert.Equal(6_000_000, values["left"], 1e-6);
        Assert.Equal(2, CodedNaN.CodeOf(values["months_clean"]));
        Assert.Null(values.Known("asked"));
        Assert.Throws<ArgumentException>(() => values["nobody"]);
    }

    [Fact]
    public void Run_SpecialsTakeTheMissingPath_CodeBecomesMissingInTheVectorOnly()
    {
        var definition = Of([Number("months", "-1")], Pass("months"), Computed("no_file", Call("is_special", Name("months"), Num(-1))));
        var values = FeatureProgram.Compile(definition, FittedTransforms.None).Evaluate(Record(definition, InputValue.OfSpecial(1)));

        Assert.True(float.IsNaN(values.Model[0]));
        Assert.Equal(0, CodedNaN.CodeOf(values.Model[0]));
        Assert.Equal(1f, values.Model[1]);
    }

    [Fact]
    public void Run_DoubleBeyondFloat_IsMissing()
    {
        var definition = Of([Number("x")], Computed("huge", Call("exp", Name("x"))));

        var values = FeatureProgram.Compile(definition, FittedTransforms.None).Evaluate(Record(definition, InputValue.OfNumber(300)));

        Assert.True(double.IsFinite(values["huge"]));
        Assert.True(float.IsNaN(values.Model[0]));
    }

    [Fact]
    public void Run_ManyRows_EqualsRowByRowWhateverTheThreads()
    {
        var program = FeatureProgram.Compile(Loans, FittedTransforms.None);
        var rows = RandomRows(5_000);
        var builder = new FeatureMatrixBuilder(program);
        foreach (var row in rows) builder.Add(row);

        var one = program.Run(rows, threads: 1);
        var many = program.Run(rows, threads: 4);
        var streamed = builder.Build();

        var slots = new double[program.SlotCount];
        var vector = new float[program.Columns.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            program.Run(rows[row], slots, vector);
            for (var column = 0; column < vector.Length; column++)
            {
                Assert.Equal(Bits(vector[column]), Bits(one.Column(column)[row]));
            }
        }

        Assert.Equal(one.Values.Select(Bits), many.Values.Select(Bits));
        Assert.Equal(one.Values.Select(Bits), streamed.Values.Select(Bits));
    }

    [Fact]
    public void PolicyExpression_AmountOfTheApplication_ComesFromRoleThenTermsThenDefault()
    {
        var definition = Loans with { Costs = new CostDefinition { Currency = "IDR", DefaultAmount = 10_000_000 } };
        var program = FeatureProgram.Compile(definition, FittedTransforms.None);
        var margin = PolicyExpression.Compile(program, Op(Num(0.5), "*", Name("amount")));
        var silent = Record(definition, InputValue.Missing, InputValue.Missing, InputValue.Missing, InputValue.Missing, InputValue.Missing);

        Assert.Equal(5_000_000, margin.Evaluate(program.Evaluate(silent)));
        Assert.Equal(1_000_000, margin.Evaluate(program.Evaluate(silent, new ApplicationTerms(2_000_000, 12))));
        Assert.Equal(4, margin.Evaluate(program.Evaluate(silent.With("asked", InputValue.OfNumber(8)), new ApplicationTerms(2_000_000, 12))));
    }

    [Fact]
    public void PolicyExpression_ConditionMissing_DoesNotFire()
    {
        var program = FeatureProgram.Compile(Loans, FittedTransforms.None);
        var rule = PolicyExpression.Compile(program, Op(Name("dsr"), ">", Num(0.4)));
        var poor = Record(Loans, InputValue.OfNumber(100), InputValue.OfNumber(50), InputValue.Missing, InputValue.Missing, InputValue.Missing);

        Assert.True(rule.Holds(program.Evaluate(poor)));
        Assert.False(rule.Holds(program.Evaluate(poor.With("income", InputValue.OfNumber(200)))));
        Assert.False(rule.Holds(program.Evaluate(poor.With("income", InputValue.Missing))));
    }

    [Fact]
    public void PolicyExpression_ActionChange_ReadsOldNewChangeAndMonths()
    {
        var program = FeatureProgram.Compile(Loans, FittedTransforms.None);
        var moved = PolicyExpression.Compile(program, Op(Op(Name("change"), "*", Name("months")), "+", Op(Name("new"), "/", Name("old"))));
        var housing = PolicyExpression.Compile(program, Text("rent"), target: "housing");
        var record = Record(Loans, InputValue.Missing, InputValue.Missing, InputValue.Missing, InputValue.Missing, InputValue.Missing);

        Assert.Equal(30.5, moved.Evaluate(program.Evaluate(record), new ActionChange(Old: 20, New: 10, Months: 3)));
        Assert.Equal(1, housing.Evaluate(program.Evaluate(record)));
    }

    private static List<InputRecord> RandomRows(int count)
    {
        var random = new Random(11);
        InputValue Value() => random.Next(8) == 0 ? InputValue.Missing : InputValue.OfNumber(random.Next(0, 50) * 1000);
        InputValue Coded() => random.Next(4) == 0 ? InputValue.OfSpecial(1 + random.Next(2)) : Value();
        return [.. Enumerable.Range(0, count).Select(_ => Record(Loans, Value(), Value(), Coded(), InputValue.OfNumber(random.Next(2)), Value()))];
    }

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);
}
