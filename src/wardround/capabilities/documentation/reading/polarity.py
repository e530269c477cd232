"""What is affirmed and what is denied, in a sentence of a note and in speech.

A small reading after ConText (Harkema and others, J Biomed Inform 2009): a cue opens a scope to
the end of its clause; ``but`` and its like end it. In speech, a question takes its polarity from
the answer: "any fever?" "no" denies fever.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardround.capabilities.documentation.model import Transcript
from wardround.capabilities.documentation.reading.review import stems
from wardround.kernel import TextSpan

_CLAUSE_ENDS = re.compile(
    r"[.;:?!\n]|\b(?:but|however|although|though|except|otherwise|(?<!since )then|"
    r"reports|endorses|admits|complains|notes)\b"
    r"|\band (?=(?:i|he|she|it|they|we|you|there|that|his|her|my|your|the patient|is|was|has|"
    r"does|do|did|will|now|so)\b)"
)
_STATEMENT = re.compile(
    r"\w ?(?:'(?:s|re|m|ve|ll|d)\b|\b(?:is|are|was|were|am|has|have|had|do|does|did|feels?|felt|"
    r"gets?|got|can|will|would|should|shows?|continue|start|take)\b)"
)
_GOES_ON = re.compile(r"\s*(?:or|nor|and no)\b")
_BEFORE = re.compile(
    r"\b(?:no|not|n't|never|none|nothing|without|denie[sd]|deny|denying|negative for|absent|nil|"
    r"neither|nor|cannot|free of|rules? out|ruled out|resolved|unable)\b"
)
_AFTER = re.compile(
    r"\b(?:(?:is|are|was|were|tests?) (?:negative|absent|denied|gone|resolved)|not (?:present|seen)"
    r"|denied|unlikely|negative)\b"
)
_NO_NEGATION = re.compile(
    r"\b(?:no (?:wait|problem|worries|longer than|more than|doubt|change)|not only|not sure"
    r"|not stop|why not|if not|or not|nothing else|don't worry|do n't worry)\b"
)
_ANSWER_NO = re.compile(
    r"^\W*(?:(?:um|uh|well|oh|okay|so)\W+)*(?:no|nope|nah)\b\W*"
    r"(?=(?:no|just|i|it|he|she|they|we|that|not|nothing|um|uh|well|actually|but|the|my|there|"
    r"only|really|okay|doctor|ma'am|sir)\b|$)"
)
_VERB = r"(?:do|did|does|are|is|was|were|has|had|can|could)"
_HAVE_YOU = (
    r"have (?:you|he|she|they) (?=(?:been|had|any|ever|got|gotten|seen|felt|done|lost|kept|gone|"
    r"come|found|hurt|put|also|recently|\w+e[dn])\b)"
)
_OPENERS = r"(?:and|so|okay|um|uh|well|now|alright|all|right|good|great|then|or|but|also|like|sure)"
_QUESTION = re.compile(
    rf"^\W*(?:{_OPENERS}\W+)*(?:any|ever|how about|what about)\b"
    rf"|^\W*(?:{_OPENERS}\W+)*{_VERB} (?:it|that|this|there|your|any|the)\b"
    rf"|\b{_VERB} (?:you|he|she|they)\b|\b{_HAVE_YOU}"
    r"|\b(?:have|had|having|noticed?|feel|feeling|experienced|with|and|or) (?:like )?any\b"
)
_TAG = re.compile(r",? (?:okay|ok|right|alright|all right|you know|huh) ?\?+$")
_CONTRACTED = re.compile(r"\b(\w+?) ?n't\b")
_YES = re.compile(
    r"\W*(?:(?:um|uh|well|oh|okay|so|i mean|er)\W+)*(?:yes|yeah|yep|yup|yea|uh-huh|mm-hmm|mhm|"
    r"absolutely|definitely|correct|i do|i have|i am|it does|it is|a little|a bit|sometimes|some|"
    r"occasionally|exactly|sure)\b"
)
_NO = re.compile(
    r"\W*(?:(?:um|uh|well|oh|okay|so|i mean|er|god)\W+)*(?:no|nope|nah|not|never|none|nothing|"
    r"i don't|i do not|i do n't|i haven't|i have n't|i have not|negative|denies)\b"
)
_REST = 12


@dataclass(frozen=True, slots=True)
class Assertion:
    """The stems of a stretch of words, and whether they are denied; None where it is open."""

    stems: tuple[str, ...]
    denied: bool | None


def of_sentence(text: str) -> list[Assertion]:
    """Return what a sentence of a note, or a statement in speech, affirms and denies."""
    plain = _ANSWER_NO.sub("", _plain(text))
    return [item for clause in _clauses(plain) for item in _of_clause(clause)]


def of_sources(spans: Sequence[TextSpan], transcript: Transcript) -> list[Assertion]:
    """Return what the spans of a transcript affirm and deny, questions read with their answers."""
    found: list[Assertion] = []
    for span in spans:
        source = transcript.turns[span.part].source
        for start, end in _sentences(source, span.start, span.end):
            sentence = source[start:end].strip().lower()
            asked = sentence.endswith("?") and not _TAG.search(sentence)
            items = of_sentence(sentence)
            if asked or _QUESTION.search(sentence):
                answer = _answer(transcript, span.part, end)
                items = [
                    _answered(item, answer) for item in items if asked or answer is not None
                ] or items
            found += items
    return found


def _answered(item: Assertion, answer: bool | None) -> Assertion:
    """Return a question's assertion after its answer; "no fever?" "no" still denies fever."""
    if answer is None or (item.denied and answer):
        return Assertion(item.stems, None)
    return Assertion(item.stems, not answer)


