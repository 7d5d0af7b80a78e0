"""Mean p_robust of an exported model, over radii and beside an ordinary model:
python3 training/robustness.py <id> --data DIR [--write]"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import torch

from datasets import DATASETS
from modelfile import read_model, write_json
from network import Network

HERE = Path(__file__).resolve().parent
MOST_ROBUST, LEAST_ROBUST = 0.99, 0.3  # mean p_robust at the ends of the recommended radii
COMPARED_AT = 0.5  # of the ordinary model's mean p_robust
LEAST_GAIN, LEAST_ERRORS = 0.15, 3  # what a robust model's mean has to be higher by, and in standard errors


def shares_kept(
    network: Network, images: np.ndarray, sigma: float, samples: int, seed: int, device: torch.device
) -> np.ndarray:
    """Of each image uint8 [N,H,W,C]: the share of `samples` noisy copies that keep the clean prediction, right or
    wrong. `sigma` is in pixel units; the noise is not clipped."""
    network = network.to(device).eval()
    generator = torch.Generator(device).manual_seed(seed)
    clean = torch.tensor(images, device=device).float() / 255
    kept = []
    with torch.no_grad():
        for image, target in zip(clean, network(clean).argmax(1)):
            noise = torch.randn(samples, *image.shape, generator=generator, device=device)
            kept.append((network(image + sigma * noise).argmax(1) == target).float().mean().item())
    return np.array(kept)


def mean_of(values: np.ndarray) -> dict[str, float]:
    """The standard error holds both the choice of the images and the sampling of the noise."""
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return {"mean": round(float(values.mean()), 5), "stdErr": round(error, 5)}


def measure(network: Network, images: np.ndarray, options: dict, seed: int, device: torch.device) -> list[dict]:
    """Mean p_robust at every `sigma` of a recipe's `robustness`, over its first `images`."""
    some, samples = images[: options["images"]], options["samplesPerImage"]
    return [
        {"sigma": sigma, **mean_of(shares_kept(network, some, sigma, samples, seed, device))}
        for sigma in options["sigmas"]
    ]


def compare(
    network: Network, ordinary: Network, rows: list[dict], images: np.ndarray, options: dict, seed: int, device
) -> dict:
    """A robust model beside the ordinary one, on the same images and noise, where the ordinary one's mean p_robust,
    of which `rows` are known, is a half."""
    sigma = crossing(rows, COMPARED_AT)
    some, samples = images[: options["images"]], options["samplesPerImage"]
    own, other = (shares_kept(each, some, sigma, samples, seed, device) for each in (network, ordinary))
    difference = mean_of(own - other)
    counts = difference["mean"] >= LEAST_GAIN and difference["mean"] > LEAST_ERRORS * difference["stdErr"]
    return {
        "sigma": sigma,
        "meanPRobust": mean_of(own),
        "ordinaryMeanPRobust": mean_of(other),
        "difference": difference,
        "countsAsRobust": bool(counts),
    }


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


def measured(models: Path, recipe: dict, images: np.ndarray, device: torch.device) -> dict:
    """What a card says of robustness: `robustness`, `sigma` and, for one to be held `beside` an ordinary model, `comparison`."""
    network, options, seed = read_model(models / recipe["id"]), recipe["robustness"], recipe["seed"]
    rows = measure(network, images, options, seed, device)
    command = f"python3 training/robustness.py {recipe['id']} --data DIR"
    robustness = {
        "images": options["images"],
        "samplesPerImage": options["samplesPerImage"],
        "meanPRobust": rows,
        "command": command,
        "note": f"The first images of the test file ({len(images)} of {DATASETS[recipe['dataset']].test_size} images); "
        "the target is the clean prediction; noise unclipped; stdErr is of the mean over images.",
    }
    found = {"robustness": robustness, "sigma": recommended_range(rows)}
    if recipe.get("beside"):
        before = json.loads((models / recipe["beside"] / "card.json").read_text())
        known = before["robustness"]["meanPRobust"]
        figures = compare(network, read_model(models / before["id"]), known, images, options, seed, device)
        found["comparison"] = {
            "with": before["id"],
            **figures,
            "ordinaryAccuracyPercent": before["accuracy"]["percent"],
            "command": command,
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data set's files")
    parser.add_argument("--models", type=Path, default=HERE.parent / "public/models")
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    parser.add_argument("--write", action="store_true", help="put the figures on the model's card")
    args = parser.parse_args()
    recipe = json.loads((HERE / "recipes" / f"{args.model}.json").read_text())
    images, labels = DATASETS[recipe["dataset"]].read_test(args.data)
    network = read_model(args.models / args.model)
    with torch.no_grad():
        parts = [network(torch.tensor(images[i : i + 500]).float() / 255) for i in range(0, len(images), 500)]
    right = torch.cat(parts).argmax(1).numpy() == labels
    print(f"{args.model}: {100 * right.mean():.2f} % of {len(images)} test images (PyTorch)")
    found = measured(args.models, recipe, images, torch.device(args.device))
    for row in found["robustness"]["meanPRobust"]:
        print(f"sigma {row['sigma']:<6g} mean p_robust {row['mean']:.4f} +- {row['stdErr']:.4f}")
    print(f"recommended sigma: {found['sigma']}")
    if "comparison" in found:
        print(f"beside {recipe['beside']}: {json.dumps(found['comparison'])}")
    if args.write:
        path = args.models / args.model / "card.json"
        write_json(path, json.loads(path.read_text()) | found)


if __name__ == "__main__":
    main()
