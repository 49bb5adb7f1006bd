using System.CommandLine;
using System.Globalization;
using Vae.Soak;

// Trains, saves, loads, scores and kills at random, against an oracle. What it kills are processes of this program:
//   train SEED FOLDER THREADS BUDGET   trains the table of a seed with checkpoints, tells every epoch, and saves the model
//   save MODEL OTHER PATH              saves two models to one path in turn, without end
switch (args)
{
    case ["train", var seedOfTable, var folder, var threads, var budget]:
        SoakTable.Of(Number(seedOfTable)).Train(folder, Number(threads), Number(budget));
        return 0;
    case ["save", var one, var other, var path]:
        Kills.SaveInTurn(one, other, path);
        return 0;
}

var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 30 };
var seed = new Option<int?>("--seed") { Description = "What the tables are drawn from; another each time if it is not given." };
var round = new Option<int>("--round") { Description = "The round to begin with: that of a difference." };
var root = new RootCommand("Trains, saves, loads, scores and kills at random, and ends at the first difference.") { minutes, seed, round };
root.SetAction(result =>
{
    int drawn = result.GetValue(seed) ?? Random.Shared.Next();
    var run = new SoakRun(Console.Out, drawn, new SoakRound(drawn).Run);
    return run.Run(TimeSpan.FromMinutes(result.GetValue(minutes)), result.GetValue(round));
});
return root.Parse(args).Invoke();

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
