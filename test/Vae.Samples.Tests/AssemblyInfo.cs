using Xunit;

// Programs run in the process of the tests: they share its console and its current folder.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
