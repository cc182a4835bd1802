using System.Runtime.InteropServices;
using System.Text;
using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Registry;

/// <summary>Model packages as bytes and back. Numbers little-endian, arrays with an int32 length in front, texts in UTF-8.</summary>
public static class PackageEncoding
{
    private const string RefitsSection = "refits";
    private const string TrainedSection = "trained";

    /// <summary>The canonical bytes of a package.</summary>
    public static byte[] Write(ModelPackage package)
    {
        var sections = SectionsOf(package);
        // A part of its own kind: packages without refits keep the bytes, and so the hash, that they have always had.
        if (!package.Refits.IsEmpty) sections[RefitsSection] = package.Refits.Bytes.ToArray();
        if (package.Trained is { } trained) sections[TrainedSection] = Section(writer => WriteTrained(writer, trained));
        return PackageContainer.Write(sections);
    }

    private static Dictionary<string, byte[]> SectionsOf(ModelPackage package) => new()
    {
        ["background"] = Section(writer => WriteMatrix(writer, package.ExplanationBackground)),
        ["bins"] = Section(writer => BinsEncoding.Write(writer, package.FeatureBins)),
        ["calibration"] = Section(writer => WriteCalibration(writer, package)),
        ["confidence"] = Section(writer => WriteConfidence(writer, package.Confidence)),
        ["contract"] = Section(writer => writer.Write(package.NumericContract)),
        ["lineage"] = Section(writer => WriteLineage(writer, package.Lineage)),
        ["predictor"] = PredictorEncoding.ToBytes(package.Predictor),
        ["reasons"] = Section(writer => WriteMatrix(writer, package.ReasonBackground)),
        ["reference"] = Section(writer => WriteIntegers(writer, package.ReferenceScores)),
        ["report"] = package.Report.Utf8.ToArray(),
        ["scorecard"] = Encoding.UTF8.GetBytes(package.Scorecard.SourceText),
        ["transforms"] = package.Transforms.ToBytes(),
    };

    /// <summary>Reads a package, signed or not; refuses what is altered, incomplete or made for another dictionary than it carries. What is
    /// to serve goes through <see cref="PackageLoader"/>, which believes no package without a signature.</summary>
    public static Outcome<ModelPackage> Read(byte[] bytes)
    {
        if (SignedPackage.IsSigned(bytes)) return SignedPackage.ContentOf(bytes).Then<ModelPackage>(Read);
        return PackageContainer.Cut(bytes).Then(Read);
    }

    /// <summary>Reads a package from its sections, of which it keeps parts.</summary>
    internal static Outcome<ModelPackage> Read(PackageSections cut)
    {
        var sections = cut.Sections;
        string[] needed = ["background", "bins", "calibration", "confidence", "contract", "lineage", "predictor", "reasons", "reference", "report", "scorecard", "transforms"];
        if (needed.FirstOrDefault(name => !sections.ContainsKey(name)) is { } absent)
            return new Problem("package.incomplete", $"The package has no section {absent}.") { Remedy = "Fetch it again from where it was registered." };
        try
        {
            return Assemble(sections);
        }
        catch (Exception malformed) when (malformed is EndOfStreamException or InvalidDataException or ArgumentException or OverflowException)
        {
            return new Problem("package.malformed", $"The package cannot be read: {malformed.Message}") { Remedy = "Fetch it again from where it was registered." };
        }
    }

    private static Outcome<ModelPackage> Assemble(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections)
    {
        var reading = ScorecardReader.Read(Encoding.UTF8.GetString(sections["scorecard"].Span), "package");
        if (!reading.TryGet(out var scorecard, out var problems)) return Outcome<ModelPackage>.Refused(problems);
        if (!PredictorEncoding.Read(sections["predictor"].Span).TryGet(out var predictor, out problems)) return Outcome<ModelPackage>.Refused(problems);
        var transforms = FittedTransforms.FromBytes(sections["transforms"].ToArray());
        var columns = FeatureProgram.Compile(scorecard, transforms).Columns;
        if (columns.Count != predictor.FeatureCount)
            return new Problem("package.scorecard", $"The predictor has {predictor.FeatureCount} columns, its dictionary {columns.Count}.") { Remedy = "Train the model again on this dictionary." };
        var (platt, pd, cuts) = Open(sections["calibration"], ReadCalibration);
        return new ModelPackage
        {
            NumericContract = Open(sections["contract"], reader => reader.ReadInt32()),
            Scorecard = scorecard,
            Transforms = transforms,
            Predictor = predictor,
            Platt = platt,
            PdCalibrator = pd,
            CategoryCuts = cuts,
            ExplanationBackground = Open(sections["background"], reader => ReadMatrix(reader, columns)),
            ReasonBackground = Open(sections["reasons"], reader => ReadMatrix(reader, columns)),
            ReferenceScores = Open(sections["reference"], ReadIntegers),
            FeatureBins = Open(sections["bins"], reader => BinsEncoding.Read(reader, columns)),
            Confidence = Open(sections["confidence"], ReadConfidence),
            Refits = sections.TryGetValue(RefitsSection, out var refits) ? new PackedRefits(refits) : PackedRefits.None,
            Trained = sections.TryGetValue(TrainedSection, out var trained) ? Open(trained, ReadTrained) : null,
            Lineage = Open(sections["lineage"], ReadLineage),
            Report = new PackedText(sections["report"]),
        };
    }

