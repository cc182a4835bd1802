using CreditWorkbench.Web.Commands;

return await CommandLine.RunAsync(args);
