"""A wider network that computes what a narrower one of the same layers does, to be trained on from there.

Source: Chen, Goodfellow, Shlens, "Net2Net", arXiv 1511.05641 (Net2WiderNet).
"""

import torch

from network import Network


def widen(narrow: Network, wide: Network) -> None:
    """Fills `wide`, of the same layers with at least as many filters, in evaluation mode equal to `narrow`.

    Every new channel is a copy of a drawn one; what reads copies takes an uneven share of each, drawn for every
    reader, so that they part in training. Draws by torch's seed. A Flatten, which mixes channels, is a ValueError.
    """
    groups = channel_groups(narrow)
    sources = {node.name: node.sources[0] for node in narrow.nodes}
    copied: dict[str, torch.Tensor] = {}  # by group: of which narrow channel each wide one is the copy

    def chosen(name: str, before: int, after: int) -> torch.Tensor:
        group = groups[name]
        if group not in copied:
            copied[group] = torch.cat([torch.arange(before), torch.randint(before, (after - before,))])
        return copied[group]

    with torch.no_grad():
        for name, module in narrow.weighted.items():
            target = wide.weighted[name]
            rows = torch.arange(len(module.weight))
            if name != narrow.output:
                rows = chosen(name, len(module.weight), len(target.weight))
            columns = chosen(sources[name], module.weight.shape[1], target.weight.shape[1])
            weight = module.weight[rows][:, columns]
            shares = uneven_shares(columns, len(rows))
            target.weight.copy_(weight * shares.reshape(*shares.shape, *[1] * (weight.dim() - 2)))
            if module.bias is not None:
                target.bias.copy_(module.bias[rows])
            if name in narrow.norms:
                state = narrow.norms[name].state_dict()
                wide.norms[name].load_state_dict({key: v[rows] if v.dim() else v for key, v in state.items()})


def channel_groups(network: Network) -> dict[str, str]:
    """By node name, a name that nodes share whose channels are the same: what is added, and what comes of it."""
    parent = {network.source: network.source}

    def root(name: str) -> str:
        return name if parent[name] == name else root(parent[name])

    for node in network.nodes:
        parent[node.name] = node.name
        if node.kind == "Flatten":
            raise ValueError("a network with a Flatten cannot be widened")
        if node.kind not in ("Conv2D", "Dense"):
            for source in node.sources:
                parent[root(source)] = node.name
    return {name: root(name) for name in parent}


def uneven_shares(columns: torch.Tensor, readers: int) -> torch.Tensor:
    """[readers, wide channels]: drawn shares that sum to 1 over the copies of each narrow channel."""
    drawn = 0.5 + torch.rand(readers, len(columns))
    totals = torch.zeros(readers, int(columns.max()) + 1).index_add_(1, columns, drawn)
    return drawn / totals[:, columns]
