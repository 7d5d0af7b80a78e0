"""Trains one recipe and exports it: python3 training/train.py <recipe id> --data DIR"""

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from augment import augment
from card import write_card, write_index
from mnist import VALIDATION, read_test, read_train
from modelfile import write_model
from network import Network
from topology import sequential_topology

HERE = Path(__file__).resolve().parent


def pixels(images: np.ndarray, device: torch.device) -> torch.Tensor:
    """Uint8 images to float32 in [0,1], same shape."""
    return torch.tensor(images, device=device).float() / 255


def accuracy(network: Network, images: np.ndarray, labels: np.ndarray, device: torch.device) -> float:
    """Percent of images classified as labelled."""
    network.eval()
    with torch.no_grad():
        parts = [network(pixels(images[i : i + 1000], device)) for i in range(0, len(images), 1000)]
    return 100 * float((torch.cat(parts).argmax(1).cpu().numpy() == labels).mean())


def train_epoch(network, optimiser, images, labels, recipe, epoch, device) -> float:
    """One pass over the shuffled images, cosine learning rate by step; returns the mean loss."""
    torch.manual_seed(1000 * recipe["seed"] + epoch)  # a resumed run draws what an unbroken one does
    network.train()
    batches = torch.randperm(len(images)).split(recipe["batch"])
    total = 0.0
    for step, batch in enumerate(batches):
        done = (epoch + step / len(batches)) / recipe["epochs"]
        for group in optimiser.param_groups:
            group["lr"] = recipe["optimiser"]["learningRate"] * (1 + math.cos(math.pi * done)) / 2
        x = pixels(images[batch.numpy()], device)
        if recipe["augmentation"]:
            x = augment(x, recipe["augmentation"])
        target = torch.tensor(labels[batch.numpy()], device=device).long()
        loss = F.cross_entropy(network(x), target)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        total += loss.item() * len(batch)
    return total / len(images)


def train(recipe: dict, network: Network, data: Path, checkpoint: Path, device: torch.device) -> None:
    """Trains in place, from the checkpoint on where there is one; saves it after every epoch."""
    images, labels = read_train(data)
    held_out = images[-VALIDATION:], labels[-VALIDATION:]
    images, labels = images[:-VALIDATION], labels[:-VALIDATION]
    settings = recipe["optimiser"]
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=settings["learningRate"], weight_decay=settings["weightDecay"]
    )
    start = 0
    if checkpoint.is_file():
        saved = torch.load(checkpoint, map_location=device)
        if saved["recipe"] != recipe:
            raise SystemExit(f"{checkpoint} is of another version of this recipe; delete it to train anew")
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        start = saved["epochs"]
        print(f"{recipe['id']}: {start} of {recipe['epochs']} epochs done already")
    for epoch in range(start, recipe["epochs"]):
        began = time.time()
        loss = train_epoch(network, optimiser, images, labels, recipe, epoch, device)
        state = {"network": network.state_dict(), "optimiser": optimiser.state_dict()}
        partial = checkpoint.with_suffix(".part")
        torch.save({"recipe": recipe, "epochs": epoch + 1, **state}, partial)
        partial.replace(checkpoint)
        percent = accuracy(network, *held_out, device)
        print(
            f"epoch {epoch + 1}/{recipe['epochs']}  loss {loss:.4f}  "
            f"validation {percent:.2f} %  {time.time() - began:.1f} s",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", choices=sorted(p.stem for p in (HERE / "recipes").glob("*.json")))
    parser.add_argument("--data", type=Path, required=True, help="folder of the gzipped IDX files")
    parser.add_argument("--out", type=Path, default=HERE.parent / "public/models", help="models folder")
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    args = parser.parse_args()
    recipe = json.loads((HERE / "recipes" / f"{args.recipe}.json").read_text())
    device = torch.device(args.device)
    runs = HERE / "runs" / recipe["id"]
    runs.mkdir(parents=True, exist_ok=True)

    torch.manual_seed(recipe["seed"])
    topology = sequential_topology(recipe["id"].replace("-", "_"), recipe["input"], recipe["layers"])
    network = Network(topology).to(device)
    train(recipe, network, args.data, runs / "checkpoint.pt", device)

    images, labels = read_test(args.data)
    print(f"test: {accuracy(network, images, labels, device):.2f} % of {len(images)} images")
    write_model(args.out / recipe["id"], topology, network)
    write_card(args.out / recipe["id"], recipe, images, device)
    write_index(args.out)


if __name__ == "__main__":
    main()
