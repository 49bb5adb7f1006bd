"""Usage: torch_forward.py MODULE ROWS WIDTH: what the module's forward gives for the rows of a file of floats, as files beside it."""
import importlib.util
import sys

import torch

module_path, rows_path, width = sys.argv[1], sys.argv[2], int(sys.argv[3])
specification = importlib.util.spec_from_file_location("vae_module", module_path)
module = importlib.util.module_from_spec(specification)
specification.loader.exec_module(module)
torch.set_num_threads(1)
with open(rows_path, "rb") as file:
    rows = torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(-1, width)
with torch.no_grad():
    results = module.Vae()(rows)
for name, values in zip(("Embedding", "LogVariance", "Reconstruction"), results):
    with open(f"{rows_path}.{name}", "wb") as file:
        file.write(values.contiguous().numpy().tobytes())
