"""What training leaves behind after every epoch, and what was kept before the learning rate rose again."""

from pathlib import Path

import torch

from network import Network
from topology import recipe_topology


def before_restart(checkpoint: Path, epochs: int) -> Path:
    """Where the network is kept as it was after so many epochs, before the learning rate rose again."""
    return checkpoint.with_name(f"epoch{epochs}.pt")


def saved_network(checkpoint: Path, device: torch.device, folded: bool = False) -> Network:
    """The network of a checkpoint, with batch norm if its recipe has it, or `folded` into the convolutions."""
    saved = torch.load(checkpoint, map_location=device)
    topology = recipe_topology(saved["recipe"])
    trained = Network(topology, saved["recipe"].get("batchNorm", False))
    trained.load_state_dict(saved["network"])
    if not folded:
        return trained
    network = Network(topology)
    network.load_keras_weights(trained.keras_weights())
    return network
