"""What a site set for the shipped model: its share of pneumonia, a shift, and bounds of its own."""

import json
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator

from wardround.capabilities.radiology.limits.limits import Bounds, Limits
from wardround.kernel import InvalidInput, Noun, Unavailable, first_fault

FILE = "site.json"


class Site(Noun):
    """The result of a recalibration; it belongs to one model file and is used with no other."""

    model: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """The sha256 of the ONNX file."""
    prevalence: Annotated[float, Field(gt=0, lt=1)]
    offset: Annotated[float, Field(ge=-20, le=20)]
    worst: Bounds
    cases: tuple[int, int]
    """Labelled images that these stand on: without, and with pneumonia."""
    table: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """The sha256 of the table of images; no row of it is kept."""

    @model_validator(mode="after")
    def _rules_something_out(self) -> Self:
        if self.worst.pneumonia != self.worst.pneumonia or self.worst.healthy != self.worst.healthy:
            raise ValueError("a bound is no number")
        return self

    @classmethod
    def of(cls, limits: Limits, prevalence: float, table: str) -> "Site":
        """Return what was set anew in the limits of a model."""
        return cls(
            model=limits.model,
            prevalence=prevalence,
            offset=limits.offset,
            worst=limits.worst,
            cases=limits.cases,
            table=table,
        )

    def applied(self, limits: Limits) -> Limits:
        """Return the limits of the model as they are here; raise ``InvalidInput`` for another."""
        if limits.model != self.model:
            raise InvalidInput(
                "The site's calibration is of another model.",
                where=FILE,
                mend="Recalibrate this version: wardround models recalibrate.",
            )
        return limits.model_copy(
            update={
                "prevalence": self.prevalence,
                "offset": self.offset,
                "worst": self.worst,
                "cases": self.cases,
            }
        )


def read_site(sites: Path | None, model: str) -> Site | None:
    """Return what the site set for a model file, by its sha256; None where it set nothing."""
    if sites is None or not (sites / model / FILE).is_file():
        return None
    try:
        said: Any = json.loads((sites / model / FILE).read_text("utf-8"))
        return Site.model_validate(said)
    except OSError as error:
        raise Unavailable(
            f"The site's calibration cannot be read: {error.strerror}.", where=FILE
        ) from None
    except ValidationError as error:
        where = f"{FILE}{first_fault(error)}"
    except ValueError:
        where = FILE
    raise InvalidInput(
        "The site's calibration is damaged.",
        where=where,
        mend="Recalibrate anew, or take its folder away: the model is then as it came.",
    )
