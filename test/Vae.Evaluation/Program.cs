using Vae.Evaluation;

if (args.Length < 2)
{
    Console.Error.WriteLine("""
        Usage: Vae.Evaluation DATA-FOLDER COMMAND [--page FILE] [--tables a,b] …
          embeddings     [--dimensions 2,8] [--folds 1…5] [--candidate "name: Option=Value …"]…
          defaults       [--dimensions 2,8] [--folds 1…5]
          contamination  [--seeds 5] [--percentages 0,1,3] [--candidate "name: Option=Value …"]…
        Tables go to the console, or between the markers of a Markdown page.
        """);
    return 1;
}

var line = new CommandLine(args);
var commands = new Commands(line);
switch (line.Command)
{
    case "embeddings":
        commands.Embeddings();
        return 0;
    case "defaults":
        commands.Defaults();
        return 0;
    case "contamination":
        commands.Contamination();
        return 0;
    default:
        Console.Error.WriteLine($"There is no command '{line.Command}'.");
        return 1;
}
