"""What the guardrails look at: each sentence of the note beside the words it stands on."""

import re
from dataclasses import dataclass
from functools import cached_property

from wardround.capabilities.documentation.inputs import transcript_of
from wardround.capabilities.documentation.model import Note, Transcript
from wardround.kernel import Context, Drafted, Order, Statement, TextSpan

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+(?:[.,]\d+)*")
_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'"})


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of ``text`` as a set."""
    return frozenset(text.split())


def numbered(text: str, *, step: int = 1) -> dict[str, int]:
    """Return the words of ``text`` counted from 0 in steps; ``_`` leaves a number out."""
    return {word: step * place for place, word in enumerate(text.split()) if word != "_"}


_COMMON = vocabulary(
    """a about after again all also am an and any are as at back be because been before being but by
    can could did do does doing done for from get go going got had has have having he her hers him
    his how i if in into is it its just know like lot me more most much my no not now of off on once
    one or our out over own really right same she should so some still such than that the their them
    then there these they thing things think this those through to too until up us very was we well
    were what when where which while who will with would yeah yes you your okay um uh patient
    reports report reported denies deny denied states state stated notes noted endorses endorse
    describes described presents present today says said mentions mentioned admits indicates doctor
    he's she's i'm it's since anything something nothing everything because 'cause"""
)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the note: where it stands, what it says, the words it stands on.

    ``spans`` are its sources that lead into the transcript, ``sources`` their characters;
    ``astray`` counts those that lead nowhere. ``own`` is true once a person wrote or changed it.
    """

    claim: str
    section: str
    text: str
    spans: tuple[TextSpan, ...]
    sources: tuple[str, ...]
    astray: int
    own: bool

    @property
    def said(self) -> str:
        """All the words it stands on."""
        return "\n".join(self.sources)


class Review:
    """A drafted note and the transcript it was drafted from, side by side."""

    def __init__(self, drafted: Drafted, transcript: Transcript) -> None:
        self.note = Note.model_validate(drafted.content)
        self.transcript = transcript
        self._sources = {item.claim: item.sources for item in drafted.evidence}

    @classmethod
    def of(cls, drafted: Drafted, order: Order, context: Context) -> "Review":
        """Return the review of a draft, its transcript read from the order's inputs."""
        return cls(drafted, transcript_of(order.inputs, context))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The sentences of the note, in order."""
        return tuple(
            self._line(f"/sections/{i}/sentences/{j}", section.code, sentence.text)
            for i, section in enumerate(self.note.sections)
            for j, sentence in enumerate(section.sentences)
        )

    @cached_property
    def spoken(self) -> str:
        """The whole transcript, one turn a line, without who speaks."""
        return "\n".join(turn.text for turn in self.transcript.turns)

    def _line(self, claim: str, section: str, text: str) -> Line:
        sources = self._sources.get(claim, ())
        texts = [source for source in sources if isinstance(source, TextSpan)]
        spans = tuple(span for span in texts if self._words(span))
        return Line(
            claim=claim,
            section=section,
            text=text,
            spans=spans,
            sources=tuple(self._words(span) for span in spans),
            astray=len(texts) - len(spans),
            own=any(isinstance(source, Statement) for source in sources),
        )

    def _words(self, span: TextSpan) -> str:
        if span.part >= len(self.transcript.turns):
            return ""
        source = self.transcript.turns[span.part].source
        return source[span.start : span.end].strip() if span.end <= len(source) else ""


def words(text: str) -> list[str]:
    """Return the words and figures of ``text``, in lower case."""
    return _WORD.findall(text.lower().translate(_APOSTROPHES))


def content_words(text: str) -> list[str]:
    """Return the words of ``text`` that carry content, in lower case, without figures."""
    return [word for word in words(text) if word not in _COMMON and word[0].isalpha()]


def stem(word: str) -> str:
    """Return ``word`` without the endings of number, tense and manner, roughly."""
    for ending, put in (("ies", "y"), ("ing", ""), ("ed", ""), ("ly", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + put
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == "e" else word


def stems(text: str) -> list[str]:
    """Return the stems of the content words of ``text``."""
    return [stem(word) for word in content_words(text)]


_SAID_AS = {
    stem(written): frozenset(map(stem, spoken.split()))
    for written, spoken in {
        "congestion": "stuffy stuffed blocked",
        "constipation": "constipated",
        "depression": "depressed",
        "diarrhea": "loose runny watery",
        "dyspnea": "breath breathing breathless",
        "edema": "swelling swollen swell",
        "erythema": "red redness",
        "fatigue": "tired exhausted wiped energy tiredness",
        "fever": "temperature febrile",
        "hyperlipidemia": "cholesterol",
        "hypertension": "pressure",
        "insomnia": "sleep sleeping asleep",
        "lightheadedness": "head headed",
        "nausea": "sick queasy nauseated nauseous",
        "pain": "hurt hurts hurting sore ache aches aching",
        "palpitations": "racing flutter fluttering pounding",
        "pruritus": "itch itchy itching",
        "rhinorrhea": "runny nose",
        "syncope": "passed passing faint fainted blacked blackout",
        "urination": "pee peeing urinating urinate",
        "vomiting": "throw throwing threw thrown sick",
    }.items()
}


def grounded(word: str, heard: frozenset[str]) -> bool:
    """Return whether a stem of the note is among those ``heard``, in form or in meaning."""
    if word in heard or _SAID_AS.get(word, frozenset()) & heard:
        return True
    return len(word) > 3 and any(other[:_ROOT] == word[:_ROOT] for other in heard)


_ROOT = 4
