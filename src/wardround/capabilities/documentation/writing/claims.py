"""Claims: sentences of the note in the making, none without the characters it stands on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wardround.capabilities.documentation.writing.segments import Segment
from wardround.kernel import TextSpan


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and the sentences of the visit it stands on, first to last; at least one."""

    text: str
    first: Segment
    others: tuple[Segment, ...] = ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What it stands on, in the order of the visit, each once."""
        every = {(item.turn, item.start): item for item in (self.first, *self.others)}
        return tuple(every[place] for place in sorted(every))

    @property
    def spans(self) -> tuple[TextSpan, ...]:
        """Its sources, for evidence."""
        return tuple(
            TextSpan(input="transcript", part=item.turn, start=item.start, end=item.end)
            for item in self.segments
        )


def claim(text: str, segments: Sequence[Segment]) -> Claim:
    """Return ``text`` as a claim that stands on ``segments``, of which there is at least one."""
    return Claim(text, segments[0], tuple(segments[1:]))


def joined(text: str, claims: Iterable[Claim]) -> Claim:
    """Return one claim that says ``text`` and stands on all that ``claims`` stand on."""
    return claim(text, [segment for item in claims for segment in item.segments])
