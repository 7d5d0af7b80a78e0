"""Tests without a data set: python3 -m unittest discover training"""

import contextlib
import gzip
import io
import json
import re
import struct
import tarfile
import tempfile
import unittest
import unittest.mock
from pathlib import Path

import numpy as np
import torch

from PIL import Image

import train
from augment import augment
from cifar10 import RECORD, CifarError, read_jpegs, read_train
from cifar10 import read_test as read_cifar_test
from datasets import DATASETS
from definitions import margins, monte_carlo, taylor
from mnist import IMAGES_MAGIC, LABELS_MAGIC, IdxError, read_idx, read_test
from modelfile import FEW_VALUES, export, read_model, write_model
from network import Network, same_padding
from objective import noisy, squared_gradient
from robustness import compare, recommended_range
from teachers import Teachers
from topology import recipe_topology, resnet_topology, sequential_topology
from widen import widen

CNN = [
    {"type": "conv2d", "filters": 3, "kernel": 5, "stride": 2, "activation": "relu"},
    {"type": "conv2d", "filters": 4, "kernel": 3, "stride": 2, "activation": "relu"},
    {"type": "flatten"},
    {"type": "dense", "units": 6, "activation": "relu"},
    {"type": "dense", "units": 4},
]


def gzipped_idx(path: Path, magic: int, array: np.ndarray) -> Path:
    header = struct.pack(f">{1 + array.ndim}I", magic, *array.shape)
    path.write_bytes(gzip.compress(header + array.tobytes()))
    return path


class TemporaryFolder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = Path(self.temporary.name)


class IdxTest(TemporaryFolder):
    images = np.arange(3 * 784, dtype=np.uint32).astype(np.uint8).reshape(3, 28, 28)

    def test_both_names_of_the_test_file(self):
        for prefix in ("test", "t10k"):
            folder = self.folder / prefix
            folder.mkdir()
            gzipped_idx(folder / f"{prefix}-images-idx3-ubyte.gz", IMAGES_MAGIC, self.images)
            labels = np.array([7, 0, 9], np.uint8)
            gzipped_idx(folder / f"{prefix}-labels-idx1-ubyte.gz", LABELS_MAGIC, labels)
            images, labels = read_test(folder)
            np.testing.assert_array_equal(images[..., 0], self.images)
            self.assertEqual(labels.tolist(), [7, 0, 9])

    def test_errors_say_what_is_wrong(self):
        path = self.folder / "images.gz"
        header = struct.pack(">4I", IMAGES_MAGIC, 3, 28, 28)
        cases = {
            "magic": gzip.compress(struct.pack(">4I", LABELS_MAGIC, 3, 28, 28)),
            "data bytes": gzip.compress(header + bytes(100)),
            "28x28": gzip.compress(struct.pack(">4I", IMAGES_MAGIC, 3, 32, 32)),
            "shorter": gzip.compress(bytes(5)),
            "gzip": b"not gzip",
        }
        for message, content in cases.items():
            path.write_bytes(content)
            with self.assertRaisesRegex(IdxError, message):
                read_idx(path, IMAGES_MAGIC)
        with self.assertRaisesRegex(IdxError, "t10k-images"):
            read_test(self.folder)


