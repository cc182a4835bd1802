using System.Text.Json;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Features;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

public sealed class InputRecordJsonTests
{
    private static readonly ScorecardDefinition Applications = IntakeDictionary.Applications;

    [Fact]
    public void ToText_EveryKindOfValue_IsCanonical()
    {
        var record = Dictionaries.Record(
            Applications, InputValue.OfNumber(1e21), InputValue.Missing, InputValue.OfSpecial(1), InputValue.OfNumber(2), InputValue.OfNumber(0), InputValue.OfNumber(1),
            InputValue.OfNumber(new DateOnly(2025, 1, 31).DayNumber), InputValue.OfNumber(new DateOnly(2025, 1, 31).DayNumber + 0.25), InputValue.OfText("3174010203040506"));

        Assert.Equal(
            """{"income":1E+21,"term":null,"consistency":-1,"housing":"other","channel":"1","owner":true,"opened":"2025-01-31","seen":"2025-01-31T06:00:00Z","national_id":"3174010203040506"}""",
            InputRecordJson.ToText(record));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Bytes_RandomRecords_RoundTripBitForBit(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 500; trial++)
        {
            var record = RandomRecord(random);

            var read = InputRecordJson.FromBytes(Applications, InputRecordJson.ToBytes(record)).Value;

            Assert.Equal(record.Values, read.Values);
            Assert.Equal(InputRecordJson.Hash(record), InputRecordJson.Hash(read));
        }
    }

    [Fact]
    public void Read_WrongShapes_AreProblems()
    {
        var validator = new RecordValidator(Applications);

        Assert.Equal("values.notObject", Assert.Single(Read(validator, "[1]")).Code);
        Assert.Equal("field.type", Assert.Single(Read(validator, """{"income":[1]}""")).Code);
        Assert.Equal("field.duplicate", Assert.Single(Read(validator, """{"income":1,"income":2}""")).Code);
        Assert.Equal("field.notNumber", Assert.Single(Read(validator, """{"income":1e999}""")).Code);
        Assert.Equal("field.required", Assert.Single(Read(validator, """{"income":null}""")).Code);
        Assert.Equal("values.notJson", Assert.Single(InputRecordJson.FromBytes(Applications, "{"u8.ToArray()).Problems).Code);
    }

    private static IReadOnlyList<Core.Kernel.Problem> Read(RecordValidator validator, string json)
    {
        using var document = JsonDocument.Parse(json);
        return InputRecordJson.Read(validator, document.RootElement, RecordReading.Strict).Problems;
    }

    private static InputRecord RandomRecord(Random random)
    {
        InputValue OrMissing(InputValue value) => random.Next(5) == 0 ? InputValue.Missing : value;
        var day = new DateOnly(2020, 1, 1).DayNumber + random.Next(2000);
        return Dictionaries.Record(
            Applications,
            OrMissing(InputValue.OfNumber(random.NextDouble() * Math.Pow(10, random.Next(-20, 20)))),
            OrMissing(InputValue.OfNumber(random.Next(6, 61))),
            random.Next(2) == 0 ? InputValue.OfSpecial(1 + random.Next(2)) : OrMissing(InputValue.OfNumber(random.NextDouble())),
            OrMissing(InputValue.OfNumber(random.Next(3))),
            OrMissing(InputValue.OfNumber(random.Next(3))),
            OrMissing(InputValue.OfNumber(random.Next(2))),
            OrMissing(InputValue.OfNumber(day)),
            OrMissing(InputValue.OfNumber((long)day * TimeSpan.MillisecondsPerDay + random.Next((int)TimeSpan.MillisecondsPerDay) is var at ? at / (double)TimeSpan.MillisecondsPerDay : 0)),
            OrMissing(InputValue.OfText("3174010203040506")));
    }
}
