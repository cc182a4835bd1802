using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Tests.Scorecards;

/// <summary>Everything that a definition says, as text by reflection; layout (lines, source text, expressions as written) left out.</summary>
internal static class DefinitionContent
{
    private static readonly HashSet<string> Layout = ["Line", "SourceText", "ExpressionText", "WhenText", "EqualityContract", "ModelFeatures"];

    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance;

    public static string Of(ScorecardDefinition definition)
    {
        var text = new StringBuilder();
        Add(definition, "", text);
        return text.ToString();
    }

    private static void Add(object? value, string path, StringBuilder text)
    {
        switch (value)
        {
            case null: text.AppendLine(CultureInfo.InvariantCulture, $"{path}: null"); break;
            case Expression expression: text.AppendLine(CultureInfo.InvariantCulture, $"{path}: {ExpressionText.Of(expression)}"); break;
            case string or bool or int or double or decimal or DateOnly or TimeOnly or Enum:
                text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {value}"));
                break;
            case IEnumerable items:
                var i = 0;
                foreach (var item in items) Add(item, $"{path}[{i++}]", text);
                text.AppendLine(CultureInfo.InvariantCulture, $"{path}: {i} items");
                break;
            default:
                foreach (var property in value.GetType().GetProperties(Instance).Where(property => !Layout.Contains(property.Name) && property.GetIndexParameters().Length == 0))
                    Add(property.GetValue(value), $"{path}.{property.Name}", text);
                foreach (var field in value.GetType().GetFields(Instance)) Add(field.GetValue(value), $"{path}.{field.Name}", text);
                break;
        }
    }
}