class NetworkTest(TemporaryFolder):
    def test_same_convolution_against_a_naive_loop(self):
        for height, width, kernel, stride in ((28, 28, 5, 2), (7, 6, 3, 2), (6, 7, 4, 1), (5, 5, 2, 3)):
            layers = [{"type": "conv2d", "filters": 2, "kernel": kernel, "stride": stride}]
            network = Network(sequential_topology("one", [height, width, 3], layers + [{"type": "flatten"}]))
            x = torch.rand(1, height, width, 3)
            weights = network.keras_weights()
            expected = naive_same(x[0].numpy(), weights["conv2d_1/kernel"], weights["conv2d_1/bias"], stride)
            found = network(x)[0].detach().numpy()
            np.testing.assert_allclose(found, expected.ravel(), atol=1e-5)

    def test_an_odd_total_pads_more_after(self):
        self.assertEqual(same_padding(28, 3, 2), (0, 1))
        self.assertEqual(same_padding(28, 5, 2), (1, 2))
        self.assertEqual(same_padding(7, 3, 2), (1, 1))

    def test_written_model_reads_back_to_the_same_logits(self):
        torch.manual_seed(1)
        topology = sequential_topology("small", [28, 28, 1], CNN)
        network = Network(topology)
        write_model(self.folder, topology, network)
        x = torch.rand(5, 28, 28, 1)
        torch.testing.assert_close(read_model(self.folder)(x), network(x), rtol=0, atol=0)
        parameters = sum(p.numel() for p in network.parameters())
        self.assertEqual((self.folder / "weights.bin").stat().st_size, 4 * parameters)

    def test_multiply_accumulates(self):
        network = Network(sequential_topology("small", [28, 28, 1], CNN))
        self.assertEqual(network.macs, 14 * 14 * 3 * 25 + 7 * 7 * 4 * 27 + 196 * 6 + 6 * 4)


def layer(kind: str, name: str, sources: list[str], **config) -> dict:
    """A layer of a functional topology, as Keras and tfjs write it."""
    calls = [[[source, 0, 0, {}] for source in sources]] if sources else []
    return {"class_name": kind, "name": name, "config": {"name": name, **config}, "inbound_nodes": calls}


def conv(name: str, source: str, filters: int, size: int, stride: int, **more) -> dict:
    shape = {"filters": filters, "kernel_size": [size] * 2, "strides": [stride] * 2, "padding": "same"}
    return layer("Conv2D", name, [source], use_bias=True, **shape, **more)


def graph(input_shape: list[int], layers: list[dict], output: str) -> dict:
    source = layer("InputLayer", "in", [], batch_input_shape=[None, *input_shape])
    ends = {"input_layers": [["in", 0, 0]], "output_layers": [[output, 0, 0]]}
    return {"class_name": "Functional", "config": {"name": "graph", "layers": [*layers, source], **ends}}


BLOCK = [  # not in order, as Keras does not promise one
    layer("Activation", "out", ["add"], activation="relu"),
    layer("Add", "add", ["second", "shortcut"]),
    conv("shortcut", "in", 4, 1, 2),
    conv("first", "in", 4, 3, 2, activation="relu"),
    conv("second", "first", 4, 3, 1),
    layer("GlobalAveragePooling2D", "mean", ["out"]),
    layer("Dense", "logits", ["mean"], units=5, use_bias=False),
]


