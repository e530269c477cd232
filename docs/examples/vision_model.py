"""Makes a model of images that sees nothing real, and images of nobody, to try the route with.

python docs/examples/vision_model.py OUT

It needs the package onnx, which Wardround itself does not. The model asks one thing: is the middle
of the image brighter than the rest? Half of the images are made so that it is.
"""

import csv
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

SIDE = 32

MANIFEST = """\
name: bright-middle
version: "1"
title: Brightness in the middle (example)
task: classification
input:
  modality: [DX, CR]
  body_part: []
  size: [{side}, {side}]
  steps:
    - window: file
    - square
    - resize: {{size: [{side}, {side}], method: area}}
files:
  - {{name: model.onnx, sha256: {digest}}}
outputs:
  - name: score
    codes:
      - {{code: bright-middle, system: "urn:example:findings", display: Bright middle}}
    activation: sigmoid
    calibration: {{kind: platt, slope: 0.9, intercept: -0.1}}
    threshold: 0.5
"""

CARD = """\
name: bright-middle
version: "1"
purpose:
  intended_use: To show how a model of images is added and measured; for no patient.
cautions:
  out_of_scope: Every real image.
"""


def network() -> bytes:
    """Return a network that weighs the middle of an image against the rest of it."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    middle = np.hypot(rows - SIDE / 2, columns - SIDE / 2) < SIDE / 4
    weight = np.where(middle, 40.0 / middle.sum(), -40.0 / (~middle).sum())
    made = helper.make_tensor("w", TensorProto.FLOAT, [SIDE * SIDE, 1], weight.ravel())
    graph = helper.make_graph(
        [
            helper.make_node("Flatten", ["image"], ["flat"]),
            helper.make_node("MatMul", ["flat", "w"], ["score"]),
        ],
        "bright-middle",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 1, SIDE, SIDE])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, ["n", 1])],
        [made],
    )
    opset = [helper.make_opsetid("", 17)]
    return bytes(helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString())


def main(out: Path) -> None:
    """Write the model's folder, and images with a table of what is on each."""
    data = network()
    folder, images = out / "bright-middle", out / "images"
    folder.mkdir(parents=True)
    images.mkdir()
    (folder / "model.onnx").write_bytes(data)
    said = MANIFEST.format(side=SIDE, digest=sha256(data).hexdigest())
    (folder / "manifest.yaml").write_text(said)
    (folder / "card.yaml").write_text(CARD)
    draw = np.random.default_rng(7)
    with (images / "findings.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "bright-middle", "group:site"])
        for number in range(120):
            has = number % 2
            image = draw.random((64, 64)) * 0.6
            image[20:44, 20:44] += draw.normal(0.06 if has else 0.02, 0.03)
            np.save(images / f"{number}.npy", np.clip(image, 0, 1))
            writer.writerow([f"{number}.npy", has, "north" if number % 3 else "south"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
