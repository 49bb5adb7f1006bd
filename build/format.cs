#!/usr/bin/env dotnet
#:property PublishAot=false
#:project Vae.Build/Vae.Build.csproj

return Vae.Build.FormatProgram.Run(Vae.Build.Repository.OfThisProgram(), args);