    private static byte[] Section(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private static T Open<T>(ReadOnlyMemory<byte> section, Func<BinaryReader, T> read)
    {
        // Sections lie in the array of a package.
        var array = MemoryMarshal.TryGetArray(section, out var part) ? part : new ArraySegment<byte>(section.ToArray());
        using var reader = new BinaryReader(new MemoryStream(array.Array!, array.Offset, array.Count, writable: false), Encoding.UTF8);
        var value = read(reader);
        return reader.BaseStream.Position == section.Length ? value : throw new InvalidDataException("a section is longer than its content");
    }

    private static void WriteCalibration(BinaryWriter writer, ModelPackage package)
    {
        writer.Write(package.Platt.Slope);
        writer.Write(package.Platt.Intercept);
        var isotonic = package.PdCalibrator as IsotonicCalibrator;
        WriteDoubles(writer, isotonic?.Positions ?? []);
        WriteDoubles(writer, isotonic?.Probabilities ?? []);
        WriteDoubles(writer, [.. package.CategoryCuts]);
        // At the end of the section, so that a program that knows no beta refuses the package instead of issuing another PD.
        if (package.PdCalibrator is not BetaCalibrator beta) return;
        writer.Write(beta.A);
        writer.Write(beta.B);
        writer.Write(beta.C);
        writer.Write(beta.Rows);
    }

    private static (PlattCalibrator Platt, IPdCalibrator? Pd, double[] Cuts) ReadCalibration(BinaryReader reader)
    {
        var platt = new PlattCalibrator(reader.ReadDouble(), reader.ReadDouble());
        var (positions, probabilities) = (ReadDoubles(reader), ReadDoubles(reader));
        if (positions.Length != probabilities.Length) throw new InvalidDataException("knots and probabilities differ in number");
        var cuts = ReadDoubles(reader);
        if (reader.BaseStream.Position < reader.BaseStream.Length) return (platt, ReadBeta(reader), cuts);
        return (platt, positions.Length == 0 ? null : new IsotonicCalibrator(positions, probabilities), cuts);
    }

    private static BetaCalibrator ReadBeta(BinaryReader reader)
    {
        var beta = new BetaCalibrator(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32());
        return beta is { A: >= 0.0, B: >= 0.0, Rows: > 0 } && double.IsFinite(beta.A) && double.IsFinite(beta.B) && double.IsFinite(beta.C)
            ? beta : throw new InvalidDataException("a beta calibration falls or is not finite");
    }

    private static void WriteConfidence(BinaryWriter writer, ConfidenceTable? table)
    {
        writer.Write(table?.Refits ?? 0);
        WriteDoubles(writer, table?.ScoreEdges ?? []);
        WriteDoubles(writer, table?.MissingEdges ?? []);
        WriteDoubles(writer, table?.Deviations ?? []);
    }

    private static ConfidenceTable? ReadConfidence(BinaryReader reader)
    {
        var refits = reader.ReadInt32();
        var table = new ConfidenceTable(ReadDoubles(reader), ReadDoubles(reader), ReadDoubles(reader), refits);
        if (refits == 0) return null;
        return table.Deviations.Length == (table.ScoreEdges.Length + 1) * (table.MissingEdges.Length + 1)
            ? table
            : throw new InvalidDataException("the table of model uncertainty has another number of cells than its edges");
    }

    private static void WriteTrained(BinaryWriter writer, ScoreFingerprint trained)
    {
        writer.Write(trained.Rows);
        writer.Write(trained.Hash.Hex);
    }

    private static ScoreFingerprint ReadTrained(BinaryReader reader) => new(reader.ReadInt64(), new ContentHash(reader.ReadString()));

    private static void WriteLineage(BinaryWriter writer, PackageLineage lineage)
    {
        writer.Write(lineage.DataHash);
        writer.Write(lineage.Rows);
        writer.Write(lineage.Positives);
        writer.Write(lineage.Seed);
        writer.Write(lineage.CodeVersion);
        writer.Write(lineage.Family);
        writer.Write(lineage.ParametersJson);
    }

    private static PackageLineage ReadLineage(BinaryReader reader) =>
        new(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadString(), reader.ReadString(), reader.ReadString());

    private static void WriteMatrix(BinaryWriter writer, FeatureMatrix matrix)
    {
        writer.Write(matrix.Rows);
        // Bits, not values: a coded NaN keeps its payload only as bits.
        foreach (var cell in matrix.Values) writer.Write(BitConverter.SingleToUInt32Bits(cell));
    }

    private static FeatureMatrix ReadMatrix(BinaryReader reader, IReadOnlyList<FeatureColumn> columns)
    {
        var rows = reader.ReadInt32();
        var cells = Available(reader, (long)rows * columns.Count, sizeof(float));
        var values = new float[cells];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan())); // bits in memory order, which is little-endian wherever this runs
        return new FeatureMatrix(columns, rows, values);
    }

    private static void WriteDoubles(BinaryWriter writer, double[] values)
    {
        writer.Write(values.Length);
        foreach (var value in values) writer.Write(value);
    }

    private static double[] ReadDoubles(BinaryReader reader)
    {
        var values = new double[Available(reader, reader.ReadInt32(), sizeof(double))];
        for (var i = 0; i < values.Length; i++) values[i] = reader.ReadDouble();
        return values;
    }

    private static void WriteIntegers(BinaryWriter writer, int[] values)
    {
        writer.Write(values.Length);
        foreach (var value in values) writer.Write(value);
    }

    private static int[] ReadIntegers(BinaryReader reader)
    {
        var values = new int[Available(reader, reader.ReadInt32(), sizeof(int))];
        for (var i = 0; i < values.Length; i++) values[i] = reader.ReadInt32();
        return values;
    }

    // A length is believed only as far as bytes are there: a forged one must not allocate.
    private static int Available(BinaryReader reader, long count, int size) =>
        count >= 0 && count * size <= reader.BaseStream.Length - reader.BaseStream.Position
            ? (int)count
            : throw new InvalidDataException("a length is larger than the section");
}
