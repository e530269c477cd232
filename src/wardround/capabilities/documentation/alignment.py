"""Which sentences of a visit its published note draws on: labels to train the text engine from."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log

from wardround.capabilities.documentation.benchmark import Visit
from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.capabilities.documentation.writing.numbers import digits
from wardround.capabilities.documentation.writing.words import split

HEADINGS = {
    "cc": "chief complaint",
    "ros": "review of systems",
    "exam": "physical exam|physical examination|exam|vitals|vitals reviewed",
    "results": "results",
    "plan": "assessment and plan|assessment|plan|impression|instructions",
    "hpi": "history of present illness|hpi|current medications|medications|past medical history"
    "|past surgical history|medical history|surgical history|social history|family history"
    "|past history|allergies|birth history|procedure",
}
_SECTION = {heading: label for label, names in HEADINGS.items() for heading in names.split("|")}
_ROLE_LABELS = {
    "medical reasoning": "reasoning",
    "additional testing": "testing",
    "medical treatment": "treatment",
    "specialist referrals": "referral",
    "patient education and counseling": "education",
}
_STOPWORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "and",
        "or",
        "in",
        "on",
        "at",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "he",
        "she",
        "his",
        "her",
        "him",
        "it",
        "its",
        "that",
        "this",
        "these",
        "those",
        "for",
        "with",
        "as",
        "by",
        "from",
        "i",
        "you",
        "we",
        "they",
        "them",
        "my",
        "your",
        "our",
        "me",
        "us",
        "not",
        "no",
        "do",
        "does",
        "did",
        "so",
        "but",
        "if",
        "then",
        "there",
        "here",
        "which",
        "who",
        "what",
        "when",
        "how",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "patient",
        "reports",
        "denies",
        "endorses",
        "states",
        "today",
        "any",
        "some",
    ]
)


def read_note(note: str) -> Iterator[tuple[str, str, str]]:
    """Yield section, role and text of each sentence of a published note."""
    section, role = "hpi", ""
    for line in note.splitlines():
        text = line.strip().strip("-•* ").strip()
        heading = text.rstrip(":").lower()
        if heading in _SECTION:
            section = _SECTION[heading]
            role = "followup" if heading == "instructions" else ""
            continue
        label, colon, rest = text.partition(":")
        known = _ROLE_LABELS.get(label.strip().lower()) if colon and section == "plan" else None
        if known:
            role, text = known, rest
        elif section == "plan" and re.fullmatch(r"(?:\d+\.\s*)?[^.:]{3,60}\.?", text):
            role = "problem"
        for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z•-])", text):
            if any(character.isalnum() for character in sentence):
                yield section, role, sentence
                if role == "problem":
                    role = ""


def stems(words: Iterable[str]) -> list[str]:
    """Return content words cut to comparable forms."""
    return [
        re.sub(r"(?:ies|ing|ed|es|s|ly)$", "", word) if len(word) > 4 else word
        for word in digits(list(words))
        if word not in _STOPWORDS and word[0].isalnum()
    ]


def align(visit: Visit, exchanges: Sequence[Exchange], idf: dict[str, float]) -> list[set[str]]:
    """Return for each exchange the labels and roles of the note sentences that draw on it."""
    bags = [
        Counter(stems(word for segment in item.segments for word in segment.words))
        for item in exchanges
    ]
    labels: list[set[str]] = [set() for _ in exchanges]
    for section, role, sentence in read_note(visit.note):
        bag = set(stems(word.text for word in split(sentence)))
        total = sum(idf.get(word, 6.0) for word in bag)
        if not total:
            continue
        scored = []
        for index, other in enumerate(bags):
            shared = sum(idf.get(word, 6.0) for word in bag if word in other)
            size = sum(idf.get(word, 6.0) for word in other) or 1.0
            scored.append((2 * shared / (total + size), shared / total, index))
        best = max(scored)
        for score, _, index in scored:
            if score >= 0.34 or (score == best[0] and score >= 0.18):
                labels[index].add(section)
                if role:
                    labels[index].add(role)
    return labels


def frequencies(visits: Iterable[Visit]) -> dict[str, float]:
    """Return the inverse document frequency of each stem over the transcripts."""
    documents = [
        {
            stem
            for turn in visit.transcript.turns
            for stem in stems(w.text for w in split(turn.text))
        }
        for visit in visits
    ]
    counts = Counter(stem for document in documents for stem in document)
    return {stem: log((1 + len(documents)) / (1 + n)) + 0.2 for stem, n in counts.items()}
