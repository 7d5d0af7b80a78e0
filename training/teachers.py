"""Learning from earlier selves: the mean prediction of networks that the same training left behind."""

from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F

from checkpoint import saved_network
from network import Network


class Teachers(NamedTuple):
    """Networks in evaluation mode whose softened predictions are learned besides the labels."""

    networks: list[Network]
    temperature: float
    weight: float  # of what they say; the labels have the rest

    def loss(self, logits: torch.Tensor, x: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """(1 - weight) cross-entropy + weight T^2 KL(theirs || own), both softened by T; logits [B,K], x [B,H,W,C].

        Every second teacher sees x mirrored: their errors are less alike so. Sources: Hinton, Vinyals, Dean,
        arXiv 1503.02531; earlier selves as teachers: Furlanello et al., arXiv 1805.04770.
        """
        own = F.log_softmax(logits / self.temperature, 1)
        apart = F.kl_div(own, self.predictions(x), reduction="batchmean")
        return (1 - self.weight) * F.cross_entropy(logits, labels) + self.weight * self.temperature**2 * apart

    def predictions(self, x: torch.Tensor) -> torch.Tensor:
        """The mean of their softened probabilities [B,K]."""
        views = [x.flip(2) if i % 2 else x for i in range(len(self.networks))]
        with torch.no_grad(), torch.autocast(x.device.type, torch.bfloat16, enabled=x.device.type == "cpu"):
            logits = [network(view).float() for network, view in zip(self.networks, views)]
        return torch.stack([F.softmax(one / self.temperature, 1) for one in logits]).mean(0)


def read_teachers(options: dict, checkpoints: list[Path], device: torch.device) -> Teachers:
    """`options` {temperature, weight} of the networks in `checkpoints`, their batch norm folded."""
    networks = [saved_network(checkpoint, device, folded=True).to(device) for checkpoint in checkpoints]
    networks = [network.to(memory_format=torch.channels_last).eval() for network in networks]
    return Teachers(networks, options["temperature"], options["weight"])
