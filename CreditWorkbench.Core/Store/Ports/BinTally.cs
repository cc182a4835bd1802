using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>A number of stateless predictions of a day that fell into a bin.</summary>
internal sealed record BinTally(ContentHash Release, string ScorecardId, DateOnly Day, string Feature, int Bin, long Count);
