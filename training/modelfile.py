"""Model folders in tfjs Layers format: `model.json` and `weights.bin`, written and read."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from network import Network


FLOAT16 = {"dtype": "float16", "original_dtype": "float32"}
MOST_CHANGE = 1e-2
FEW_VALUES = 2000  # arrays below this stay float32: they weigh little, and their rounding moves logits most


def write_model(folder: Path, topology: dict, network: Network, precision: str = "float32") -> None:
    """Logits out (no softmax). Weights are little-endian float32; `precision` float16 halves the large arrays,
    which tfjs widens on reading."""
    if precision not in ("float32", "float16"):
        raise ValueError(f"weights are stored as float32 or float16, not as {precision}")
    specs, parts = [], []
    for name, array in network.keras_weights().items():
        halved = precision == "float16" and array.size >= FEW_VALUES
        spec = {"name": name, "shape": list(array.shape), "dtype": "float32"}
        specs.append(spec | ({"quantization": FLOAT16} if halved else {}))
        parts.append(array.astype("<f2" if halved else "<f4").tobytes())
    model = {
        "format": "layers-model",
        "generatedBy": "PyTorch",
        "convertedBy": "Probust training/modelfile.py",
        "modelTopology": topology,
        "weightsManifest": [{"paths": ["weights.bin"], "weights": specs}],
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "model.json", model)
    (folder / "weights.bin").write_bytes(b"".join(parts))


def read_model(folder: Path) -> Network:
    """The network of a model folder, in evaluation mode."""
    model = json.loads((folder / "model.json").read_text())
    network = Network(model["modelTopology"])
    arrays = {}
    for group in model["weightsManifest"]:
        raw = b"".join((folder / path).read_bytes() for path in group["paths"])
        offset = 0
        for spec in group["weights"]:
            quantization = spec.get("quantization")
            if spec["dtype"] != "float32" or quantization not in (None, FLOAT16):
                raise ValueError(f"{folder}: weight {spec['name']} is neither float32 nor float16")
            stored = np.dtype("<f4" if quantization is None else "<f2")
            count = int(np.prod(spec["shape"]))
            values = np.frombuffer(raw, stored, count, offset).astype(np.float32)
            arrays[spec["name"]] = values.reshape(spec["shape"])
            offset += stored.itemsize * count
        if offset != len(raw):
            raise ValueError(f"{folder}: {len(raw)} bytes of weights, the manifest says {offset}")
    network.load_keras_weights(arrays)
    return network.eval()


class Exported(NamedTuple):
    precision: str
    largest_logit_change: float  # by storing the weights in that precision


def export(folder: Path, topology: dict, network: Network, x: torch.Tensor, precision: str) -> Exported:
    """Writes a trained network, and measures on x [N,H,W,C] how far its logits went from the float32 ones.

    Half precision that moves one by 1e-2 or more is a ValueError."""
    exact = Network(topology).eval()
    exact.load_keras_weights(network.keras_weights())
    write_model(folder, topology, exact, precision)
    stored, largest = read_model(folder), 0.0
    with torch.no_grad():
        for part in x.cpu().split(500):
            largest = max(largest, float((exact(part) - stored(part)).abs().max()))
    if largest >= MOST_CHANGE:
        raise ValueError(f"{folder}: {precision} moves a logit by {largest:.4f}; let the recipe store float32")
    return Exported(precision, float(f"{largest:.2g}"))


def digests(folder: Path, names: tuple[str, ...] = ("model.json", "weights.bin")) -> tuple[list[dict], str]:
    """Size and sha256 of each file, and the sha256 of all their bytes in that order."""
    contents = [(folder / name).read_bytes() for name in names]
    files = [
        {"path": name, "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
        for name, raw in zip(names, contents)
    ]
    return files, hashlib.sha256(b"".join(contents)).hexdigest()


def write_json(path: Path, value: dict) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")
