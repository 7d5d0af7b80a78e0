"""PyTorch as the bench's peer: one JSON question a line on stdin, one JSON answer a line on stdout.

    {"method": "describe"}
    {"method": "use", "device": "cpu" | "cuda"}, before any model is loaded; answers with the device's name, null without it
    {"method": "load", "modelId", "folder"}
    {"method": "logits" | "gradient", "modelId", "floats", "threads", "format"}
    {"method": "time", "modelId", "pass", "batch", "repeats", "threads", "format"}
    {"method": "sweep", "modelId", "floats", "sigmas", "copies", "seed", "threads", "format"}

`floats` are float32 inputs [n,H,W,C], little-endian in base64, as are the results. `format` is how
activations and filters lie in memory: "contiguous" (NCHW) or "channels_last" (NHWC).
"""

import base64
import json
import signal
import sys
import time
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "training"))

from modelfile import read_model  # noqa: E402
from network import Network  # noqa: E402

FORMATS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}
SWEEP_BATCH = 256
GREY, SIGMA = 0.5, 0.25  # the noisy grey images that the engine measures on
networks: dict[tuple[str, str], Network] = {}
device = torch.device("cpu")


def use(name: str) -> str | None:
    global device
    if name == "cuda" and not torch.cuda.is_available():
        return None
    device = torch.device(name)
    return torch.cuda.get_device_name() if name == "cuda" else name


def wait() -> None:
    """Until the device has done what it was asked for."""
    if device.type == "cuda":
        torch.cuda.synchronize()


def load(modelId: str, folder: str) -> None:
    for name, memory_format in FORMATS.items():
        network = read_model(Path(folder)).requires_grad_(False).to(device)
        networks[modelId, name] = network.to(memory_format=memory_format)


def placed(pixels: torch.Tensor, format: str) -> torch.Tensor:
    """The same [n,H,W,C] values, laid out so that the network's NCHW view of them has this format."""
    nchw = pixels.permute(0, 3, 1, 2).clone(memory_format=FORMATS[format])
    return nchw.permute(0, 2, 3, 1)


def selection(rows: int, classes: int) -> torch.Tensor:
    """[n,K], row i one at class i mod K: the cotangent of one logit each."""
    return torch.eye(classes, device=device)[torch.arange(rows, device=device) % classes]


def forward(network: Network, x: torch.Tensor) -> torch.Tensor:
    with torch.inference_mode():
        return network(x)


def input_gradient(network: Network, x: torch.Tensor, cotangent: torch.Tensor) -> torch.Tensor:
    return torch.autograd.grad(network(x), x, cotangent)[0]


def runner(modelId: str, kind: str, pixels: torch.Tensor, threads: int, format: str):
    torch.set_num_threads(threads)
    network = networks[modelId, format]
    x = placed(pixels.to(device), format)
    if kind == "forward":
        return lambda: forward(network, x)
    x.requires_grad_()
    cotangent = selection(len(x), network.classes)
    return lambda: input_gradient(network, x, cotangent)


def evaluate(modelId: str, kind: str, floats: str, threads: int, format: str) -> str:
    values = np.frombuffer(base64.b64decode(floats), "<f4")
    pixels = torch.tensor(values).view(-1, *networks[modelId, format].input_shape)
    result = runner(modelId, kind, pixels, threads, format)()
    return base64.b64encode(result.contiguous().cpu().numpy().astype("<f4").tobytes()).decode()


def measure(modelId: str, kind: str, batch: int, repeats: int, threads: int, format: str) -> list[float]:
    """Milliseconds of each repeat; the inputs are in place before."""
    noise = torch.randn(batch, *networks[modelId, format].input_shape, generator=torch.Generator().manual_seed(0))
    run = runner(modelId, kind, GREY + SIGMA * noise, threads, format)
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        wait()
        times.append(1000 * (time.perf_counter() - start))
    return times


def sweep(
    modelId: str,
    floats: str,
    sigmas: list[float],
    copies: int,
    seed: int,
    threads: int,
    format: str,
    batch: int = SWEEP_BATCH,
) -> dict:
    """Plain sampling as one writes it down: fresh noise for every copy, in batches, radius after radius.

    `kept`: by radius, how many copies kept the clean prediction after each batch; `milliseconds`: of it all.
    """
    torch.set_num_threads(threads)
    network = networks[modelId, format]
    image = torch.tensor(np.frombuffer(base64.b64decode(floats), "<f4")).view(network.input_shape).to(device)
    torch.manual_seed(seed)
    start = time.perf_counter()
    kept = []
    with torch.inference_mode():
        target = network(image[None]).argmax(1)
        for sigma in sigmas:
            total, after = 0, []
            for first in range(0, copies, batch):
                noise = torch.randn(min(batch, copies - first), *image.shape, device=device)
                total += (network(image + sigma * noise).argmax(1) == target).sum().item()
                after.append(total)
            kept.append(after)
    return {"kept": kept, "milliseconds": 1000 * (time.perf_counter() - start)}


def answer(question: dict):
    method = question.pop("method")
    if method == "describe":
        onednn = "with" if torch.backends.mkldnn.is_available() else "without"
        return f"PyTorch {torch.__version__} {onednn} oneDNN"
    if method == "use":
        return use(question["device"])
    if method == "load":
        return load(**question)
    if method == "logits":
        return evaluate(kind="forward", **question)
    if method == "gradient":
        return evaluate(kind="input_gradient", **question)
    if method == "sweep":
        return sweep(**question)
    if method == "time":
        return measure(kind=question.pop("pass"), **question)
    raise ValueError(f"there is no method {method}")


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the bench's; this process ends with its stdin
    for line in sys.stdin:
        try:
            reply = {"result": answer(json.loads(line))}
        except Exception as error:  # whatever it is, the bench has to hear of it
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
