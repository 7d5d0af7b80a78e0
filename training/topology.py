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
