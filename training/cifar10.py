"""CIFAR-10 from its official binary batches or their archive, or from a tar of JPEG files `train/<class>/<n>.jpg`."""

import io
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image

LABELS = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
RECORD = 1 + 3 * 32 * 32  # a label, then 1024 bytes of red, of green, of blue
ARCHIVE, FOLDER = "cifar-10-binary.tar.gz", "cifar-10-batches-bin"  # the official one, and what it unpacks into


class CifarError(ValueError):
    """A CIFAR-10 file that is missing, damaged or not what its name says."""


def parse_batch(name: str, content: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Images uint8 [N,32,32,3] and labels uint8 [N] of one binary batch."""
    raw = np.frombuffer(content, np.uint8)
    if len(raw) == 0 or len(raw) % RECORD:
        raise CifarError(f"{name}: {len(raw)} bytes are no whole number of records of {RECORD}; fetch it anew")
    records = raw.reshape(-1, RECORD)
    labels = records[:, 0]
    if labels.max() >= len(LABELS):
        raise CifarError(f"{name}: label {labels.max()}, but there are {len(LABELS)} classes")
    return records[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1), labels


def read_jpegs(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Images and labels of a tar of JPEG files, sorted by name."""
    found = []
    try:
        with tarfile.open(path) as tar:
            for member in tar:
                if not member.isfile():
                    continue
                label = member.name.split("/")[-2]
                if label not in LABELS:
                    raise CifarError(f"{path}: {member.name} is in no folder with the name of a class")
                image = np.asarray(Image.open(io.BytesIO(tar.extractfile(member).read())).convert("RGB"))
                found.append((member.name, image, LABELS.index(label)))
    except (tarfile.TarError, OSError, IndexError) as error:
        raise CifarError(f"{path}: cannot be read as a tar of JPEG files ({error})") from error
    found.sort(key=lambda entry: entry[0])
    if not found or any(image.shape != (32, 32, 3) for _, image, _ in found):
        raise CifarError(f"{path}: holds no images, or some that are not 32x32")
    return np.stack([image for _, image, _ in found]), np.array([label for *_, label in found], np.uint8)


def read_train(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Images uint8 [N,32,32,3] and labels uint8 [N]: `data_batch_1.bin` to `5`, else `train-jpeg.tar`."""
    names = [f"data_batch_{i}.bin" for i in range(1, 6)]
    batches = [find(folder, name) for name in names]
    if all(batches):
        parts = [parse_batch(name, content) for name, content in zip(names, batches)]
        return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
    tar = folder / "train-jpeg.tar"
    if tar.is_file():
        return read_jpegs(tar)
    raise CifarError(f"{folder}: neither data_batch_1.bin to data_batch_5.bin, nor {ARCHIVE}, nor train-jpeg.tar")


def read_test(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    name = "test_batch.bin"
    content = find(folder, name)
    if content is None:
        raise CifarError(f"{folder}: no {name}, and no {ARCHIVE} that holds it")
    return parse_batch(name, content)


def find(folder: Path, name: str) -> bytes | None:
    """A batch's bytes: a file of the folder or of the official archive's own folder below it, or out of that archive."""
    for path in (folder / name, folder / FOLDER / name):
        if path.is_file():
            return path.read_bytes()
    if not (folder / ARCHIVE).is_file():
        return None
    try:
        with tarfile.open(folder / ARCHIVE) as tar:
            return tar.extractfile(f"{FOLDER}/{name}").read()
    except (tarfile.TarError, EOFError, OSError, KeyError) as error:
        raise CifarError(f"{folder / ARCHIVE}: holds no whole {name} ({error}); fetch it anew") from error
