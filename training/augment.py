"""What is drawn anew for every batch: affine maps and stroke widths of digits, shifts and mirrorings of photographs."""

import math

import torch
import torch.nn.functional as F


def augment(images: torch.Tensor, options: dict) -> torch.Tensor:
    """[B,H,W,C] to the same shape, in the way that `options["kind"]` names."""
    return {"digit": vary_digit, "photo": vary_photo}[options["kind"]](images, options)


def vary_photo(images: torch.Tensor, options: dict) -> torch.Tensor:
    """Shifted by up to `shiftPx` whole pixels, zeros coming in, and mirrored half of the time."""
    count, height, width, _ = images.shape
    pad = options["shiftPx"]
    padded = F.pad(images, (0, 0, pad, pad, pad, pad))
    top, left = torch.randint(2 * pad + 1, (count, 1)), torch.randint(2 * pad + 1, (count, 1))
    rows, columns = top + torch.arange(height), left + torch.arange(width)
    columns = torch.where(torch.rand(count, 1) < 0.5, columns.flip(1), columns)
    picked = (torch.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :])
    return padded[tuple(index.to(images.device) for index in picked)]


def erase(images: torch.Tensor, size: int, share: float) -> torch.Tensor:
    """[B,H,W,C]: in a share of the images a square of `size` pixels is the image's mean colour, wherever its centre falls.

    Source: DeVries and Taylor, arXiv 1708.04552.
    """
    count, height, width, _ = images.shape
    centre = [torch.randint(extent, (count, 1)) for extent in (height, width)]
    down, right = ((torch.arange(extent) - at + size // 2) for extent, at in zip((height, width), centre))
    inside = ((down >= 0) & (down < size))[:, :, None] & ((right >= 0) & (right < size))[:, None, :]
    inside &= (torch.rand(count) < share)[:, None, None]
    return torch.where(inside[..., None].to(images.device), images.mean((1, 2), keepdim=True), images)


def shrink(images: torch.Tensor, size: int) -> torch.Tensor:
    """[B,H,W,C] to [B,size,size,C], antialiased."""
    x = images.permute(0, 3, 1, 2)
    return F.interpolate(x, (size, size), mode="bilinear", antialias=True).permute(0, 2, 3, 1)


def vary_digit(images: torch.Tensor, options: dict) -> torch.Tensor:
    """White digits on black. `options`: half-widths of uniform draws around the identity."""
    x = images.permute(0, 3, 1, 2)
    x = vary_stroke(x, options["stroke"])
    grid = F.affine_grid(random_affine(len(x), x.shape[-1], options).to(x), x.shape, align_corners=False)
    return F.grid_sample(x, grid, align_corners=False).permute(0, 2, 3, 1)


def random_affine(count: int, size: int, options: dict) -> torch.Tensor:
    """[count,2,3] maps: `rotateDeg` degrees, `scale` and `shear` relative, `shiftPx` pixels."""
    angle = uniform(count, math.radians(options["rotateDeg"]))
    scale_x, scale_y = 1 + uniform(count, options["scale"]), 1 + uniform(count, options["scale"])
    shear = uniform(count, options["shear"])
    shift = 2 * options["shiftPx"] / size  # the grid spans [-1,1]
    cos, sin = angle.cos(), angle.sin()
    rows = (
        torch.stack([cos * scale_x, (shear * cos - sin) * scale_y, uniform(count, shift)], 1),
        torch.stack([sin * scale_x, (shear * sin + cos) * scale_y, uniform(count, shift)], 1),
    )
    return torch.stack(rows, 1)


def vary_stroke(x: torch.Tensor, amount: float) -> torch.Tensor:
    """Blends each image with its 3x3 dilation (thicker) or erosion (thinner), by up to `amount` of 1."""
    blend = uniform(len(x), amount).to(x)[:, None, None, None]
    thick = F.max_pool2d(x, 3, 1, 1)
    thin = -F.max_pool2d(-x, 3, 1, 1)
    return x + blend.clamp(min=0) * (thick - x) - blend.clamp(max=0) * (thin - x)


def uniform(count: int, half_width: float) -> torch.Tensor:
    return (2 * torch.rand(count) - 1) * half_width
