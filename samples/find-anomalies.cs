#!/usr/bin/env dotnet
#:property PublishAot=false
#:package Microsoft.ML
#:project ../src/Vae.Reports/Vae.Reports.csproj

Console.WriteLine(new Microsoft.ML.MLContext(1) is not null);
