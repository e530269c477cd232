"""The network that separates nuclei in fewer steps: what PyTorch wrote as ONNX, rewritten.

    python -m scripts.pathology_graph FILE…

``scripts/train_pathology.py`` does it to what it writes. To cut a picture into blocks of two by two
pixels takes a tenth of the time and calculates nothing: the first convolution cuts it itself, at
stride two. What comes out differs by rounding alone.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper


def rewrite(path: Path) -> None:
    """Rewrite the network of a file in place; one that is rewritten stays as it is.

    Three by three blocks are six by six pixels, two apart; channel ``4 c + 2 down + right`` of a
    block is colour ``c`` of one of its pixels.
    """
    model = onnx.load(path)
    graph = model.graph
    first = next(node for node in graph.node if node.op_type == "Conv")
    stored = next(one for one in graph.initializer if one.name == first.input[1])
    kernel = numpy_helper.to_array(stored)
    if first.input[0] == graph.input[0].name or kernel.shape[1:] != (12, 3, 3):
        return
    blocks = kernel.reshape(-1, 3, 2, 2, 3, 3)
    pixels = blocks.transpose(0, 1, 4, 2, 5, 3).reshape(-1, 3, 6, 6)
    stored.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(pixels), stored.name))
    strided = helper.make_node(
        "Conv", [graph.input[0].name, *first.input[1:]], list(first.output), name=first.name,
        kernel_shape=[6, 6], strides=[2, 2], pads=[2, 2, 2, 2],
    )  # fmt: skip
    first.CopyFrom(strided)
    _prune(graph)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _prune(graph: Any) -> None:
    """Remove what nothing asks for any more."""
    while True:
        asked = {name for node in graph.node for name in node.input}
        asked |= {one.name for one in graph.output}
        idle = [node for node in graph.node if not asked & set(node.output)]
        if not idle:
            return
        for node in idle:
            graph.node.remove(node)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        rewrite(Path(name))
