import base64
import json

import torch
from torch import nn
from torch.nn import functional


class Vae(nn.Module):
    """The trained network. It takes rows as the library does: original units, NaN where missing, one-hot groups as zeros and ones.

    forward(rows) gives (embedding, log_variance, reconstruction): the mean and log-variance of the posterior [N, k], and the row that is
    expected at the mean [N, slots], in original units and probabilities. A new module is in evaluation mode; in training mode dropout
    works and batch normalization learns. prepare, encode, decode and expect are the parts of forward. log_noise_scale is log s of each
    numeric slot.
    """

    def __init__(self):
        super().__init__()
        self.slot_count = DESCRIPTION["slotCount"]
        self.latent_dimension = DESCRIPTION["latentDimension"]
        for name in ("means", "deviations"):
            self.register_buffer(name, torch.tensor(DESCRIPTION[name], dtype=torch.float64), persistent=False)
        self.register_buffer("log_noise_scale", torch.tensor(DESCRIPTION["logNoiseScale"]), persistent=False)
        self.encoder = nn.Sequential(*(_layer(**layer) for layer in DESCRIPTION["encoder"]))
        self.decoder = nn.Sequential(*(_layer(**layer) for layer in DESCRIPTION["decoder"]))
        self.load_state_dict({name: _tensor(*stored) for name, stored in WEIGHTS.items()})
        self.eval()

    def forward(self, rows):
        prepared = self.prepare(rows)
        embedding, log_variance = self.encode(prepared)
        return embedding, log_variance, self.expect(self.decode(embedding, prepared[:, self.slot_count:]))

    def prepare(self, rows):
        """Rows as the network takes them: standardized, 0 where a value is missing; behind the slots the conditions."""
        values = rows.double()
        prepared = (values - self.means) / self.deviations
        for slot, there, _ in DESCRIPTION["maps"]:
            prepared[:, slot] = _interpolate(values[:, slot], *there)
        return torch.nan_to_num(prepared.clamp(-DESCRIPTION["farthest"], DESCRIPTION["farthest"]), nan=0.0).float()

    def encode(self, prepared):
        """The mean and log-variance of the posterior of prepared rows."""
        mean, log_variance = self.encoder(prepared).split(self.latent_dimension, 1)
        return mean, log_variance.clamp(*DESCRIPTION["logVariances"])

    def decode(self, latent, conditions):
        """What the likelihoods take, from latent vectors and prepared conditions: standardized numbers and logits [N, slots]."""
        return self.decoder(torch.cat([latent, conditions], 1))

    def expect(self, outputs):
        """What is expected, from the outputs of decode: numbers in original units and probabilities."""
        values = outputs.double()
        expected = values * self.deviations[:self.slot_count] + self.means[:self.slot_count]
        for slot, _, back in DESCRIPTION["maps"]:
            if slot < self.slot_count:
                expected[:, slot] = _interpolate(values[:, slot], *back)
        for function, start, end in DESCRIPTION["probabilities"]:
            logits = values[:, start:end]
            expected[:, start:end] = logits.softmax(1) if function == "softmax" else logits.sigmoid()
        largest = torch.finfo(torch.float32).max
        return expected.clamp(-largest, largest).float()


class _Activation(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


_ACTIVATIONS = {
    "Identity": nn.Identity(),
    "ReLU": functional.relu,
    "LeakyReLU": functional.leaky_relu,
    "ELU": functional.elu,
    "GELU": functional.gelu,
    "Tanh": torch.tanh,
    "Softplus": functional.softplus,
}


def _layer(inputs, outputs, normalized, activation, dropout):
    layer = nn.Sequential()
    layer.add_module("dense", nn.Linear(inputs, outputs))
    if normalized:
        layer.add_module("norm", nn.BatchNorm1d(outputs, eps=DESCRIPTION["epsilon"], momentum=DESCRIPTION["momentum"]))
    layer.add_module("activation", _Activation(_ACTIVATIONS[activation]))
    layer.add_module("dropout", nn.Dropout(dropout))
    return layer


def _interpolate(values, thresholds, origins, bases, slopes):
    thresholds, origins, bases, slopes = (
        torch.tensor(numbers, dtype=torch.float64, device=values.device) for numbers in (thresholds, origins, bases, slopes))
    line = torch.bucketize(values.contiguous(), thresholds, right=True)
    return bases[line] + (values - origins[line]) * slopes[line]


def _tensor(shape, text):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32).reshape(shape).clone()
