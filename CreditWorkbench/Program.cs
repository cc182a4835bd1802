using CreditWorkbench.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddWorkbenchWeb(builder.Configuration);
var app = builder.Build();
app.UseWorkbenchWeb();
await app.RunAsync();
