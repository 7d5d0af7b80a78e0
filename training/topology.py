"""Keras topologies as lists of nodes: Sequential models and functional graphs with one input and one output."""

from typing import NamedTuple


class Node(NamedTuple):
    """One layer of a graph in which every layer is used once."""

    kind: str  # Keras's class name
    name: str
    config: dict
    sources: tuple[str, ...]  # names of the nodes it takes its inputs from


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


def recipe_topology(recipe: dict) -> dict:
    """The `modelTopology` that a recipe declares: `layers` in a row, or a residual network's `resnet`."""
    name = recipe["id"].replace("-", "_")
    if "layers" in recipe:
        return sequential_topology(name, recipe["input"], recipe["layers"])
    classes = recipe["resnet"]["classes"]
    return resnet_topology(name, recipe["input"], recipe["resnet"]["widths"], recipe["resnet"]["blocks"], classes)


def resnet_topology(name: str, input_shape: list[int], widths: list[int], blocks: int, classes: int) -> dict:
    """A residual network for small images, `blocks` of two 3x3 convolutions at each width, logits out.

    1x1 convolutions are the shortcuts where the width changes (option B); every convolution has the bias that
    batch norm leaves when folded into it. Source: He, Zhang, Ren, Sun, arXiv 1512.03385, section 4.2.
    """
    layers: list[dict] = []

    def add(kind: str, name: str, sources: list[str], **config) -> str:
        base = {"name": name, "trainable": True, "dtype": "float32"}
        calls = [[[source, 0, 0, {}] for source in sources]] if sources else []
        layers.append({"class_name": kind, "name": name, "config": base | config, "inbound_nodes": calls})
        return name

    def conv(name: str, source: str, filters: int, size: int, stride: int, activation: str) -> str:
        window = {"kernel_size": [size] * 2, "strides": [stride] * 2, "padding": "same"}
        more = {"data_format": "channels_last", "activation": activation, "use_bias": True}
        return add("Conv2D", name, [source], filters=filters, **window, **more)

    x = add("InputLayer", "input", [], batch_input_shape=[None, *input_shape], sparse=False)
    x = conv("stem", x, widths[0], 3, 1, "relu")
    for stage, width in enumerate(widths):
        for block in range(blocks):
            narrows = stage > 0 and block == 0
            stride, label = (2 if narrows else 1), f"stage{stage + 1}_block{block + 1}"
            shortcut = conv(f"{label}_shortcut", x, width, 1, stride, "linear") if narrows else x
            inner = conv(f"{label}_a", x, width, 3, stride, "relu")
            inner = conv(f"{label}_b", inner, width, 3, 1, "linear")
            total = add("Add", f"{label}_add", [inner, shortcut])
            x = add("Activation", f"{label}_relu", [total], activation="relu")
    x = add("GlobalAveragePooling2D", "pool", [x], data_format="channels_last")
    x = add("Dense", "logits", [x], units=classes, activation="linear", use_bias=True)
    ends = {"input_layers": [["input", 0, 0]], "output_layers": [[x, 0, 0]]}
    return {
        "class_name": "Model",
        "config": {"name": name, "layers": layers, **ends},
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


def nodes_of(topology: dict) -> tuple[list[Node], str]:
    """The nodes in an order in which they can be computed, an InputLayer first, and the output's name."""
    config = topology["config"]
    if topology["class_name"] == "Sequential":
        return sequential_nodes(config["layers"])
    if topology["class_name"] in ("Model", "Functional"):
        return functional_nodes(config)
    raise ValueError(f"a {topology['class_name']} is neither Sequential nor a functional model")


def sequential_nodes(layers: list[dict]) -> tuple[list[Node], str]:
    nodes = []
    if layers[0]["class_name"] != "InputLayer":
        shape = layers[0]["config"]["batch_input_shape"]
        nodes.append(Node("InputLayer", "input", {"batch_input_shape": shape}, ()))
    for layer in layers:
        sources = (nodes[-1].name,) if nodes else ()
        nodes.append(Node(layer["class_name"], layer["config"]["name"], layer["config"], sources))
    return nodes, nodes[-1].name


def functional_nodes(config: dict) -> tuple[list[Node], str]:
    if len(config["input_layers"]) != 1 or len(config["output_layers"]) != 1:
        raise ValueError("only graphs with one input and one output are supported")
    waiting = []
    for layer in config["layers"]:
        calls = layer["inbound_nodes"]
        if len(calls) > 1 or any(source[1:3] != [0, 0] for call in calls for source in call):
            raise ValueError(f"layer {layer['name']} is shared or gives several outputs")
        sources = tuple(source[0] for call in calls for source in call)
        waiting.append(Node(layer["class_name"], layer["name"], layer["config"], sources))
    nodes, ready = [], set()
    while waiting:
        found = next((node for node in waiting if ready.issuperset(node.sources)), None)
        if found is None:
            raise ValueError("the graph has a cycle, or a layer takes from one that is not there")
        waiting.remove(found)
        nodes.append(found)
        ready.add(found.name)
    return nodes, config["output_layers"][0][0]