class GraphTest(TemporaryFolder):
    def test_residual_block_against_naive_loops(self):
        torch.manual_seed(2)
        topology = graph([7, 6, 3], BLOCK, "logits")
        network = Network(topology)
        write_model(self.folder, topology, network)
        weights = network.keras_weights()
        x = np.random.default_rng(3).normal(size=(2, 7, 6, 3))

        def run(image: np.ndarray, name: str, stride: int) -> np.ndarray:
            return naive_same(image, weights[f"{name}/kernel"], weights[f"{name}/bias"], stride)

        found = read_model(self.folder)(torch.tensor(x).float()).detach().numpy()
        for i, image in enumerate(x):
            inner = run(np.maximum(run(image, "first", 2), 0), "second", 1)
            block = np.maximum(inner + run(image, "shortcut", 2), 0)
            expected = block.mean((0, 1)) @ weights["logits/kernel"]
            np.testing.assert_allclose(found[i], expected, atol=1e-5)

    def test_block_differentiates_as_in_finite_differences(self):
        torch.manual_seed(4)
        network = Network(graph([6, 6, 2], BLOCK, "logits")).double()
        x = torch.rand(1, 6, 6, 2, dtype=torch.double, requires_grad=True)
        self.assertTrue(torch.autograd.gradcheck(network, x))

    def test_multiply_accumulates_of_a_block(self):
        network = Network(graph([8, 8, 3], BLOCK, "logits"))
        self.assertEqual(network.macs, 16 * 4 * (3 + 27 + 36) + 4 * 5)

    def test_pools_against_naive_loops(self):
        for height, width, size, stride, padding in (
            (7, 6, 3, 2, "same"),
            (6, 7, 2, 2, "same"),
            (7, 7, 3, 2, "valid"),
            (5, 5, 2, 1, "same"),
        ):
            x = -1 - np.random.default_rng(5).random((1, height, width, 2))  # zeros of the padding would win
            for kind, reduce in (("MaxPooling2D", np.max), ("AveragePooling2D", np.mean)):
                window = {"pool_size": [size] * 2, "strides": [stride] * 2, "padding": padding}
                layers = [layer(kind, "pool", ["in"], **window), layer("Flatten", "flat", ["pool"])]
                network = Network(graph([height, width, 2], layers, "flat"))
                found = network(torch.tensor(x).float())[0].numpy()
                expected = naive_pool(x[0], size, stride, padding == "same", reduce)
                np.testing.assert_allclose(found, expected.ravel(), atol=1e-6)

    def test_what_is_not_supported_is_named(self):
        cases = {
            "BatchNormalization": [layer("BatchNormalization", "out", ["in"])],
            "softmax": [layer("Flatten", "flat", ["in"]), layer("Activation", "out", ["flat"], activation="softmax")],
            "different shapes": [conv("smaller", "in", 3, 1, 2), layer("Add", "out", ["in", "smaller"])],
            "cycle": [layer("Add", "out", ["in", "out"])],
            "dilated": [conv("out", "in", 1, 3, 1, dilation_rate=[2, 2])],
        }
        for message, layers in cases.items():
            with self.assertRaisesRegex(ValueError, message):
                Network(graph([4, 4, 3], layers, "out"))
        shared = layer("Dense", "out", ["in"], units=2, use_bias=True)
        shared["inbound_nodes"] *= 2
        with self.assertRaisesRegex(ValueError, "shared"):
            Network(graph([4, 4, 3], [shared], "out"))


