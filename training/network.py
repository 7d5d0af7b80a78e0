"""A Keras-style Sequential topology, made from a recipe's layers, and the PyTorch network made from it.

Training, export and verification all build their network from the topology, so there is one
description of a model. Data is NHWC outside, as in tfjs, and logits come out.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def sequential_topology(name: str, input_shape: list[int], layers: list[dict]) -> dict:
    """The Sequential `modelTopology` of a recipe's `layers`; `input_shape` is [H,W,C]."""
    described = [describe_layer(layer, f"{layer['type']}_{i + 1}") for i, layer in enumerate(layers)]
    described[0]["config"]["batch_input_shape"] = [None, *input_shape]
    return {
        "class_name": "Sequential",
        "config": {"name": name, "layers": described},
        "keras_version": "2.15.0",
        "backend": "tensorflow",
    }


def describe_layer(layer: dict, name: str) -> dict:
    base = {"name": name, "trainable": True, "dtype": "float32"}
    if layer["type"] == "flatten":
        return {"class_name": "Flatten", "config": base}
    base |= {"activation": layer.get("activation", "linear"), "use_bias": True}
    if layer["type"] == "dense":
        return {"class_name": "Dense", "config": base | {"units": layer["units"]}}
    if layer["type"] == "conv2d":
        shape = {"filters": layer["filters"], "kernel_size": [layer["kernel"]] * 2}
        steps = {"strides": [layer["stride"]] * 2, "padding": "same", "data_format": "channels_last"}
        return {"class_name": "Conv2D", "config": base | shape | steps}
    raise ValueError(f"layer type {layer['type']!r} is not known")


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """TensorFlow's 'same' zero padding (before, after) of one axis: the odd pixel comes after."""
    total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


class Network(nn.Module):
    """[B,H,W,C] pixels to [B,K] logits, from a Sequential topology of Dense, Conv2D and Flatten."""

    def __init__(self, topology: dict):
        super().__init__()
        self.configs = topology["config"]["layers"]
        if self.configs[0]["class_name"] == "InputLayer":
            first, *self.configs = self.configs
        else:
            first = self.configs[0]
        self.input_shape = first["config"]["batch_input_shape"][1:]
        self.macs = 0  # multiply-accumulates of one forward pass
        self.pads: dict[str, tuple[int, int, int, int]] = {}
        self.weighted = nn.ModuleDict()
        shape = self.input_shape
        for layer in self.configs:
            shape = self._add(layer["class_name"], layer["config"], shape)
        self.classes = shape[0]

    def _add(self, kind: str, config: dict, shape: list[int]) -> list[int]:
        """Adds one layer; per-image shapes in and out, [H,W,C] or [N]."""
        if config.get("activation", "linear") not in ("linear", "relu"):
            raise ValueError(f"activation {config['activation']!r} is not supported")
        if kind == "Flatten":
            return [math.prod(shape)]
        name, bias = config["name"], config["use_bias"]
        if kind == "Dense":
            self.weighted[name] = nn.Linear(shape[0], config["units"], bias)
            self.macs += shape[0] * config["units"]
            return [config["units"]]
        if kind == "Conv2D":
            (height, width, channels), size, stride = shape, config["kernel_size"], config["strides"]
            pads = [(0, 0), (0, 0)]
            if config["padding"] == "same":
                pads = [same_padding(*axis) for axis in zip((height, width), size, stride)]
            self.pads[name] = (*pads[1], *pads[0])  # torch: last axis first
            self.weighted[name] = nn.Conv2d(channels, config["filters"], size, stride, bias=bias)
            height = (height + sum(pads[0]) - size[0]) // stride[0] + 1
            width = (width + sum(pads[1]) - size[1]) // stride[1] + 1
            self.macs += height * width * config["filters"] * channels * math.prod(size)
            return [height, width, config["filters"]]
        raise ValueError(f"layer {kind} is not supported")

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        x = pixels.permute(0, 3, 1, 2)
        for layer in self.configs:
            name = layer["config"]["name"]
            if layer["class_name"] == "Flatten":
                x = x.permute(0, 2, 3, 1).flatten(1)  # in NHWC order
                continue
            if name in self.pads:
                x = F.pad(x, self.pads[name])
            x = self.weighted[name](x)
            if layer["config"].get("activation") == "relu":
                x = F.relu(x)
        return x

    def keras_weights(self) -> dict[str, np.ndarray]:
        """Float32 arrays by tfjs name, in order: Conv2D kernels HWIO, Dense kernels [in,out]."""
        arrays = {}
        for name, module in self.weighted.items():
            order = (1, 0) if isinstance(module, nn.Linear) else (2, 3, 1, 0)
            arrays[f"{name}/kernel"] = module.weight.detach().cpu().permute(order).contiguous().numpy()
            if module.bias is not None:
                arrays[f"{name}/bias"] = module.bias.detach().cpu().numpy()
        return arrays

    def load_keras_weights(self, arrays: dict[str, np.ndarray]) -> None:
        """The inverse of `keras_weights`."""
        with torch.no_grad():
            for name, module in self.weighted.items():
                order = (1, 0) if isinstance(module, nn.Linear) else (3, 2, 0, 1)
                module.weight.copy_(torch.tensor(arrays[f"{name}/kernel"]).permute(order))
                if module.bias is not None:
                    module.bias.copy_(torch.tensor(arrays[f"{name}/bias"]))
