using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CreditWorkbench.Benchmarks;
using CreditWorkbench.Benchmarks.Accuracy;
using CreditWorkbench.Benchmarks.Desk;
using CreditWorkbench.Benchmarks.Peers;

if (args is [PeersVerb.Name, .. var asked]) return await PeersVerb.RunAsync(asked);
if (args is [PeersTaskVerb.Name, .. var task]) return PeersTaskVerb.Run(task);
if (args is [ConstantServer.Name, .. var served]) return await ConstantServer.RunAsync(served);
if (args is [ApiKeyCommand.Name, .. var store]) return await ApiKeyCommand.RunAsync(store);
if (args is [AccuracyCommand.Name, .. var options]) return await AccuracyCommand.RunAsync(options);
if (args is [DeskCommand.Name, .. var desk]) return await DeskCommand.RunAsync(desk);

// In process: the projects that the harness would generate do not know the repository's central package versions.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
