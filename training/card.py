"""Model cards (`card.json`) and the list of models (`index.json`)."""

import json
from pathlib import Path

import numpy as np
import torch

from datasets import DATASETS
from modelfile import Exported, digests, read_model, write_json
from robustness import measured

ORDER = (
    "mnist-linear",
    "mnist-mlp",
    "mnist-cnn",
    "mnist-cnn-gradreg",
    "mnist-cnn-noise",
    "cifar10-resnet20",
    "cifar10-resnet20-gradreg",
    "cifar10-resnet20-noise",
)
DEFAULT = "mnist-cnn"


def write_card(
    models: Path, recipe: dict, test_images: np.ndarray, exported: Exported, device: torch.device
) -> None:
    """The card of an exported folder. Its clean accuracy is left null: `npm run eval` measures it in tfjs."""
    folder = models / recipe["id"]
    network, dataset = read_model(folder), DATASETS[recipe["dataset"]]
    files, sha256 = digests(folder)
    count = len(test_images)
    whole = count == dataset.test_size
    part = f"the {dataset.name} test set" if whole else f"{count} of the {dataset.test_size} {dataset.name} test images"
    card = {
        "schema": "probust-model-card/1",
        "id": recipe["id"],
        "name": recipe["name"],
        "summary": recipe["summary"],
        "dataset": {"name": dataset.name, "note": dataset.card_note},
        "input": {"shape": recipe["input"], "range": [0, 1], "preparation": dataset.preparation},
        "labels": list(dataset.labels),
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
        **measured(models, recipe, test_images, device),
        "weights": {
            "precision": exported.precision,
            "largestLogitChange": exported.largest_logit_change,
            "images": count,
        },
        "licence": "MIT",
        "files": files,
        "sha256": sha256,
    }
    write_json(folder / "card.json", card)


def write_index(models: Path) -> None:
    """Lists the models that have a card, in `ORDER`."""
    paths = [models / id / "card.json" for id in ORDER]
    cards = [json.loads(path.read_text()) for path in paths if path.is_file()]
    listed = []
    for card in cards:
        entry = {key: card[key] for key in ("id", "name", "summary")} | {"dataset": card["dataset"]["name"]}
        ordinary = card.get("comparison", {}).get("with")
        listed.append(entry | ({"ordinary": ordinary} if ordinary else {}))
    write_json(models / "index.json", {"schema": "probust-models/1", "default": DEFAULT, "models": listed})