def naive_pool(x: np.ndarray, size: int, stride: int, same: bool, reduce) -> np.ndarray:
    """TensorFlow's pooling of x [H,W,C], window by window; the padding takes no part."""
    starts = []
    for length in x.shape[:2]:
        before = same_padding(length, size, stride)[0] if same else 0
        count = -(-length // stride) if same else (length - size) // stride + 1
        starts.append([i * stride - before for i in range(count)])
    rows = [
        [reduce(x[max(0, r) : r + size, max(0, c) : c + size], axis=(0, 1)) for c in starts[1]] for r in starts[0]
    ]
    return np.array(rows)


def naive_same(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, stride: int) -> np.ndarray:
    """TensorFlow's 'same' convolution of x [H,W,C] by an HWIO kernel, index by index."""
    height, width = x.shape[:2]
    out = np.zeros((-(-height // stride), -(-width // stride), kernel.shape[3]))
    top = max((out.shape[0] - 1) * stride + kernel.shape[0] - height, 0) // 2
    left = max((out.shape[1] - 1) * stride + kernel.shape[1] - width, 0) // 2
    for row, column, i, j in np.ndindex(*out.shape[:2], *kernel.shape[:2]):
        y, z = row * stride + i - top, column * stride + j - left
        if 0 <= y < height and 0 <= z < width:
            out[row, column] += x[y, z] @ kernel[i, j]
    return out + bias


class DefinitionsTest(unittest.TestCase):
    def test_taylor_is_monte_carlo_for_a_linear_network(self):
        torch.manual_seed(3)
        layers = [{"type": "flatten"}, {"type": "dense", "units": 4}]
        network = Network(sequential_topology("linear", [4, 4, 1], layers))
        x = torch.rand(1, 4, 4, 1)
        target = int(network(x).argmax())
        g, gradients = margins(network, x, target)
        for sigma in (0.1, 0.4, 1.0):
            sampled = monte_carlo(network, x, target, sigma, 100_000, seed=5) / 100_000
            self.assertAlmostEqual(taylor(g, gradients, sigma), sampled, delta=0.006)

    def test_zero_gradients_always_or_never_hold(self):
        gradients = np.array([[0.0, 0.0], [1.0, 0.0]])
        self.assertAlmostEqual(taylor(np.array([1.0, 0.0]), gradients, 0.5), 0.5)
        self.assertEqual(taylor(np.array([0.0, 1.0]), gradients, 0.5), 0)


class CifarTest(TemporaryFolder):
    def records(self, count: int) -> np.ndarray:
        records = np.random.default_rng(1).integers(0, 256, (count, RECORD)).astype(np.uint8)
        records[:, 0] = np.arange(count) % 10
        return records

    def test_binary_batches_in_either_folder(self):
        for folder in (self.folder, self.folder / "cifar-10-batches-bin"):
            folder.mkdir(exist_ok=True)
            records = self.records(4)
            (folder / "test_batch.bin").write_bytes(records.tobytes())
            images, labels = read_cifar_test(self.folder)
            self.assertEqual(labels.tolist(), [0, 1, 2, 3])
            self.assertEqual(images[2, 5, 7].tolist(), [records[2, 1 + c * 1024 + 5 * 32 + 7] for c in range(3)])
            (folder / "test_batch.bin").unlink()

    def test_the_official_archive_is_read_as_it_is(self):
        records = self.records(3).tobytes()
        path = self.folder / "cifar-10-binary.tar.gz"
        with tarfile.open(path, "w:gz") as tar:
            info = tarfile.TarInfo("cifar-10-batches-bin/test_batch.bin")
            info.size = len(records)
            tar.addfile(info, io.BytesIO(records))
        self.assertEqual(read_cifar_test(self.folder)[1].tolist(), [0, 1, 2])
        with self.assertRaisesRegex(CifarError, "data_batch_1"):
            read_train(self.folder)
        path.write_bytes(path.read_bytes()[:100])
        with self.assertRaisesRegex(CifarError, "fetch it anew"):
            read_cifar_test(self.folder)

    def test_five_batches_come_before_the_tar(self):
        for i in range(1, 6):
            (self.folder / f"data_batch_{i}.bin").write_bytes(self.records(10 * i).tobytes())
        self.assertEqual(len(read_train(self.folder)[0]), 150)

    def test_jpegs_are_labelled_by_folder(self):
        path = self.folder / "train-jpeg.tar"
        with tarfile.open(path, "w") as tar:
            for name, grey in (("train/truck/1.jpg", 200), ("train/airplane/0.jpg", 40)):
                data = io.BytesIO()
                Image.new("RGB", (32, 32), (grey, grey, grey)).save(data, "JPEG")
                info = tarfile.TarInfo(name)
                info.size = data.tell()
                data.seek(0)
                tar.addfile(info, data)
        images, labels = read_train(self.folder)
        self.assertEqual(labels.tolist(), [0, 9])
        self.assertEqual(images[:, 16, 16, 0].tolist(), [40, 200])

    def test_errors_say_what_is_wrong(self):
        with self.assertRaisesRegex(CifarError, "no test_batch.bin"):
            read_cifar_test(self.folder)
        with self.assertRaisesRegex(CifarError, "neither"):
            read_train(self.folder)
        path = self.folder / "test_batch.bin"
        for message, content in {"whole number": bytes(RECORD - 1), "label 11": bytes([11]) + bytes(RECORD - 1)}.items():
            path.write_bytes(content)
            with self.assertRaisesRegex(CifarError, message):
                read_cifar_test(self.folder)
        path.write_bytes(b"not a tar")
        with self.assertRaisesRegex(CifarError, "cannot be read"):
            read_jpegs(path)


class ResnetTest(TemporaryFolder):
    def test_depth_parameters_and_operations(self):
        network = Network(resnet_topology("resnet20", [32, 32, 3], [16, 32, 64], 3, 10))
        convolutions = [name for name in network.weighted if not name.endswith(("shortcut", "logits"))]
        self.assertEqual(len(convolutions) + 1, 20)
        # He et al. count 0.27 million parameters and 41 million multiply-adds.
        self.assertAlmostEqual(sum(p.numel() for p in network.parameters()) / 1e6, 0.27, delta=0.01)
        self.assertAlmostEqual(network.macs / 1e6, 41, delta=0.5)

    def small(self, topology):
        """With batch norm in evaluation mode, whose running statistics are not the identity."""
        network = Network(topology, batch_norm=True)
        for _ in range(20):
            network(3 * torch.rand(16, 8, 8, 3) - 1)
        for norm in network.norms.values():
            torch.nn.init.normal_(norm.weight, 1, 0.3)
            torch.nn.init.normal_(norm.bias)
        return network.eval()

    def test_widened_it_computes_the_same(self):
        torch.manual_seed(7)
        narrow = self.small(resnet_topology("small", [8, 8, 3], [4, 6], 2, 5))
        for widths in ([4, 6], [4, 13], [9, 13]):
            wide = Network(resnet_topology("wide", [8, 8, 3], widths, 2, 5), batch_norm=True)
            x = torch.rand(7, 8, 8, 3)
            self.assertGreater(float((wide.eval()(x) - narrow(x)).abs().max()), 0.1)
            widen(narrow, wide)
            torch.testing.assert_close(wide(x), narrow(x), rtol=1e-4, atol=1e-4)
        copies = wide.weighted["stage2_block1_a"].weight
        self.assertEqual(len(torch.unique(copies, dim=1).flatten(1)[0]), copies[0].numel())  # shares are uneven

    def test_only_layers_that_keep_channels_apart_are_widened(self):
        layers = [{"type": "flatten"}, {"type": "dense", "units": 3}]
        flat = Network(sequential_topology("flat", [2, 2, 2], layers))
        with self.assertRaisesRegex(ValueError, "Flatten"):
            widen(flat, flat)

    def test_batch_norm_is_folded_without_a_change(self):
        torch.manual_seed(6)
        topology = resnet_topology("small", [8, 8, 3], [4, 6], 1, 5)
        network = self.small(topology)
        write_model(self.folder, topology, network)
        x = torch.rand(7, 8, 8, 3)
        torch.testing.assert_close(read_model(self.folder)(x), network(x), rtol=1e-4, atol=1e-4)
        with self.assertRaisesRegex(ValueError, "unfolded"):
            network.load_keras_weights(network.keras_weights())


class ExportTest(TemporaryFolder):
    layers = [{"type": "flatten"}, {"type": "dense", "units": 64, "activation": "relu"}, {"type": "dense", "units": 3}]

    def network(self, scale: float) -> tuple[dict, Network]:
        torch.manual_seed(7)
        topology = sequential_topology("halved", [8, 8, 1], self.layers)
        network = Network(topology)
        with torch.no_grad():
            network.weighted["dense_2"].weight.mul_(scale)
        return topology, network

    def test_large_arrays_are_halved_and_the_change_is_told(self):
        topology, network = self.network(1)
        x = torch.rand(50, 8, 8, 1)
        exported = export(self.folder, topology, network, x, "float16")
        stored = read_model(self.folder)
        change = float((network(x) - stored(x)).detach().abs().max())
        self.assertGreater(change, 0)
        self.assertAlmostEqual(exported.largest_logit_change, change, delta=0.1 * change)
        sizes = [p.numel() for p in network.parameters()]
        expected = sum(size * (2 if size >= FEW_VALUES else 4) for size in sizes)
        self.assertEqual((self.folder / "weights.bin").stat().st_size, expected)

    def test_too_coarse_a_rounding_is_refused(self):
        topology, network = self.network(1000)
        with self.assertRaisesRegex(ValueError, "float32"):
            export(self.folder, topology, network, torch.rand(50, 8, 8, 1), "float16")
        exported = export(self.folder, topology, network, torch.rand(50, 8, 8, 1), "float32")
        self.assertEqual(exported.largest_logit_change, 0)


class ObjectiveTest(unittest.TestCase):
    def test_penalty_is_the_jacobian_of_the_centred_logits(self):
        torch.manual_seed(8)
        topology = sequential_topology("linear", [4, 4, 1], [{"type": "flatten"}, {"type": "dense", "units": 5}])
        network = Network(topology)
        weight = network.weighted["dense_2"].weight.detach()
        exact = float((weight - weight.mean(0)).pow(2).sum())
        x = torch.rand(20_000, 4, 4, 1, requires_grad=True)
        estimate = float(squared_gradient(network(x), x))
        # The projections' squares have a variance of at most 2 * exact^2.
        self.assertAlmostEqual(estimate, exact, delta=4 * exact * (2 / 20_000) ** 0.5)

    def test_only_a_share_is_noisy(self):
        torch.manual_seed(9)
        x = torch.zeros(4000, 4, 4, 1)
        moved = noisy(x, sigma=0.5, share=0.25)
        still = float((moved.flatten(1).abs().amax(1) == 0).float().mean())
        self.assertAlmostEqual(still, 0.75, delta=4 * (0.25 * 0.75 / 4000) ** 0.5)
        self.assertAlmostEqual(float(noisy(x, 0.5, 1.0).std()), 0.5, delta=0.01)


class TeachersTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(11)
        topology = sequential_topology("linear", [4, 4, 1], [{"type": "flatten"}, {"type": "dense", "units": 3}])
        self.networks = [Network(topology).eval() for _ in range(2)]
        self.x, self.labels = torch.rand(6, 4, 4, 1), torch.tensor([0, 1, 2, 0, 1, 2])

    def test_every_second_one_sees_the_mirrored_image(self):
        first, second = (network(x).detach() for network, x in zip(self.networks, (self.x, self.x.flip(2))))
        expected = ((first / 3).softmax(1) + (second / 3).softmax(1)) / 2
        # Teachers compute in bfloat16, of 8 significant bits.
        torch.testing.assert_close(Teachers(self.networks, 3, 0.5).predictions(self.x), expected, rtol=0, atol=0.01)

    def test_loss_by_its_definition(self):
        logits = torch.randn(6, 3)
        teachers = Teachers(self.networks, 4, 0.7)
        theirs = teachers.predictions(self.x).double().numpy()
        own = np.exp(logits.double().numpy() / 4)
        own /= own.sum(1, keepdims=True)
        apart = (theirs * np.log(theirs / own)).sum(1).mean()
        hard = -torch.log_softmax(logits.double(), 1)[torch.arange(6), self.labels].mean()
        self.assertAlmostEqual(float(teachers.loss(logits, self.x, self.labels)), 0.3 * float(hard) + 0.7 * 16 * apart, places=5)


class TrainTest(TemporaryFolder):
    """A small recipe, trained on made-up digits."""

    def setUp(self):
        super().setUp()
        random = np.random.default_rng(10)
        labels = random.integers(0, 10, 700).astype(np.uint8)
        images = random.integers(0, 60, (700, 28, 28)).astype(np.uint8)
        images[np.arange(700), 2 * labels + 4] = 255  # a bright row tells the class
        for prefix, part in (("train", slice(0, 600)), ("test", slice(600, 700))):
            gzipped_idx(self.folder / f"{prefix}-images-idx3-ubyte.gz", IMAGES_MAGIC, images[part])
            gzipped_idx(self.folder / f"{prefix}-labels-idx1-ubyte.gz", LABELS_MAGIC, labels[part])
        small = DATASETS["mnist"]._replace(held_out=100)
        patch = unittest.mock.patch.dict(DATASETS, mnist=small)
        patch.start()
        self.addCleanup(patch.stop)

    recipe = {
        "id": "small",
        "dataset": "mnist",
        "seed": 3,
        "input": [28, 28, 1],
        "layers": ExportTest.layers[:2] + [{"type": "dense", "units": 10}],
        "optimiser": {"kind": "adamw", "learningRate": 0.003, "weightDecay": 0.01, "warmUp": 0.2},
        "epochs": 3,
        "batch": 32,
        "augmentation": None,
    }

    def trained(self, recipe: dict, runs: str) -> Network:
        return train.trained(recipe, self.folder / runs, self.folder / "models", self.folder, torch.device("cpu"))

    def test_a_resumed_run_ends_as_an_unbroken_one(self):
        whole = self.trained(self.recipe, "whole")
        self.assertGreater(train.accuracy(whole, *DATASETS["mnist"].read_test(self.folder), torch.device("cpu")), 90)
        real, calls = train.train_epoch, []

        def stops(*arguments):
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(*arguments)

        with unittest.mock.patch.object(train, "train_epoch", stops), self.assertRaises(KeyboardInterrupt):
            self.trained(self.recipe, "broken")
        resumed = self.trained(self.recipe, "broken")
        for a, b in zip(whole.parameters(), resumed.parameters()):
            torch.testing.assert_close(a, b, rtol=0, atol=0)
        with self.assertRaisesRegex(SystemExit, "another version"):
            self.trained({**self.recipe, "seed": 4}, "broken")

    def test_goes_on_from_an_exported_model(self):
        base = self.trained(self.recipe, "runs")
        topology = recipe_topology(self.recipe)
        write_model(self.folder / "models" / "small", topology, base)
        further = {**self.recipe, "id": "further", "from": "small", "noise": {"sigma": 0.3, "share": 1.0}}
        start = train.start_of(further, self.folder / "elsewhere", self.folder / "models", self.folder, torch.device("cpu"))
        for a, b in zip(base.parameters(), start.parameters()):
            torch.testing.assert_close(a, b, rtol=0, atol=0)
        further["gradientPenalty"] = {"weight": 0.01, "sigma": 0.3}
        for before, after in zip(base.parameters(), self.trained(further, "elsewhere").parameters()):
            self.assertTrue(torch.isfinite(after).all())
            self.assertFalse(torch.equal(before, after))

    def test_goes_on_from_before_a_restart_with_batch_norm_folded(self):
        layers = [{"type": "conv2d", "filters": 4, "kernel": 3, "stride": 2}, *self.recipe["layers"][:1]]
        base = {**self.recipe, "layers": [*layers, {"type": "dense", "units": 10}], "batchNorm": True}
        base["optimiser"] = {**base["optimiser"], "restarts": [{"epoch": 2, "learningRate": 0.001}]}
        further = {**base, "id": "further", "from": "small", "fromEpoch": 2, "batchNorm": False}
        with unittest.mock.patch.object(train, "read_recipe", lambda id: {"small": base}[id]):
            folders = (self.folder / "runs", self.folder / "models", self.folder, torch.device("cpu"))
            start = train.start_of(further, *folders).keras_weights()
            short = {**base, "epochs": 2, "optimiser": self.recipe["optimiser"]}
            earlier = self.trained(short, "short").eval().keras_weights()
        for name, weights in start.items():
            np.testing.assert_allclose(weights, earlier[name], atol=1e-6)

    def test_learns_from_itself_before_a_restart(self):
        restarts = [{"epoch": 2, "learningRate": 0.0}]
        recipe = {**self.recipe, "optimiser": {**self.recipe["optimiser"], "restarts": restarts, "weightDecay": 0.0}}
        recipe["distil"] = {"epochs": [2], "from": 2, "temperature": 2, "weight": 1.0}
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            self.trained(recipe, "runs")
        # Standing still beside its own teacher, it has nothing left to learn.
        losses = [float(loss) for loss in re.findall(r"loss ([0-9.]+)", said.getvalue())]
        self.assertGreater(losses[1], 0.01)
        self.assertLess(losses[2], 0.001)

    def test_warm_up_then_cosine(self):
        settings = {"learningRate": 0.4, "warmUp": 0.2}
        rates = [train.learning_rate(settings, epoch, 10) for epoch in (0, 1, 2, 6, 10)]
        np.testing.assert_allclose(rates, [0, 0.2, 0.4, 0.2, 0], atol=1e-12)
        settings["restarts"] = [{"epoch": 10, "learningRate": 0.1}, {"epoch": 14, "learningRate": 0.3}]
        rates = [train.learning_rate(settings, epoch, 18) for epoch in (1, 6, 10, 12, 14, 16, 18)]
        np.testing.assert_allclose(rates, [0.2, 0.2, 0.1, 0.05, 0.3, 0.15, 0], atol=1e-12)

    def test_every_recipe_declares_a_network_of_its_data_set(self):
        for path in sorted((train.HERE / "recipes").glob("*.json")):
            recipe = json.loads(path.read_text())
            network = Network(recipe_topology(recipe))
            self.assertEqual(recipe["id"], path.stem)
            self.assertEqual(network.classes, len(DATASETS[recipe["dataset"]].labels))
            self.assertIn(recipe.get("from"), {None, *(p.stem for p in path.parent.glob("*.json"))})


class CompareTest(unittest.TestCase):
    def test_beside_itself_nothing_is_gained(self):
        torch.manual_seed(11)
        topology = sequential_topology("linear", [4, 4, 1], [{"type": "flatten"}, {"type": "dense", "units": 3}])
        network = Network(topology)
        images = np.random.default_rng(12).integers(0, 256, (20, 4, 4, 1)).astype(np.uint8)
        rows = [{"sigma": s, "mean": m} for s, m in ((0.1, 0.9), (0.5, 0.1))]
        found = compare(network, network, rows, images, {"images": 20, "samplesPerImage": 50}, 1, torch.device("cpu"))
        self.assertEqual(found["sigma"], 0.3)
        self.assertEqual(found["difference"], {"mean": 0, "stdErr": 0})
        self.assertFalse(found["countsAsRobust"])


class RecipeTest(unittest.TestCase):
    def test_a_photo_is_shifted_and_mirrored_whole(self):
        torch.manual_seed(13)
        x = torch.zeros(600, 8, 8, 1)
        x[:, 3, 2] = 1
        found = augment(x, {"kind": "photo", "shiftPx": 1})
        self.assertTrue((found.sum((1, 2, 3)) == 1).all())
        rows, columns = found[..., 0].nonzero()[:, 1:].unbind(1)
        self.assertEqual(sorted(set(rows.tolist())), [2, 3, 4])
        self.assertEqual(sorted(set(columns.tolist())), [1, 2, 3, 4, 5, 6])

    def test_augmenting_by_nothing_changes_nothing(self):
        x = torch.rand(4, 28, 28, 1)
        still = {"kind": "digit"} | dict.fromkeys(("rotateDeg", "scale", "shear", "shiftPx", "stroke"), 0)
        torch.testing.assert_close(augment(x, still), x, rtol=0, atol=1e-5)

    def test_recommended_range_interpolates(self):
        rows = [{"sigma": s, "mean": m} for s, m in ((0.1, 1.0), (0.2, 0.98), (0.4, 0.4), (0.8, 0.2))]
        self.assertEqual(recommended_range(rows), {"min": 0.15, "max": 0.6})


if __name__ == "__main__":
    unittest.main()
