"""Train the network that separates nuclei, and write it as ONNX.

    python -m scripts.train_pathology [--data DIR] [--fold K | --without LOOK] [--out FILE]

DIR (or WARDROUND_DATA) holds ``nuclei``. Without more it trains what the package ships, on every
tile; ``--fold K`` leaves a fifth of them out and ``--without LOOK`` a look of stain, and what these
networks find on the tiles they have not seen is written down beside the network that ships.
It needs the group ``train``; the same tiles and steps give the same file.
"""

import argparse
import os
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy import ndimage
from scripts.pathology_graph import rewrite
from scripts.pathology_network import Network, train

from wardround.capabilities.pathology.labelled import FOLDS, Labelled, folded, read_labelled
from wardround.capabilities.pathology.nuclei.sizing import DIAMETER, usual_diameter

MODEL = Path(__file__).parents[1] / "src/wardround/capabilities/pathology/nuclei/model"
SEED = 20261128
STEPS = 1600
TRIED = 750
"""Fewer steps where a network is only tried: five folds take half an hour on one core."""


def depth_of(labels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return how deep each pixel lies in its nucleus, 0…1 and -1 outside, and where two touch."""
    depth = np.full(labels.shape, -1, np.float32)
    for number, place in enumerate(ndimage.find_objects(labels), start=1):
        if place is None:
            continue
        around = tuple(
            slice(max(0, one.start - 1), min(size, one.stop + 1))
            for one, size in zip(place, labels.shape, strict=True)
        )
        mask = labels[around] == number
        inside = ndimage.distance_transform_edt(mask)
        depth[around][mask] = (inside / inside.max())[mask]
    highest = ndimage.maximum_filter(labels, 4)
    lowest = ndimage.minimum_filter(np.where(labels > 0, labels, labels.max() + 1), 4)
    return np.stack([depth, ((highest > 0) & (lowest < highest)).astype(np.float32)])


def export(network: Network, out: Path) -> None:
    """Write the network with any number and any size (of multiples of 16) of images."""
    example = torch.zeros((1, 3, 64, 64))
    axes = {0: "n", 2: "height", 3: "width"}
    torch.onnx.export(
        network.to(memory_format=torch.contiguous_format),  # type: ignore[call-overload, unused-ignore]
        (example,),
        out,
        input_names=["image"],
        output_names=["nuclei"],
        dynamic_axes={"image": axes, "nuclei": axes},
        opset_version=17,
        dynamo=False,
    )
    rewrite(out)


def chosen(tiles: list[Labelled], fold: int | None, without: str) -> list[Labelled]:
    if fold is not None:
        return [tile for tile, its in zip(tiles, folded(tiles), strict=True) if its != fold]
    return [tile for tile in tiles if tile.look != without]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=Path(os.environ.get("WARDROUND_DATA", "data")))
    asked.add_argument("--fold", type=int, choices=range(FOLDS))
    asked.add_argument("--without", default="")
    asked.add_argument("--out", type=Path, default=MODEL / "nuclei.onnx")
    asked.add_argument("--steps", type=int)
    told = asked.parse_args()
    tiles = chosen(read_labelled(told.data), told.fold, told.without)
    tried = told.fold is not None or told.without
    network = train(
        [tile.rgb for tile in tiles],
        [depth_of(tile.labels) for tile in tiles],
        [DIAMETER / (usual_diameter(tile.labels) or DIAMETER) for tile in tiles],
        told.steps or (TRIED if tried else STEPS),
        SEED,
    )
    export(network, told.out)
    print(f"{told.out}: {len(tiles)} tiles, {told.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
