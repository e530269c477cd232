"""The small network that separates nuclei, and the stains, sizes and blurs it is trained through.

A U-Net (Ronneberger 2015) on blocks of two by two pixels, with two maps: the odds that a pixel lies
in a nucleus, and how deep inside (0 at the rim, 1 in the middle), from which nuclei that touch are
told apart (Naylor 2019 regresses the distance).
"""

import math
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

CROP = 128
BATCH = 8
WIDTHS = (16, 24, 40, 48)


def block(inside: int, outside: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for channels in (inside, outside):
        layers += [
            nn.Conv2d(channels, outside, 3, padding=1, bias=False),
            nn.BatchNorm2d(outside),
            nn.ReLU(inplace=True),
        ]
    return nn.Sequential(*layers)


class Network(nn.Module):  # type: ignore[misc, unused-ignore]
    """(N, 3, H, W) in 0…1 with H and W multiples of 16 → (N, 2, H, W) odds."""

    def __init__(self) -> None:
        super().__init__()
        first, *rest = WIDTHS
        self.down = nn.ModuleList([block(12, first)])
        self.up = nn.ModuleList()
        for above, below in zip(WIDTHS, rest, strict=False):
            self.down.append(block(above, below))
        for above, below in reversed(list(zip(WIDTHS, rest, strict=False))):
            self.up.append(block(above + below, above))
        self.last = nn.Conv2d(first, 8, 1)

    def forward(self, image: Tensor) -> Tensor:
        """Return the odds of both maps."""
        now = functional.pixel_unshuffle(image, 2)
        kept = []
        for level, down in enumerate(self.down):
            now = down(functional.max_pool2d(now, 2) if level else now)
            kept.append(now)
        kept.pop()
        for up in self.up:
            larger = functional.interpolate(now, scale_factor=2.0, mode="nearest")
            now = up(torch.cat([larger, kept.pop()], 1))
        return functional.pixel_shuffle(self.last(now), 2)


def restain(images: Tensor, draw: torch.Generator) -> Tensor:
    """Return images (N, 3, H, W) in other stains, on another slide, in other light."""
    count = len(images)

    def between(low: float, high: float, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand((count, *shape), generator=draw)

    density = -torch.log(images.clamp(min=1 / 255))
    mixing = torch.eye(3) + 0.12 * torch.randn((count, 3, 3), generator=draw)
    density = torch.einsum("nij,njhw->nihw", mixing, density)
    density *= torch.exp(between(-0.5, 0.5, 1, 1, 1)) * torch.exp(between(-0.15, 0.15, 3, 1, 1))
    density += between(-0.12, 0.2, 3, 1, 1)
    grey = density.mean(1, keepdim=True)
    density = torch.where(between(0, 1, 1, 1, 1) < 0.08, grey.expand_as(density), density)
    light = torch.exp(-density.clamp(min=0)) ** torch.exp(between(-0.3, 0.3, 1, 1, 1))
    softer = functional.avg_pool2d(light, 3, 1, 1, count_include_pad=False)
    share = between(-0.4, 0.9, 1, 1, 1)
    light = light + share * (softer - light)
    return (light + 0.015 * torch.randn(light.shape, generator=draw)).clamp(0, 1)


def crops(stack: Tensor, scales: Tensor, count: int, draw: torch.Generator) -> Tensor:
    """Return ``count`` crops of tiles (T, C, H, W), turned, mirrored and of other sizes.

    ``scales`` (T,) brings each tile's nuclei to one size; a crop is about so large, or half.
    """
    height, width = stack.shape[-2:]
    which = torch.randint(len(stack), (count,), generator=draw)
    spin = 2 * math.pi * torch.rand(count, generator=draw)
    size = scales[which] * torch.exp(
        (0.28 * torch.randn(count, generator=draw) - 0.08).clamp(-0.8, 0.45)
    )
    mirror = torch.where(torch.rand(count, generator=draw) < 0.5, -1.0, 1.0)
    turn = torch.stack([spin.cos(), -spin.sin(), spin.sin(), spin.cos()], 1).view(-1, 2, 2)
    turn = turn * (CROP / size).view(-1, 1, 1) * torch.tensor([[1 / width], [1 / height]])
    turn[:, :, 0] *= mirror.view(-1, 1)
    centre = (torch.rand((count, 2, 1), generator=draw) * 2 - 1) * 0.7
    grid = functional.affine_grid(
        torch.cat([turn, centre], 2), [count, stack.shape[1], CROP, CROP], align_corners=False
    )
    return functional.grid_sample(
        stack[which], grid, padding_mode="reflection", align_corners=False
    )


def loss_of(odds: Tensor, inside: Tensor, depth: Tensor, contact: Tensor) -> Tensor:
    """Return cross-entropy and Dice of what lies in nuclei, and cross-entropy of the depth.

    The depth counts inside nuclei, and most where two of them touch (Ronneberger's weights).
    """
    chance = torch.sigmoid(odds[:, 0])
    common = 2 * (chance * inside).sum((1, 2)) + 50
    dice = common / (chance.sum((1, 2)) + inside.sum((1, 2)) + 50)
    crossed = functional.binary_cross_entropy_with_logits(odds[:, 0], inside)
    weight = 0.2 + 0.8 * inside + 5 * contact
    deep = functional.binary_cross_entropy_with_logits(odds[:, 1], depth, weight)
    return crossed + 0.5 * (1 - dice.mean()) + 2 * deep / weight.mean()


def train(
    images: list[np.ndarray[Any, Any]],
    depths: list[np.ndarray[Any, Any]],
    scales: list[float],
    steps: int,
    seed: int,
) -> Network:
    """Train on uint8 (H, W, 3) tiles and float32 (2, H, W): depth (-1 outside) and contact."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    draw = torch.Generator().manual_seed(seed)
    marked = torch.from_numpy(np.stack(depths))
    depth, contact = marked[:, :1], marked[:, 1:]
    stack = torch.cat(
        [
            torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2) / 255.0,
            (depth >= 0).float(),
            depth.clamp(min=0),
            contact,
        ],
        1,
    )
    larger = torch.tensor(scales, dtype=torch.float32)
    network: Network = Network().to(memory_format=torch.channels_last)  # type: ignore[call-overload, unused-ignore]
    rule = torch.optim.AdamW(network.parameters(), lr=4e-3, weight_decay=1e-3)
    pace = torch.optim.lr_scheduler.OneCycleLR(rule, 6e-3, total_steps=steps, pct_start=0.15)
    network.train()
    for step in range(steps):
        taken = crops(stack, larger, BATCH, draw)
        seen = restain(taken[:, :3], draw).contiguous(memory_format=torch.channels_last)
        inside, deep, touch = taken[:, 3:].clamp(0, 1).unbind(1)
        loss = loss_of(network(seen), inside, deep, touch)
        rule.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        rule.step()
        pace.step()
        if step % 100 == 0:
            print(f"  step {step} of {steps}: loss {loss.item():.3f}", flush=True)
    network.eval()
    return network
