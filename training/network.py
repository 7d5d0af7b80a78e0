"""The PyTorch network made from a Keras topology (topology.py).

Training, export, verification and the bench's peer all build their network from the topology, so there
is one description of a model. Data is NHWC outside, as in tfjs, and logits come out.
"""

import math
from collections import Counter
from typing import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from topology import Node, nodes_of

Operation = Callable[..., torch.Tensor]
Shape = list[int]  # of one image: [H,W,C] or [N]


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """TensorFlow's 'same' zero padding (before, after) of one axis: the odd pixel comes after."""
    total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


class Window:
    """A sliding window's padding and output size, for convolutions and pools. Height comes first."""

    def __init__(self, config: dict, size: list[int], shape: Shape):
        self.size, self.strides = size, config["strides"]
        pads = [(0, 0), (0, 0)]
        if config["padding"] == "same":
            pads = [same_padding(*axis) for axis in zip(shape, self.size, self.strides)]
        self.output = [
            (length + sum(pad) - window) // stride + 1
            for length, pad, window, stride in zip(shape, pads, self.size, self.strides)
        ]
        # What is equal on both sides the operation pads by itself; only the rest needs a copy.
        self.both = [min(pad) for pad in pads]
        self.rest = [after - both for (_, after), both in zip(pads, self.both)]

    def padded(self, x: torch.Tensor, value: float = 0.0) -> torch.Tensor:
        """NCHW with the uneven part of the padding."""
        return F.pad(x, (0, self.rest[1], 0, self.rest[0]), value=value) if any(self.rest) else x


class Network(nn.Module):
    """[B,H,W,C] pixels to [B,K] logits, from a Sequential or functional topology.

    Layers: Dense, Conv2D, Flatten, Activation, Add, GlobalAveragePooling2D, MaxPooling2D,
    AveragePooling2D; activations: linear and relu. Anything else is a ValueError.

    With `batch_norm`, for training, every convolution is followed by batch normalisation, whose shift is its
    bias; `keras_weights` folds both into one convolution of the same topology.
    """

    def __init__(self, topology: dict, batch_norm: bool = False):
        super().__init__()
        self.batch_norm = batch_norm
        nodes, self.output = nodes_of(topology)
        (source, *self.nodes) = nodes
        if source.kind != "InputLayer" or any(node.kind == "InputLayer" for node in self.nodes):
            raise ValueError("a graph begins with its one InputLayer")
        self.source = source.name
        self.input_shape = source.config["batch_input_shape"][1:]
        self.macs = 0  # multiply-accumulates of one forward pass
        self.weighted = nn.ModuleDict()
        self.norms = nn.ModuleDict()
        self.operations: dict[str, Operation] = {}
        own = owners(nodes)
        shapes = {source.name: self.input_shape}
        for node in self.nodes:
            operation, shape = self._build(node, [shapes[name] for name in node.sources])
            self.operations[node.name] = with_activation(node, operation, node.name in own)
            shapes[node.name] = shape
        self.classes = shapes[self.output][0]
        # Values are let go after their last use, so that their memory is used again while it is in the cache.
        last = {name: node.name for node in self.nodes for name in node.sources}
        self.finished = {node.name: [name for name in last if last[name] == node.name] for node in self.nodes}

    def _build(self, node: Node, shapes: list[Shape]) -> tuple[Operation, Shape]:
        """What a node does to tensors (NCHW or NC), and its output's shape."""
        kind, config, shape = node.kind, node.config, shapes[0]
        if kind == "Flatten":
            return lambda x: x.permute(0, 2, 3, 1).flatten(1), [math.prod(shape)]  # in NHWC order
        if kind == "Activation":
            return lambda x: x, shape
        if kind == "Add":
            if any(other != shape for other in shapes):
                raise ValueError(f"layer {node.name} adds values of different shapes: {shapes}")
            return lambda x, *others: sum(others, x), shape
        if kind == "GlobalAveragePooling2D":
            return lambda x: x.mean((2, 3)), shape[2:]
        if kind in ("MaxPooling2D", "AveragePooling2D"):
            window = Window(config, config["pool_size"], shape)
            return (max_pool if kind == "MaxPooling2D" else average_pool)(window), [*window.output, shape[2]]
        if kind == "Dense":
            linear = nn.Linear(shape[0], config["units"], config["use_bias"])
            self.weighted[node.name] = linear
            self.macs += shape[0] * config["units"]
            return linear, [config["units"]]
        if kind == "Conv2D":
            return self._build_conv2d(node, shape)
        raise ValueError(f"layer {kind} is not supported")

    def _build_conv2d(self, node: Node, shape: Shape) -> tuple[Operation, Shape]:
        config, channels = node.config, shape[2]
        if config.get("dilation_rate", [1, 1]) != [1, 1]:
            raise ValueError(f"layer {node.name} is dilated")
        window = Window(config, config["kernel_size"], shape)
        filters, use_bias = config["filters"], config["use_bias"]
        bias = use_bias and not self.batch_norm
        conv = nn.Conv2d(channels, filters, window.size, window.strides, window.both, bias=bias)
        self.weighted[node.name] = conv
        self.macs += math.prod([*window.output, filters, channels, *window.size])
        if self.batch_norm:
            norm = self.norms[node.name] = nn.BatchNorm2d(filters)
            return lambda x: norm(conv(window.padded(x))), [*window.output, filters]
        return lambda x: conv(window.padded(x)), [*window.output, filters]

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        values = {self.source: pixels.permute(0, 3, 1, 2)}
        for node in self.nodes:
            values[node.name] = self.operations[node.name](*(values[name] for name in node.sources))
            for name in self.finished[node.name]:
                del values[name]
        return values[self.output]

    def keras_weights(self) -> dict[str, np.ndarray]:
        """Float32 arrays by tfjs name, in order: Conv2D kernels HWIO, Dense kernels [in,out]."""
        arrays = {}
        for name, module in self.weighted.items():
            order = (1, 0) if isinstance(module, nn.Linear) else (2, 3, 1, 0)
            weight, bias = folded(module, self.norms[name]) if name in self.norms else (module.weight, module.bias)
            arrays[f"{name}/kernel"] = weight.detach().cpu().permute(order).contiguous().numpy()
            if bias is not None:
                arrays[f"{name}/bias"] = bias.detach().cpu().numpy()
        return arrays

    def load_keras_weights(self, arrays: dict[str, np.ndarray]) -> None:
        """The inverse of `keras_weights`, without batch norm."""
        if self.batch_norm:
            raise ValueError("folded weights cannot be unfolded into batch norm")
        with torch.no_grad():
            for name, module in self.weighted.items():
                order = (1, 0) if isinstance(module, nn.Linear) else (3, 2, 0, 1)
                module.weight.copy_(torch.tensor(arrays[f"{name}/kernel"]).permute(order))
                if module.bias is not None:
                    module.bias.copy_(torch.tensor(arrays[f"{name}/bias"]))


