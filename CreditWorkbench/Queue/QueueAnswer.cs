using System.Text.Json;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Web.Endpoints;

namespace CreditWorkbench.Web.Queue;

/// <summary>Answers to messages: ids, score and recommendation, never personal data.</summary>
internal static class QueueAnswer
{
    /// <summary>To an application, or to news about one.</summary>
    public static string Of(string messageId, CreditApplication application, IssuedScore? score, Guid? review, string? reference = null) => JsonSerializer.Serialize(
        new
        {
            messageId,
            reference,
            applicationId = application.Id,
            number = application.Number,
            applicantId = application.ApplicantId,
            scoreId = score?.Id,
            score = score?.Score.Issued,
            grade = score?.Score.Grade,
            recommendation = score?.Policy.Recommendation,
            reviewId = review,
        },
        ApiJson.Options);

    /// <summary>To news about an entity of the feature store.</summary>
    public static string Of(string messageId, string scorecard, FeatureRow row) =>
        JsonSerializer.Serialize(new { messageId, scorecard, entity = row.Entity, asOf = row.AsOf, fields = row.Fields.Count(field => field.Text is not null) }, ApiJson.Options);
}
