"""Mean p_robust of an exported model over a grid of radii: python3 training/robustness.py <id> --data DIR"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import torch

from mnist import read_test
from modelfile import read_model
from network import Network

HERE = Path(__file__).resolve().parent
MOST_ROBUST, LEAST_ROBUST = 0.99, 0.3  # mean p_robust at the ends of the recommended radii


def measure(
    network: Network, images: np.ndarray, options: dict, seed: int, device: torch.device
) -> list[dict]:
    """Mean p_robust of the clean prediction at every `sigma` (pixel units) of a recipe's `robustness`.

    The standard error is that of the mean over images, so it holds both the choice of the images
    and the sampling of the noise. The noise is not clipped.
    """
    network = network.to(device).eval()
    generator = torch.Generator(device).manual_seed(seed)
    samples = options["samplesPerImage"]
    clean = torch.tensor(images[: options["images"]], device=device).float() / 255
    rows = []
    with torch.no_grad():
        targets = network(clean).argmax(1)
        for sigma in options["sigmas"]:
            kept = []
            for image, target in zip(clean, targets):
                noise = torch.randn(samples, *image.shape, generator=generator, device=device)
                kept.append((network(image + sigma * noise).argmax(1) == target).float().mean().item())
            spread = float(np.std(kept, ddof=1)) / math.sqrt(len(kept))
            rows.append({"sigma": sigma, "mean": round(float(np.mean(kept)), 5), "stdErr": round(spread, 5)})
    return rows


def recommended_range(rows: list[dict]) -> dict[str, float]:
    """The radii at which the mean first falls to the two ends, to two significant digits."""
    return {"min": crossing(rows, MOST_ROBUST), "max": crossing(rows, LEAST_ROBUST)}


def crossing(rows: list[dict], level: float) -> float:
    """Linear interpolation between the two radii around the first fall to `level`."""
    for a, b in zip(rows, rows[1:]):
        if a["mean"] >= level > b["mean"]:
            share = (a["mean"] - level) / (a["mean"] - b["mean"])
            return float(f"{a['sigma'] + share * (b['sigma'] - a['sigma']):.2g}")
    raise ValueError(f"the measured radii do not bracket a mean p_robust of {level}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--data", type=Path, required=True, help="folder of the gzipped IDX files")
    parser.add_argument("--models", type=Path, default=HERE.parent / "public/models")
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    args = parser.parse_args()
    recipe = json.loads((HERE / "recipes" / f"{args.model}.json").read_text())
    images, labels = read_test(args.data)
    network = read_model(args.models / args.model)
    with torch.no_grad():
        predicted = network(torch.tensor(images).float() / 255).argmax(1).numpy()
    print(f"{args.model}: {100 * (predicted == labels).mean():.2f} % of {len(images)} test images (PyTorch)")
    rows = measure(network, images, recipe["robustness"], recipe["seed"], torch.device(args.device))
    for row in rows:
        print(f"sigma {row['sigma']:<6g} mean p_robust {row['mean']:.4f} +- {row['stdErr']:.4f}")
    print(f"recommended sigma: {recommended_range(rows)}")


if __name__ == "__main__":
    main()
