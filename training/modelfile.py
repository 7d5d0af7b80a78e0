"""Model folders in tfjs Layers format: `model.json` and `weights.bin`, written and read."""

import hashlib
import json
from pathlib import Path

import numpy as np

from network import Network


def write_model(folder: Path, topology: dict, network: Network) -> None:
    """Float32 little-endian weights, logits out (no softmax)."""
    arrays = network.keras_weights()
    specs = [{"name": n, "shape": list(a.shape), "dtype": "float32"} for n, a in arrays.items()]
    model = {
        "format": "layers-model",
        "generatedBy": "PyTorch",
        "convertedBy": "Probust training/modelfile.py",
        "modelTopology": topology,
        "weightsManifest": [{"paths": ["weights.bin"], "weights": specs}],
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "model.json", model)
    (folder / "weights.bin").write_bytes(b"".join(a.astype("<f4").tobytes() for a in arrays.values()))


def read_model(folder: Path) -> Network:
    """The network of a model folder, in evaluation mode."""
    model = json.loads((folder / "model.json").read_text())
    network = Network(model["modelTopology"])
    arrays = {}
    for group in model["weightsManifest"]:
        raw = b"".join((folder / path).read_bytes() for path in group["paths"])
        offset = 0
        for spec in group["weights"]:
            if spec["dtype"] != "float32" or "quantization" in spec:
                raise ValueError(f"{folder}: weight {spec['name']} is not plain float32")
            count = int(np.prod(spec["shape"]))
            arrays[spec["name"]] = np.frombuffer(raw, "<f4", count, offset).reshape(spec["shape"])
            offset += 4 * count
        if offset != len(raw):
            raise ValueError(f"{folder}: {len(raw)} bytes of weights, the manifest says {offset}")
    network.load_keras_weights(arrays)
    return network.eval()


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
