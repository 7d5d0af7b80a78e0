"""Recomputes a sweep that the page exported: python3 training/verify_sweep.py sweep.json input.npy

Exits with 1 unless the hashes match and, at every radius, |z| <= --max-z for `mc` (3 by default: about 1
of 370 radii exceeds it by chance), the difference is <= 2e-3 for `taylor` and <= 1e-4 for `taylor_mvs` and
`softmax`. Other estimators are listed as not checked. The column `error` is the combined standard error for
`mc` and what the page states as its numerical error for the others.
"""

import argparse
import hashlib
import json
import math
import sys
from pathlib import Path

import numpy as np
import torch

from definitions import agresti_coull, margins, monte_carlo, softmax, taylor, taylor_mvs
from modelfile import digests, read_model

HERE = Path(__file__).resolve().parent
TOLERANCE = {"taylor": 2e-3, "taylor_mvs": 1e-4, "softmax": 1e-4}


class Mismatch(Exception):
    """The sweep, the image and the model do not belong together."""


def read_sweep(path: Path) -> dict:
    sweep = json.loads(path.read_text())
    if sweep.get("schema") != "probust-sweep/1":
        raise Mismatch(f"{path}: schema {sweep.get('schema')!r}, expected 'probust-sweep/1'")
    return sweep


def read_input(path: Path, shape: list[int], sha256: str) -> torch.Tensor:
    """The prepared image as float32 [1,H,W,C], after its hash is checked."""
    image = np.load(path)
    if image.dtype != np.float32 or list(image.shape)[-3:] != shape or image.size != math.prod(shape):
        raise Mismatch(f"{path}: {image.dtype} {list(image.shape)}, expected float32 {shape}")
    found = hashlib.sha256(image.astype("<f4").tobytes()).hexdigest()
    if found != sha256:
        raise Mismatch(f"{path}: sha256 {found}, the sweep was of {sha256}")
    return torch.tensor(image.reshape(1, *shape))


def check_mc(sweep, network, x, target, args) -> bool:
    agreed = True
    for i, row in enumerate(sweep["estimates"]["mc"]):
        ours = monte_carlo(network, x, target, row["sigma"], args.samples, args.seed + i) / args.samples
        errors = agresti_coull(row["p"], row["evaluations"]), agresti_coull(ours, args.samples)
        combined = math.hypot(*errors)
        z = (row["p"] - ours) / combined
        agreed &= report("mc", row, ours, combined, abs(z) <= args.max_z, f"z {z:+.2f}")
    return agreed


def check_analytical(id: str, sweep, g, gradients) -> bool:
    temperature = sweep.get("options", {}).get("softmax", {}).get("temperature", 1)
    agreed = True
    for row in sweep["estimates"][id]:
        ours = {
            "taylor": lambda sigma: taylor(g, gradients, sigma),
            "taylor_mvs": lambda sigma: taylor_mvs(g, gradients, sigma),
            "softmax": lambda sigma: softmax(g, temperature),
        }[id](row["sigma"])
        error = row.get("numericalError") or 0.0
        agreed &= report(id, row, ours, error, abs(row["p"] - ours) <= TOLERANCE[id])
    return agreed


def report(id: str, row: dict, ours: float, error: float, agrees: bool, note: str = "") -> bool:
    verdict = "ok" if agrees else "DIFFERS"
    print(
        f"{id:<11}{row['sigma']:>9.4g}{row['p']:>11.6f}{ours:>11.6f}"
        f"{row['p'] - ours:>+12.2e}{error:>11.2e}  {verdict:<8}{note}"
    )
    return agrees


def verify(args: argparse.Namespace) -> bool:
    sweep = read_sweep(args.sweep)
    folder = args.models / sweep["model"]["id"]
    if digests(folder)[1] != sweep["model"]["sha256"]:
        raise Mismatch(f"{folder}: not the model of the sweep (sha256 {sweep['model']['sha256']})")
    network = read_model(folder)
    x = read_input(args.input, network.input_shape, sweep["image"]["sha256"])
    target = sweep["target"]["index"]
    g, gradients = margins(network, x, target)

    print(f"{sweep['model']['id']}, target {sweep['target']['label']}, {args.samples} samples a radius")
    print(f"{'estimator':<11}{'sigma':>9}{'page':>11}{'ours':>11}{'difference':>12}{'error':>11}")
    results = []
    for id in sweep["estimates"]:
        if id == "mc":
            results.append(check_mc(sweep, network, x, target, args))
        elif id in TOLERANCE:
            results.append(check_analytical(id, sweep, g, gradients))
        else:
            print(f"{id:<11} not checked here")
    if not results:
        raise Mismatch(f"{args.sweep}: holds no estimator that is checked here")
    return all(results)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sweep", type=Path, help="the exported sweep, JSON")
    parser.add_argument("input", type=Path, help="the prepared image, .npy, float32 [H,W,C]")
    parser.add_argument("--models", type=Path, default=HERE.parent / "public/models")
    parser.add_argument("--samples", type=int, default=200_000, help="noisy copies a radius")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--max-z", type=float, default=3.0)
    args = parser.parse_args()
    try:
        agreed = verify(args)
    except (Mismatch, OSError, KeyError) as error:
        sys.exit(f"cannot verify: {error!r}" if isinstance(error, KeyError) else f"cannot verify: {error}")
    print("agrees" if agreed else "DIFFERS")
    sys.exit(0 if agreed else 1)


if __name__ == "__main__":
    main()
