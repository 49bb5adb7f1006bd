#!/usr/bin/env dotnet
#:property PublishAot=false
#:project Vae.Build/Vae.Build.csproj

return Vae.Build.SoakProgram.Run(Vae.Build.Repository.OfThisProgram(), args);
