"""Write down what networks find on the tiles that were kept from them.

    python -m scripts.measure_pathology NETS [--data DIR]

NETS holds ``fold0.onnx`` … and ``without-LOOK.onnx`` of ``scripts/train_pathology.py``.
"""

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wardround.capabilities.pathology.labelled import FOLDS, Labelled, folded, read_labelled
from wardround.capabilities.pathology.nuclei.finding import label
from wardround.capabilities.pathology.nuclei.learned import Network
from wardround.capabilities.pathology.nuclei.matching import agree
from wardround.capabilities.pathology.nuclei.sizing import estimated_scale

OUT = Path(__file__).parents[1] / "src/wardround/capabilities/pathology/nuclei/model/measured.json"


def found_on(path: Path, tiles: list[Labelled]) -> dict[str, Any]:
    network = Network(path)
    return {
        tile.name: asdict(agree(label(tile.rgb, network, estimated_scale(tile.rgb)), tile.labels))
        for tile in tiles
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("nets", type=Path)
    asked.add_argument("--data", type=Path, default=Path(os.environ.get("WARDROUND_DATA", "data")))
    told = asked.parse_args()
    tiles = read_labelled(told.data)
    dealt = folded(tiles)
    folds: dict[str, Any] = {}
    for fold in range(FOLDS):
        kept = [tile for tile, its in zip(tiles, dealt, strict=True) if its == fold]
        folds |= found_on(told.nets / f"fold{fold}.onnx", kept)
    without = {
        look: found_on(path, [tile for tile in tiles if tile.look == look])
        for path in sorted(told.nets.glob("without-*.onnx"))
        for look in [path.stem.removeprefix("without-")]
    }
    OUT.write_text(json.dumps({"folds": folds, "without": without}, indent=1) + "\n", "utf-8")
    print(f"{OUT}: {len(folds)} tiles of {FOLDS} folds, without {', '.join(without) or 'no look'}")


if __name__ == "__main__":
    main()
