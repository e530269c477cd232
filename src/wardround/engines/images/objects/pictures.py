"""Marks on an image: burned into a copy, and as a state that viewers lay over the image itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wardround.engines.images.objects.model import Statement
from wardround.engines.images.objects.sources import device, filed, read_sources, written
from wardround.engines.images.reading import read_image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_YELLOW = (255, 209, 102)


def write_capture(files: Sequence[bytes], statement: Statement, image: int = 0) -> bytes:
    """Return a secondary capture of one image with the regions of what is present drawn on it."""
    import highdicom as hd

    sources = read_sources(files)
    pixels = _drawn(files[image], statement, image)
    made = hd.sc.SCImage.from_ref_dataset(
        ref_dataset=sources[image],
        pixel_array=pixels,
        photometric_interpretation="RGB",
        bits_allocated=8,
        coordinate_system="PATIENT",
        **filed(statement, "capture", 9002, image),
        patient_orientation=tuple(sources[image].get("PatientOrientation") or ("L", "F")),
        transfer_syntax_uid="1.2.840.10008.1.2.1",
    )
    made.BurnedInAnnotation = "YES"
    made.DerivationDescription = "Marks of a signed report; the image beside it is unchanged."
    return written(made, sources, statement, "Laterality")


def write_state(files: Sequence[bytes], statement: Statement) -> bytes | None:
    """Return a grayscale presentation state with the regions (GSPS); None where there is none."""
    import highdicom as hd
    import numpy as np

    sources = read_sources(files, pixels=True)
    layer = hd.pr.GraphicLayer(layer_name="FINDINGS", order=1, description="Signed findings")
    annotations: list[Any] = []
    for finding in statement.findings:
        for box in finding.regions if finding.present else ():
            outline = hd.pr.GraphicObject(
                graphic_type="POLYLINE",
                graphic_data=np.array(box.corners, dtype=np.float32),
                units="PIXEL",
                tracking_id=finding.name[:32],
                tracking_uid=statement.uid(f"state:{finding.name}:{box}"),
            )
            label = hd.pr.TextObject(
                text_value=finding.name, units="PIXEL", anchor_point=(float(box.x), float(box.y))
            )
            source = sources[box.image]
            many = int(source.get("NumberOfFrames", 1) or 1) > 1
            annotations.append(
                hd.pr.GraphicAnnotation(
                    referenced_images=[source],
                    graphic_layer=layer,
                    referenced_frame_number=box.frame + 1 if many else None,
                    graphic_objects=[outline],
                    text_objects=[label],
                )
            )
    if not annotations:
        return None
    made = hd.pr.GrayscaleSoftcopyPresentationState(
        referenced_images=sources,
        **filed(statement, "state", 9003),
        **device(statement),
        content_label="FINDINGS",
        graphic_layers=[layer],
        graphic_annotations=annotations,
        concept_name=hd.sr.CodedConcept("113000", "DCM", "Of Interest"),
    )
    return written(made, sources, statement, "Laterality")


def _drawn(file: bytes, statement: Statement, image: int) -> "NDArray[np.uint8]":
    import numpy as np
    from PIL import Image as Pillow
    from PIL import ImageDraw

    grey = read_image(file, f"image {image + 1}").grey()
    picture = Pillow.fromarray((grey * 255).round().astype(np.uint8)).convert("RGB")
    pen = ImageDraw.Draw(picture)
    broad = max(1, max(picture.size) // 400)
    for finding in statement.findings:
        for box in finding.regions if finding.present else ():
            if box.image == image and box.frame == 0:
                edge = (box.x, box.y, box.x + box.width - 1, box.y + box.height - 1)
                pen.rectangle(edge, outline=_YELLOW, width=broad)
                pen.text((box.x + broad + 1, box.y + broad + 1), finding.name, fill=_YELLOW)
    return np.asarray(picture, np.uint8)
