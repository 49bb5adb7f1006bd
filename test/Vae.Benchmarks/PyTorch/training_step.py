"""The training step of Vae.Core's defaults in PyTorch, as a peer to compare with: same network, likelihood, optimizer and batch.

Usage: training_step.py INPUTS HIDDEN,HIDDEN LATENT BATCH TORCH_THREADS

For each line with a number of seconds on the standard input it trains for so long and prints a line: the median of microseconds per step over blocks of steps.
The number of BLAS threads comes from the environment (OPENBLAS_NUM_THREADS).
"""

import itertools
import math
import sys
import time

import torch
from torch import nn

STEPS_PER_BLOCK = 10


class Vae(nn.Module):
    """ELU after every hidden layer but the two next to the bottleneck; one learned noise scale."""

    def __init__(self, inputs, hidden, latent):
        super().__init__()
        self.encoder = self.stack(inputs, hidden, 2 * latent, linear=len(hidden) - 1)
        self.decoder = self.stack(latent, hidden[::-1], inputs, linear=0)
        self.log_scale = nn.Parameter(torch.zeros(()))

    @staticmethod
    def stack(width, hidden, outputs, linear):
        layers = []
        for index, units in enumerate(hidden):
            layers.append(nn.Linear(width, units))
            if index != linear:
                layers.append(nn.ELU())
            width = units
        layers.append(nn.Linear(width, outputs))
        return nn.Sequential(*layers)

    def loss(self, rows):
        mean, log_variance = self.encoder(rows).chunk(2, dim=1)
        log_variance = log_variance.clamp(-20, 10)
        latent = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        error = (self.decoder(latent) - rows) * torch.exp(-self.log_scale)
        reconstruction = (0.5 * error * error + self.log_scale + 0.5 * math.log(2 * math.pi)).sum(dim=1)
        divergence = 0.5 * (mean * mean + log_variance.exp() - 1 - log_variance).sum(dim=1)
        return (reconstruction + divergence).mean()


def main():
    inputs, hidden, latent, batch, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    torch.manual_seed(0)
    model = Vae(int(inputs), [int(width) for width in hidden.split(",")], int(latent))
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-4)
    rows = torch.randn(64 * int(batch), int(inputs))
    order = torch.randperm(len(rows)).view(-1, int(batch))

    numbers = itertools.count()

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = model.loss(rows[order[next(numbers) % len(order)]])
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 10.0)
        optimizer.step()

    def block():
        start = time.perf_counter()
        for _ in range(STEPS_PER_BLOCK):
            step()
        return (time.perf_counter() - start) / STEPS_PER_BLOCK * 1e6

    block()
    for seconds in sys.stdin:
        block()
        end = time.perf_counter() + float(seconds)
        blocks = [block()]
        while time.perf_counter() < end or len(blocks) < 3:
            blocks.append(block())
        print(sorted(blocks)[len(blocks) // 2], flush=True)


if __name__ == "__main__":
    main()