def _answer(transcript: Transcript, part: int, end: int) -> bool | None:
    """Return whether a question was answered yes (True) or no (False), as far as that is clear."""
    asked = transcript.turns[part]
    rest = asked.source[end:].strip()
    if len(rest.split()) > _REST and not (rest.endswith("?") or _QUESTION.search(rest.lower())):
        return None
    for turn in transcript.turns[part + 1 : part + 3]:
        if turn.speaker != asked.speaker:
            text = _CONTRACTED.sub(r"\1 not", turn.text.lower().replace("\u2019", "'"))
            return False if _NO.match(text) else True if _YES.match(text) else None
    return None


def _sentences(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a span; one cut before its mark of question is given it back."""
    for found in re.finditer(r"[^.?!]+[.?!]*", source[start:end]):
        stop = start + found.end()
        following = re.match(r"\s*\?", source[stop:])
        yield start + found.start(), stop + (following.end() if following else 0)


def _plain(text: str) -> str:
    text = text.lower().replace("\u2019", "'").replace("'cause", "because")
    text = re.sub(r"\bno(?:\W+no)+\b", "no", _CONTRACTED.sub(r"\1 not", text))
    return _NO_NEGATION.sub(" ", text)


def _clauses(text: str) -> Iterator[str]:
    start = 0
    for found in _CLAUSE_ENDS.finditer(text):
        yield text[start : found.start()]
        start = found.start() if found.group().isalpha() else found.end()
    yield text[start:]


def _of_clause(clause: str) -> Iterator[Assertion]:
    """Yield what a clause affirms and denies; a list keeps its cue, a new statement loses it."""
    denied = False
    for chunk in clause.split(","):
        if denied and _STATEMENT.search(chunk) and not _GOES_ON.match(chunk):
            denied = False
        cue = _BEFORE.search(chunk)
        before, after = (chunk[: cue.start()], chunk[cue.end() :]) if cue else (chunk, "")
        if cue is None and _AFTER.search(chunk):
            yield from _assertion(chunk, denied=True)
            continue
        yield from _assertion(before, denied=denied)
        if cue:
            denied = True
            yield from _assertion(after, denied=True)


def _assertion(text: str, *, denied: bool) -> Iterator[Assertion]:
    for item in re.split(r"\b(?:and|or|nor)\b", text):
        found = tuple(stems(item))
        if found:
            yield Assertion(found, denied)


def conflict(note: Sequence[Assertion], speech: Sequence[Assertion]) -> tuple[str, bool] | None:
    """Return a stem the note affirms while speech denies it, or the reverse, and whether it denies.

    What one side denies, and nowhere affirms, is looked for on the other: at least half of its
    stems must be there, every one of them affirmed and nowhere denied.
    """
    written, said = _polarities(note), _polarities(speech)
    for denials, here, there in ((note, written, said), (speech, said, written)):
        for item in denials:
            plain = [stem for stem in item.stems if item.denied and here[stem] == {True}]
            known = [stem for stem in plain if stem in there]
            if known and 2 * len(known) >= len(plain) and all(there[s] == {False} for s in known):
                return known[0], denials is note
    return None


def _polarities(assertions: Sequence[Assertion]) -> dict[str, set[bool | None]]:
    found: dict[str, set[bool | None]] = {}
    for item in assertions:
        for stem in item.stems:
            found.setdefault(stem, set()).add(item.denied)
    return found
