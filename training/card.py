"""Model cards (`card.json`) and the list of models (`index.json`)."""

import json
from pathlib import Path

import numpy as np
import torch

from mnist import VALIDATION
from modelfile import digests, read_model, write_json
from robustness import measure, recommended_range

ORDER = ("mnist-linear", "mnist-mlp", "mnist-cnn")
DEFAULT = "mnist-cnn"
TEST_SET = 10_000  # images in the whole MNIST test set


def write_card(folder: Path, recipe: dict, test_images: np.ndarray, device: torch.device) -> None:
    """The card of an exported folder. Its clean accuracy is left null: `npm run eval` measures it in tfjs."""
    network = read_model(folder)
    rows = measure(network, test_images, recipe["robustness"], recipe["seed"], device)
    files, sha256 = digests(folder)
    count = len(test_images)
    part = "the MNIST test set" if count == TEST_SET else f"{count} of the {TEST_SET} MNIST test images"
    card = {
        "schema": "probust-model-card/1",
        "id": recipe["id"],
        "name": recipe["name"],
        "summary": recipe["summary"],
        "dataset": {
            "name": "MNIST",
            "note": f"Trained on all but the last {VALIDATION} of the 60000 training images; those chose the "
            "recipe. White digits on black, 28x28.",
        },
        "input": {"shape": recipe["input"], "range": [0, 1], "preparation": "mnist"},
        "labels": [str(digit) for digit in range(network.classes)],
        "parameters": sum(p.numel() for p in network.parameters()),
        "macs": network.macs,
        "training": {
            "recipe": f"training/recipes/{recipe['id']}.json",
            "seed": recipe["seed"],
            "command": f"python3 training/train.py {recipe['id']} --data DIR",
            "note": recipe["note"],
        },
        "accuracy": {
            "percent": None,
            "images": count,
            "data": part,
            "command": f"npm run eval -- {recipe['id']} --data DIR",
        },
        "robustness": {
            "images": recipe["robustness"]["images"],
            "samplesPerImage": recipe["robustness"]["samplesPerImage"],
            "meanPRobust": rows,
            "command": f"python3 training/robustness.py {recipe['id']} --data DIR",
            "note": f"The first images of the file with {part}; the target is the clean prediction; noise "
            "unclipped; stdErr is of the mean over images.",
        },
        "sigma": recommended_range(rows),
        "licence": "MIT",
        "files": files,
        "sha256": sha256,
    }
    write_json(folder / "card.json", card)


def write_index(models: Path) -> None:
    """Lists the models that have a card, in `ORDER`."""
    paths = [models / id / "card.json" for id in ORDER]
    cards = [json.loads(path.read_text()) for path in paths if path.is_file()]
    listed = [{key: card[key] for key in ("id", "name", "summary")} for card in cards]
    write_json(models / "index.json", {"schema": "probust-models/1", "default": DEFAULT, "models": listed})
