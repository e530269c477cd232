"""The small networks of ``train_radiology``: how they are built, varied and trained. Needs torch.

Each looks at an image twice: as it is, less its mean and over its spread, and with every place
measured against the nine pixels around it, because exposure and collimation are what differs from
one hospital to the next. Weights are averaged over the last third of the steps (Izmailov et al.
2018, UAI), labels smoothed and images mixed (Zhang et al. 2018, ICLR).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

torch.set_num_threads(1)
SIZE = 28
NEAR = 4
"""Pixels on each side that a place is measured against."""
SMOOTHED, MIXED = 0.04, 0.2
BATCH = 64

Images = NDArray[np.uint8]
Drawing = Callable[[np.random.Generator, torch.Generator], tuple[Tensor, Tensor]]


class Views(nn.Module):  # type: ignore[misc]
    """The two channels that a network sees of an image in [0, 1]."""

    def __init__(self) -> None:
        super().__init__()
        # The mean of nine by nine pixels, fewer at the rim, is a product with one matrix each way.
        apart = (torch.arange(SIZE)[:, None] - torch.arange(SIZE)[None, :]).abs()
        near = (apart <= NEAR).float()
        self.register_buffer("near", near / near.sum(1, keepdim=True), persistent=False)

    def _around(self, image: Tensor) -> Tensor:
        return self.near @ image @ self.near.T

    def forward(self, image: Tensor) -> Tensor:
        """Return (n, 2, height, width)."""
        centred = image - image.mean((2, 3), keepdim=True)
        whole = centred / ((centred * centred).mean((2, 3), keepdim=True) + 1e-4).sqrt()
        near = whole - self._around(whole)
        return torch.cat([whole, near / (self._around(near * near) + 0.05).sqrt()], 1)


LAYERS = ((12, 2), (20, 1), (32, 2), (40, 1))
"""Channels and stride of each convolution, 3 by 3."""


class Network(nn.Module):  # type: ignore[misc]
    """Four convolutions, then what is there on average and at most."""

    def __init__(self, outputs: int) -> None:
        super().__init__()
        self.views = Views()
        layers: list[nn.Module] = []
        inward = 2
        for outward, stride in LAYERS:
            layers += [
                nn.Conv2d(inward, outward, 3, stride, 1, bias=False),
                nn.BatchNorm2d(outward),
                nn.ReLU(),
            ]
            inward = outward
        self.body = nn.Sequential(*layers)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(2 * inward, outputs)

    def features(self, views: Tensor) -> Tensor:
        """Return what is told apart, of views."""
        seen = self.body(views)
        return torch.cat([seen.mean((2, 3)), seen.amax((2, 3))], 1)

    def forward(self, image: Tensor) -> Tensor:
        """Return log-odds, of images in [0, 1]."""
        return self.head(self.drop(self.features(self.views(image))))


def tensor(images: Images) -> Tensor:
    """Return images as (n, 1, height, width) in [0, 1]."""
    return torch.from_numpy(images[:, None].astype(np.float32) / 255)


def _between(n: int, low: float, high: float, dice: torch.Generator) -> Tensor:
    return (torch.rand(n, 1, 1, 1, generator=dice) * (high - low) + low).float()


def vary(image: Tensor, dice: torch.Generator, by: float = 1.0) -> Tensor:
    """Return images as another room, tube or patient's stance would have made them; never flipped.

    Turned by up to 10 degrees, scaled, moved; gamma, contrast, brightness, a slope of exposure,
    softer or sharper, grain, and a patch that is missing.
    """
    n = len(image)
    angle = _between(n, -10, 10, dice).flatten() * (np.pi / 180 * by)
    wide = 1 + _between(n, -0.14, 0.14, dice).flatten() * by
    high = wide * (1 + _between(n, -0.08, 0.08, dice).flatten() * by)
    turn = torch.zeros(n, 2, 3)
    turn[:, 0, 0], turn[:, 0, 1] = angle.cos() * wide, -angle.sin() * wide
    turn[:, 1, 0], turn[:, 1, 1] = angle.sin() * high, angle.cos() * high
    turn[:, :, 2] = (torch.rand(n, 2, generator=dice) - 0.5) * 0.28 * by
    grid = functional.affine_grid(turn, list(image.shape), align_corners=False)
    image = functional.grid_sample(image, grid, padding_mode="border", align_corners=False).clamp(
        0, 1
    )
    image = image ** torch.exp(_between(n, -0.5, 0.5, dice) * by)
    image = image * torch.exp(_between(n, -0.35, 0.35, dice) * by)
    image = image + _between(n, -0.15, 0.15, dice) * by
    slope = torch.randn(n, 1, 3, 3, generator=dice)
    slope = functional.interpolate(slope, size=image.shape[-1], mode="bicubic", align_corners=True)
    image = image + slope * _between(n, 0, 0.1 * by, dice)
    soft = functional.avg_pool2d(image, 3, 1, 1, count_include_pad=False)
    much = _between(n, -0.6, 0.8, dice) * by * (_between(n, 0, 1, dice) < 0.5)
    image = image + (soft - image) * much
    image = image + torch.randn(image.shape, generator=dice) * _between(n, 0, 0.04 * by, dice)
    return _patched(image.clamp(0, 1), dice)


def _patched(image: Tensor, dice: torch.Generator) -> Tensor:
    n, size = len(image), image.shape[-1]
    place = torch.randint(0, size, (n, 2), generator=dice)[:, :, None, None]
    reach = torch.randint(2, 5, (n, 1, 1), generator=dice)
    axis = torch.arange(size)
    inside = ((axis[None, :, None] - place[:, 0]).abs() <= reach) & (
        (axis[None, None, :] - place[:, 1]).abs() <= reach
    )
    missing = inside[:, None] & (_between(n, 0, 1, dice) < 0.4)
    return torch.where(missing, image.mean((2, 3), keepdim=True).expand_as(image), image)


def train(drawing: Drawing, outputs: int, *, steps: int, seed: int) -> Network:
    """Train a network on what ``drawing`` gives: images and targets (n, outputs) in [0, 1]."""
    torch.manual_seed(seed)
    dice, chance = torch.Generator().manual_seed(seed), np.random.default_rng(seed)
    network = Network(outputs).to(memory_format=torch.channels_last)
    steer = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=1e-2)
    pace = torch.optim.lr_scheduler.OneCycleLR(steer, 3e-3, steps, pct_start=0.2)
    kept: dict[str, Any] = {}
    for step in range(steps):
        image, target = drawing(chance, dice)
        target = target * (1 - 2 * SMOOTHED) + SMOOTHED
        share = float(chance.beta(MIXED, MIXED))
        other = torch.randperm(len(image), generator=dice)
        said = network(share * image + (1 - share) * image[other])
        target = share * target + (1 - share) * target[other]
        loss = functional.binary_cross_entropy_with_logits(said, target)
        steer.zero_grad()
        loss.backward()
        steer.step()
        pace.step()
        if step >= steps * 0.7:
            _average(kept, network, step - int(np.ceil(steps * 0.7)) + 1)
    kinds = {name: value.dtype for name, value in network.state_dict().items()}
    network.load_state_dict({name: value.to(kinds[name]) for name, value in kept.items()})
    return _settled(network, drawing, chance, dice)


def _average(kept: dict[str, Any], network: Network, count: int) -> None:
    for name, value in network.state_dict().items():
        new = value.detach().clone().float()
        kept[name] = kept[name] + (new - kept[name]) / count if name in kept else new


def _settled(
    network: Network, drawing: Drawing, chance: np.random.Generator, dice: torch.Generator
) -> Network:
    """Return the network with the means and spreads that belong to its averaged weights."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.reset_running_stats()
            module.momentum = None
    with torch.no_grad():
        for _ in range(40):
            network(drawing(chance, dice)[0])
    network.eval()
    return network
