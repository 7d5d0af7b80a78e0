"""Trains one recipe and exports it: python3 training/train.py <recipe id> --data DIR"""

import argparse
import json
import math
import shutil
import time
from pathlib import Path

import numpy as np
import torch

from augment import augment, erase, shrink
from card import write_card, write_index
from checkpoint import before_restart, saved_network
from datasets import DATASETS
from modelfile import export, read_model
from network import Network
from objective import objective
from teachers import Teachers, read_teachers
from topology import recipe_topology
from widen import widen

HERE = Path(__file__).resolve().parent
EVALUATED_AT_ONCE = 500
NOT_TRAINED_BY = ("name", "summary", "note", "weights", "robustness", "beside")


def pixels(images: np.ndarray, device: torch.device) -> torch.Tensor:
    """Uint8 images to float32 in [0,1], same shape."""
    return torch.tensor(images, device=device).float() / 255


def accuracy(network: Network, images: np.ndarray, labels: np.ndarray, device: torch.device) -> float:
    """Percent of images classified as labelled."""
    network.eval()
    step = EVALUATED_AT_ONCE
    with torch.no_grad():
        parts = [network(pixels(images[i : i + step], device)) for i in range(0, len(images), step)]
    return 100 * float((torch.cat(parts).argmax(1).cpu().numpy() == labels).mean())


def optimiser_of(network: Network, settings: dict) -> torch.optim.Optimizer:
    rate, decay = settings["learningRate"], settings["weightDecay"]
    if settings["kind"] == "adamw":
        return torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=decay)
    if settings["kind"] == "sgd":
        return torch.optim.SGD(network.parameters(), lr=rate, weight_decay=decay, momentum=0.9, nesterov=True)
    raise SystemExit(f"optimiser {settings['kind']!r} is not known: adamw or sgd")


def learning_rate(settings: dict, epoch: float, epochs: int) -> float:
    """At an epoch, or a part of one: a linear rise over the share `warmUp` of all epochs, then half a cosine down to 0.

    `restarts` [{epoch, learningRate}, ...]: from that epoch on another half cosine, from that rate.
    Source: Loshchilov and Hutter, arXiv 1608.03983.
    """
    restarts = settings.get("restarts", [])
    ends = [restart["epoch"] for restart in restarts] + [epochs]
    for restart, end in reversed(list(zip(restarts, ends[1:]))):
        if epoch >= restart["epoch"]:
            done = (epoch - restart["epoch"]) / (end - restart["epoch"])
            return restart["learningRate"] * (1 + math.cos(math.pi * done)) / 2
    done = epoch / ends[0]
    warm_up = settings.get("warmUp", 0)
    if done < warm_up:
        return settings["learningRate"] * done / warm_up
    return settings["learningRate"] * (1 + math.cos(math.pi * (done - warm_up) / (1 - warm_up))) / 2


def train_epoch(network, optimiser, images, labels, recipe, epoch, device, teachers: Teachers | None = None) -> float:
    """One pass over the shuffled images; returns the mean loss.

    `shrunk` {size, epochs}: for the first epochs images of that size, which cost less; for networks that end in
    global pooling. `erased` {size, share, from}: from that epoch on, a patch of so many pixels of some images.
    `distil` {epochs, from, temperature, weight}: from that epoch on, it also learns from itself as it was after each
    of `epochs`, at which its learning rate rose again (teachers.py).
    """
    torch.manual_seed(1000 * recipe["seed"] + epoch)  # a resumed run draws what an unbroken one does
    network.train()
    batches = torch.randperm(len(images)).split(recipe["batch"])
    total = 0.0
    for step, batch in enumerate(batches):
        now = epoch + step / len(batches)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(recipe["optimiser"], now, recipe["epochs"])
        x = pixels(images[batch.numpy()], device)
        if recipe["augmentation"]:
            x = augment(x, recipe["augmentation"])
        if epoch < recipe.get("shrunk", {}).get("epochs", 0):
            x = shrink(x, recipe["shrunk"]["size"])
        erased = recipe.get("erased")
        if erased and epoch >= erased["from"]:
            x = erase(x, erased["size"], erased["share"])
        loss = objective(network, x, torch.tensor(labels[batch.numpy()], device=device).long(), recipe, teachers)
        optimiser.zero_grad()
        loss.backward()
        if "clip" in recipe["optimiser"]:  # the norm of all gradients together
            torch.nn.utils.clip_grad_norm_(network.parameters(), recipe["optimiser"]["clip"])
        optimiser.step()
        total += loss.item() * len(batch)
    return total / len(images)


def trained_by(recipe: dict) -> dict:
    """What of a recipe shapes the weights: not its words, nor what is measured afterwards."""
    return {key: recipe[key] for key in recipe if key not in NOT_TRAINED_BY}


