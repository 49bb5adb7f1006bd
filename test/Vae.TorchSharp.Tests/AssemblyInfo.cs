using Xunit;

// Tests watch what libtorch keeps for the whole process: live tensors, thread count, memory.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
