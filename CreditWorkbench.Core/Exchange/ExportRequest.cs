using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>A model of ours that is to run elsewhere.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Predictor">The predictor.</param>
/// <param name="Columns">Columns of its vector, in order.</param>
/// <param name="Platt">Margin to calibrated log-odds; the identity for ordinal models.</param>
public sealed record ExportRequest(string Name, Predictor Predictor, IReadOnlyList<FeatureColumn> Columns, PlattCalibrator Platt);
