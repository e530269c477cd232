"""What a model of images is: its input, its outputs and their meaning, as data to be checked."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from wardround.engines.vision.outputs import Output
from wardround.engines.vision.part import FileName, Name, Part, Sha256, Text
from wardround.engines.vision.steps import Step

Task = Literal["classification", "detection", "segmentation", "slide"]

_NEEDS: dict[Task, frozenset[str]] = {
    "classification": frozenset({"classes"}),
    "detection": frozenset({"boxes", "scores"}),
    "segmentation": frozenset({"mask"}),
    "slide": frozenset({"classes"}),
}
"""The kinds of outputs without which a task cannot be answered."""


class File(Part):
    """One ONNX file, or the weights that one keeps beside itself, with its sha256."""

    name: FileName
    sha256: Sha256
    role: Literal["model", "weights", "embedder", "aggregator"] = "model"
    """Several models are an ensemble: the mean of what they give, before activation. A slide's
    tiles go through the embedder; the aggregator weighs them."""


class Tiles(Part):
    """How a slide is cut: at how many microns per pixel, how large, how far apart."""

    mpp: Annotated[float, Field(gt=0, le=100)]
    size: Annotated[int, Field(ge=8, le=8192)]
    stride: Annotated[int, Field(ge=1, le=8192)] | None = None
    """Pixels from one tile to the next; without it tiles touch."""
    halo: Annotated[int, Field(ge=0, le=4096)] = 0
    """Pixels around each tile that the model sees and whose answer is not used."""

    @property
    def step(self) -> int:
        """Pixels from one tile to the next."""
        return self.stride or self.size


class Input(Part):
    """The images that the model is for, and how one becomes numbers: declared, never coded."""

    modality: Annotated[tuple[Text, ...], Field(min_length=1)]
    """DICOM's (0008,0060): DX, CR, SM, …"""
    body_part: tuple[Text, ...] = ()
    view: tuple[Text, ...] = ()
    channels: Literal[1, 3] = 1
    size: tuple[Annotated[int, Field(ge=1, le=8192)], Annotated[int, Field(ge=1, le=8192)]]
    """Rows and columns of what the network is given."""
    bits: Annotated[int, Field(ge=1, le=32)] | None = None
    """The least depth in bits of the file, where fewer lose what the model looks for."""
    spacing: tuple[float, float] | None = None
    """The coarsest spacing in mm, row and column, at which the model still sees what it must."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        kinds = [step.kind for step in self.steps]
        if kinds[0] != "window" or "window" in kinds[1:]:
            raise ValueError("steps begin with a window, and have one")
        last: tuple[int, ...] = ()
        for step in self.steps:
            if step.transpose:
                last = last[::-1]
            elif step.changes_size:
                last = step.sized
        if last != self.size:
            raise ValueError(f"the steps do not end in the size {list(self.size)}: resize or fit")
        coloured = self.steps[0].window == "colour"
        repeated = any(step.channels is not None for step in self.steps)
        if coloured and repeated:
            raise ValueError("a colour image has its three channels; take the step channels out")
        if (self.channels == 3) != (coloured or repeated):
            raise ValueError(
                "three channels come from window: colour or from channels: 3, and one from neither"
            )
        several = coloured
        for step in self.steps:
            several = several or step.channels is not None
            if step.normalise and step.normalise.width not in {1, 3 if several else 1}:
                raise ValueError("normalise has one number, or one for each channel at that step")
        return self


class Manifest(Part):
    """The contents of ``manifest.yaml``."""

    name: Name
    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]{0,63}$")]
    title: Annotated[str, Field(max_length=200)] = ""
    """What it looks for, for those who choose among models."""
    task: Task
    input: Input
    files: Annotated[tuple[File, ...], Field(min_length=1, max_length=30)]
    outputs: Annotated[tuple[Output, ...], Field(min_length=1, max_length=20)]
    features: Text | None = None
    """The output that tells images apart, for what is unlike the images learned from."""
    attention: Text | None = None
    """The aggregator's output with the weight of each tile."""
    tiles: Tiles | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        kinds = [one.kind for one in self.outputs]
        lacking = sorted(_NEEDS[self.task] - set(kinds))
        if lacking:
            raise ValueError(f"{self.task} needs an output of the kind {' and '.join(lacking)}")
        if len({one.name for one in self.outputs}) != len(self.outputs):
            raise ValueError("an output is named twice")
        if len({one.name for one in self.files}) != len(self.files):
            raise ValueError("a file is named twice")
        roles = sorted(one.role for one in self.files if one.role != "weights")
        if (self.task == "slide") != (roles == ["aggregator", "embedder"]):
            raise ValueError("a slide has one embedder and one aggregator, and nothing else has")
        if self.task != "slide" and set(roles) != {"model"}:
            raise ValueError("at least one file has the role model")
        if self.task == "detection" and len(roles) > 1:
            raise ValueError("boxes have no mean: a detector is one model")
        if self.task == "slide" and self.tiles is None:
            raise ValueError("a slide needs tiles")
        if self.tiles and (self.tiles.size + 2 * self.tiles.halo,) * 2 != self.input.size:
            raise ValueError("the input's size is the tile's with its halo on each side")
        return self

    def output(self, name: str) -> Output:
        """Return the output of a name; raise ``KeyError`` where there is none."""
        return {one.name: one for one in self.outputs}[name]

    def of_kind(self, kind: str) -> Output:
        """Return the first output of a kind; raise ``KeyError`` where there is none."""
        for one in self.outputs:
            if one.kind == kind:
                return one
        raise KeyError(kind)
