using Vae.Benchmarks.Reporting;
using Vae.MLNet.Benchmarks;

List<string> arguments = [.. args];
var output = ResultOutput.Take(arguments);
if (arguments is ["cursor"]) return CursorCost.Run(output);

Console.Error.WriteLine("cursor   what a row costs in an ML.NET cursor: read, embedded by a VAE, projected to principal components");
return 2;
