"""The estimators' definitions, computed without any of the page's code.

p_robust(x, t, sigma) = P[argmax f(x + eps) = t], eps ~ N(0, sigma^2 I), not clipped; a tie is not t.
"""

import math

import numpy as np
import torch
from scipy.special import ndtr
from scipy.stats import multivariate_normal

from network import Network

FAR = 9.0  # beyond this many standard deviations a constraint always (or never) holds: 1 - Phi(9) is 1e-19


def monte_carlo(network: Network, x: torch.Tensor, target: int, sigma: float, samples: int, seed: int) -> int:
    """How many of `samples` noisy copies of x [1,H,W,C], float32, are classified as `target`."""
    generator = torch.Generator().manual_seed(seed)
    kept = 0
    with torch.no_grad():
        for start in range(0, samples, 2000):
            shape = (min(2000, samples - start), *x.shape[1:])
            logits = network(x + sigma * torch.randn(shape, generator=generator))
            others = torch.cat([logits[:, :target], logits[:, target + 1 :]], 1)
            kept += int((logits[:, target] > others.amax(1)).sum())
    return kept


def margins(network: Network, x: torch.Tensor, target: int) -> tuple[np.ndarray, np.ndarray]:
    """Margins g_i = f_t - f_i for i != t [K-1] and their gradients at x [K-1,d], in float64."""
    network, x = network.double(), x.double()
    jacobian = torch.autograd.functional.jacobian(lambda v: network(v)[0], x).flatten(1).numpy()
    with torch.no_grad():
        logits = network(x)[0].numpy()
    network.float()
    others = np.arange(len(logits)) != target
    return logits[target] - logits[others], jacobian[target] - jacobian[others]


def standardised(g: np.ndarray, gradients: np.ndarray, sigma: float) -> np.ndarray:
    """z_i = g_i / (sigma |grad g_i|); +-inf where the gradient is zero (a zero margin is a tie: -inf)."""
    norms = np.linalg.norm(gradients, axis=1)
    certain = np.where(g > 0, np.inf, -np.inf)
    return np.divide(g, sigma * norms, out=certain, where=norms > 0)


def taylor(g: np.ndarray, gradients: np.ndarray, sigma: float, runs: int = 4) -> float:
    """Phi_R(z), R the correlation of the margin gradients; the mean of `runs` randomised integrations."""
    z = standardised(g, gradients, sigma)
    if (z < -FAR).any():
        return 0.0
    near = z < FAR
    if near.sum() < 2:
        return float(np.prod(ndtr(z[near])))
    unit = gradients[near] / np.linalg.norm(gradients[near], axis=1, keepdims=True)
    correlation, zero = unit @ unit.T, np.zeros(near.sum())
    limits = {"allow_singular": True, "maxpts": 500_000, "abseps": 1e-5, "releps": 1e-5}
    values = [multivariate_normal.cdf(z[near], zero, correlation, **limits) for _ in range(runs)]
    return float(np.mean(values))


def taylor_mvs(g: np.ndarray, gradients: np.ndarray, sigma: float) -> float:
    """1 / (1 + sum_i exp(-z_i))."""
    z = standardised(g, gradients, sigma).clip(-700, np.inf)
    return float(1 / (1 + np.exp(-z).sum()))


def softmax(g: np.ndarray, temperature: float) -> float:
    """softmax(f(x)/T)_t, written with the margins."""
    return float(1 / (1 + np.exp(-g / temperature).sum()))


def agresti_coull(p: float, n: int) -> float:
    """A standard error of a share p of n that does not vanish at 0 and 1."""
    adjusted = (p * n + 2) / (n + 4)
    return math.sqrt(adjusted * (1 - adjusted) / (n + 4))
