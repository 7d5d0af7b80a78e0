"""The data sets that recipes name: one entry each."""

from pathlib import Path
from typing import Callable, NamedTuple

import numpy as np

import cifar10
import mnist

Split = tuple[np.ndarray, np.ndarray]  # images uint8 [N,H,W,C], labels uint8 [N]


class Dataset(NamedTuple):
    id: str
    name: str
    read_train: Callable[[Path], Split]
    read_test: Callable[[Path], Split]
    labels: tuple[str, ...]
    held_out: int  # training images, evenly spread or the last, that choose recipes
    test_size: int  # images in the whole test set
    preparation: str  # how the page makes an input of a picture
    card_note: str

    def split(self, folder: Path) -> tuple[Split, Split]:
        """Training images without those held out, and those held out."""
        images, labels = self.read_train(folder)
        chosen = np.zeros(len(images), bool)
        if self.id == "mnist":
            chosen[-self.held_out :] = True
        else:  # sorted by class: every so many
            chosen[:: len(images) // self.held_out] = True
        return (images[~chosen], labels[~chosen]), (images[chosen], labels[chosen])


DATASETS = {
    entry.id: entry
    for entry in (
        Dataset(
            id="mnist",
            name="MNIST",
            read_train=mnist.read_train,
            read_test=mnist.read_test,
            labels=tuple(str(digit) for digit in range(10)),
            held_out=5000,
            test_size=10_000,
            preparation="mnist",
            card_note="Trained on all but the last 5000 of the 60000 training images; those chose the recipe. "
            "White digits on black, 28x28.",
        ),
        Dataset(
            id="cifar10",
            name="CIFAR-10",
            read_train=cifar10.read_train,
            read_test=cifar10.read_test,
            labels=cifar10.LABELS,
            held_out=2500,
            test_size=10_000,
            preparation="photo",
            card_note="Trained on all but 2500 of the 50000 training images; those chose the recipe. Trained and "
            "tested on JPEG re-encodings of the originals. Colour photographs, 32x32.",
        ),
    )
}