def folded(conv: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[torch.Tensor, torch.Tensor]:
    """Weight and bias of the convolution that does what `conv` and then `norm`, in evaluation mode, do."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return conv.weight * scale[:, None, None, None], norm.bias - norm.running_mean * scale


def owners(nodes: list[Node]) -> set[str]:
    """The nodes that may activate in place: nobody else, and no gradient, reads the value before activation."""
    kinds = {node.name: node.kind for node in nodes}
    uses = Counter(source for node in nodes for source in node.sources)
    own = {node.name for node in nodes if node.kind in ("Conv2D", "Dense")}
    for node in nodes:
        if node.kind == "Activation" and kinds[node.sources[0]] == "Add" and uses[node.sources[0]] == 1:
            own.add(node.name)
    return own


def with_activation(node: Node, operation: Operation, in_place: bool) -> Operation:
    activation = node.config.get("activation", "linear")
    if activation == "linear":
        return operation
    if activation == "relu":
        return lambda *inputs: F.relu(operation(*inputs), inplace=in_place)
    raise ValueError(f"activation {activation!r} is not supported")


def max_pool(window: Window) -> Operation:
    def apply(x: torch.Tensor) -> torch.Tensor:
        return F.max_pool2d(window.padded(x, -math.inf), window.size, window.strides, window.both)

    return apply


def average_pool(window: Window) -> Operation:
    """The mean over the pixels in a window, of which the padding are none."""

    def sums(x: torch.Tensor) -> torch.Tensor:
        return F.avg_pool2d(window.padded(x), window.size, window.strides, window.both)

    return lambda x: sums(x) / sums(torch.ones_like(x[:1, :1]))
