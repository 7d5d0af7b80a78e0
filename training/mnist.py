"""MNIST from its official gzipped IDX files."""

import gzip
import struct
from pathlib import Path

import numpy as np

IMAGES_MAGIC, LABELS_MAGIC = 0x803, 0x801


class IdxError(ValueError):
    """An IDX file that is missing, damaged or not what its name says."""


def read_idx(path: Path, magic: int) -> np.ndarray:
    """The uint8 array of one gzipped IDX file: [N,28,28] images or [N] labels."""
    try:
        raw = gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as error:
        raise IdxError(f"{path}: cannot be read as gzip ({error})") from error
    rank = magic & 0xFF
    header = 4 + 4 * rank
    if len(raw) < header:
        raise IdxError(f"{path}: {len(raw)} bytes, shorter than an IDX header")
    found, *shape = struct.unpack(f">{1 + rank}I", raw[:header])
    if found != magic:
        raise IdxError(f"{path}: magic 0x{found:08x}, expected 0x{magic:08x}")
    if rank == 3 and shape[1:] != [28, 28]:
        raise IdxError(f"{path}: images of {shape[1]}x{shape[2]}, expected 28x28")
    if len(raw) - header != np.prod(shape):
        raise IdxError(f"{path}: {len(raw) - header} data bytes, the header says {np.prod(shape)}")
    return np.frombuffer(raw, np.uint8, offset=header).reshape(shape)


def find(folder: Path, prefixes: tuple[str, ...], suffix: str) -> Path:
    """The first existing file `<prefix>-<suffix>` of a folder."""
    for prefix in prefixes:
        path = folder / f"{prefix}-{suffix}"
        if path.is_file():
            return path
    names = " or ".join(f"{prefix}-{suffix}" for prefix in prefixes)
    raise IdxError(f"{folder}: no {names}")


def read_split(folder: Path, *prefixes: str) -> tuple[np.ndarray, np.ndarray]:
    """Images uint8 [N,28,28,1] and labels uint8 [N] of the files that start with a prefix."""
    images = read_idx(find(folder, prefixes, "images-idx3-ubyte.gz"), IMAGES_MAGIC)
    labels = read_idx(find(folder, prefixes, "labels-idx1-ubyte.gz"), LABELS_MAGIC)
    if len(images) != len(labels):
        raise IdxError(f"{folder}: {len(images)} images but {len(labels)} labels ({prefixes[0]})")
    return images[..., None], labels


def read_train(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    return read_split(folder, "train")


def read_test(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    return read_split(folder, "t10k", "test")
