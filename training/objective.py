"""What training minimises: cross-entropy, on noisy copies or with a penalty on margins' gradients if the recipe says so."""

import torch
import torch.nn.functional as F

from network import Network
from teachers import Teachers


def objective(network: Network, x: torch.Tensor, labels: torch.Tensor, recipe: dict, teachers: Teachers | None = None) -> torch.Tensor:
    """The scalar loss of a batch x [B,H,W,C] in [0,1] with labels [B].

    `noise` {sigma, share}: N(0, sigma^2) on every pixel, not clipped, of a share of the images.
    `gradientPenalty` {weight, sigma}: adds weight * mean |grad_x of the centred logits|_F^2, taken around the images,
    at noise of a sigma drawn evenly up to the one given: at the images alone it makes plateaus that noise leaves.
    """
    if recipe.get("noise"):
        x = noisy(x, **recipe["noise"])
    logits = logits_of(network, x, recipe)
    loss = teachers.loss(logits, x, labels) if teachers else F.cross_entropy(logits, labels)
    penalty = recipe.get("gradientPenalty")
    if penalty is None:
        return loss
    scale = penalty["sigma"] * torch.rand(len(x), 1, 1, 1).to(x)
    around = (x + scale * torch.randn(x.shape).to(x)).requires_grad_()
    return loss + penalty["weight"] * squared_gradient(logits_of(network, around, recipe), around)


def logits_of(network: Network, x: torch.Tensor, recipe: dict) -> torch.Tensor:
    with torch.autocast(x.device.type, torch.bfloat16, enabled=recipe.get("precision") == "bfloat16"):
        return network(x).float()


def noisy(x: torch.Tensor, sigma: float, share: float) -> torch.Tensor:
    chosen = (torch.rand(len(x)) < share).to(x)[:, None, None, None]
    return x + sigma * chosen * torch.randn(x.shape).to(x)


def squared_gradient(logits: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Estimates the batch's mean |J|_F^2, J the Jacobian of the logits less their mean, from one random projection
    an image: E |J^T v|^2 = |J|_F^2 for v ~ N(0, I). What all logits share moves no margin.

    Source of the projection: Hoffman, Roberts, Yaida, arXiv 1908.02729.
    """
    directions = torch.randn(logits.shape).to(logits)
    directions = directions - directions.mean(1, keepdim=True)
    (gradient,) = torch.autograd.grad((logits * directions).sum(), x, create_graph=True)
    return gradient.flatten(1).pow(2).sum(1).mean()