def train(recipe: dict, network: Network, data: Path, checkpoint: Path, device: torch.device) -> None:
    """Trains in place, from the checkpoint on where there is one; saves it after every epoch."""
    optimiser = optimiser_of(network, recipe["optimiser"])
    start = 0
    if checkpoint.is_file():
        saved = torch.load(checkpoint, map_location=device)
        if trained_by(saved["recipe"]) != trained_by(recipe):
            raise SystemExit(f"{checkpoint} is of another version of this recipe; delete it to train anew")
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        start = saved["epochs"]
        print(f"{recipe['id']}: {start} of {recipe['epochs']} epochs done already")
    if start == recipe["epochs"]:
        return
    (images, labels), held_out = DATASETS[recipe["dataset"]].split(data)
    distil, teachers = recipe.get("distil"), None
    for epoch in range(start, recipe["epochs"]):
        began = time.time()
        if distil and epoch >= distil["from"] and teachers is None:
            earlier = [before_restart(checkpoint, epochs) for epochs in distil["epochs"]]
            teachers = read_teachers(distil, earlier, device)
        loss = train_epoch(network, optimiser, images, labels, recipe, epoch, device, teachers)
        state = {"network": network.state_dict(), "optimiser": optimiser.state_dict()}
        partial = checkpoint.with_suffix(".part")
        torch.save({"recipe": recipe, "epochs": epoch + 1, **state}, partial)
        partial.replace(checkpoint)
        if epoch + 1 in (restart["epoch"] for restart in recipe["optimiser"].get("restarts", [])):
            shutil.copyfile(checkpoint, before_restart(checkpoint, epoch + 1))
        percent = accuracy(network, *held_out, device)
        print(
            f"epoch {epoch + 1}/{recipe['epochs']}  loss {loss:.4f}  "
            f"validation {percent:.2f} %  {time.time() - began:.1f} s",
            flush=True,
        )


def read_recipe(id: str) -> dict:
    return json.loads((HERE / "recipes" / f"{id}.json").read_text())


def start_of(recipe: dict, runs: Path, models: Path, data: Path, device: torch.device) -> Network:
    """The network to train: with random weights, or as the recipe that it starts `from` left it, at its end or, with
    `fromEpoch`, where its learning rate rose again.

    Of that one the checkpoint is taken, else the exported model; where neither will do, it is trained first.
    `widened`: that one is narrower, both with batch norm or both without (widen.py).
    """
    torch.manual_seed(recipe["seed"])
    network = Network(recipe_topology(recipe), recipe.get("batchNorm", False)).to(device)
    if device.type == "cpu":
        network = network.to(memory_format=torch.channels_last)
    before = recipe.get("from")
    if before is None:
        return network
    checkpoint, exported = runs / before / "checkpoint.pt", models / before
    usable = not network.batch_norm and "fromEpoch" not in recipe and (exported / "model.json").is_file()
    if usable and not checkpoint.is_file():
        network.load_keras_weights(read_model(exported).keras_weights())
        return network
    if "fromEpoch" in recipe:
        checkpoint = before_restart(checkpoint, recipe["fromEpoch"])
    if not checkpoint.is_file():
        trained(read_recipe(before), runs, models, data, device)
    base = saved_network(checkpoint, device)
    if recipe.get("widened"):
        widen(base, network)
    elif network.batch_norm:
        network.load_state_dict(base.state_dict())
    else:
        network.load_keras_weights(base.keras_weights())
    return network


def trained(recipe: dict, runs: Path, models: Path, data: Path, device: torch.device) -> Network:
    """The network at the end of its recipe; what is done already is not done again."""
    folder = runs / recipe["id"]
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / "checkpoint.pt"
    started = {**recipe, "from": None} if checkpoint.is_file() else recipe
    network = start_of(started, runs, models, data, device)
    train(recipe, network, data, checkpoint, device)
    return network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", choices=sorted(p.stem for p in (HERE / "recipes").glob("*.json")))
    parser.add_argument("--data", type=Path, required=True, help="folder of the data set's files")
    parser.add_argument("--out", type=Path, default=HERE.parent / "public/models", help="models folder")
    parser.add_argument("--runs", type=Path, default=HERE / "runs", help="folder of the checkpoints")
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    args = parser.parse_args()
    recipe, device = read_recipe(args.recipe), torch.device(args.device)
    network = trained(recipe, args.runs, args.out, args.data, device)

    images, labels = DATASETS[recipe["dataset"]].read_test(args.data)
    print(f"test: {accuracy(network, images, labels, device):.2f} % of {len(images)} images")
    exported = export(args.out / recipe["id"], recipe_topology(recipe), network, pixels(images, device), recipe["weights"])
    write_card(args.out, recipe, images, exported, device)
    write_index(args.out)


if __name__ == "__main__":
    main()
