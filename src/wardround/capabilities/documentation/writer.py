"""The writer: a transcript in, a note out, every sentence with the words it stands on."""

from wardround.capabilities.documentation.casing import Casing
from wardround.capabilities.documentation.claims import Claim, claim
from wardround.capabilities.documentation.exchanges import Exchange, pair
from wardround.capabilities.documentation.model import SECTIONS, Note, Section, Sentence, Transcript
from wardround.capabilities.documentation.person import person, sex_said
from wardround.capabilities.documentation.questions import fuse
from wardround.capabilities.documentation.rewriting import Rewriter
from wardround.capabilities.documentation.segments import segment
from wardround.capabilities.documentation.selection import surroundings
from wardround.engines.text import LABELS, LinearTagger
from wardround.kernel import Evidence

TH={"hpi":.25,"exam":.3,"results":.3,"plan":.3,"cc":2,"ros":2}

class Writer:
    """Writes notes with one text engine."""

    def __init__(self, tagger: LinearTagger) -> None:
        self._tagger = tagger

    def write(self, transcript: Transcript, sex: str | None = None) -> tuple[Note, tuple[Evidence, ...]]:
        """Return the note of a visit and the evidence of each of its sentences."""
        exchanges = pair(segment(transcript, self._tagger.ends))
        casing = Casing(transcript, self._tagger.casing)
        who = person(sex if sex in ("male","female") else sex_said(transcript))
        rewriter = Rewriter(casing, who)
        scores = self._tagger.sections(list(surroundings(exchanges)))
        found: dict[str, list[Claim]] = {name: [] for name in SECTIONS}
        for exchange, row in zip(exchanges, scores, strict=True):
            best = LABELS[int(row.argmax())]
            if row.max() < TH[best]:
                continue
            text = self._text(exchange, rewriter)
            if len(text.split())>=3:
                found[best].append(claim(text, exchange.segments))
        cc = max(range(len(exchanges)), key=lambda i: scores[i][0], default=None)
        if cc is not None:
            t = self._text(exchanges[cc], rewriter)
            if t: found["cc"].append(claim(t, exchanges[cc].segments))
        return _assembled(found)

    def _text(self, exchange: Exchange, rewriter: Rewriter) -> str:
        if exchange.question and exchange.polarity is not None and len(exchange.rest) < 4 and exchange.statement.speaker=="patient":
            fused = fuse(exchange.question.words, yes=exchange.polarity, who=rewriter.who)
            if fused:
                from wardround.capabilities.documentation.numbers import digits
                return rewriter.sentence(digits(fused.words))
        words = exchange.rest if exchange.polarity is not None and exchange.rest else exchange.statement.words
        return rewriter.sentence(rewriter.clause(words, exchange.statement.speaker))


def _assembled(found: dict[str, list[Claim]]) -> tuple[Note, tuple[Evidence, ...]]:
    sections: list[Section] = []
    evidence: list[Evidence] = []
    for name, (code, title) in SECTIONS.items():
        claims = found[name]
        if not claims:
            continue
        place = len(sections)
        sections.append(Section(code=code, title=title, sentences=tuple(Sentence(text=c.text) for c in claims)))
        evidence += [
            Evidence(claim=f"/sections/{place}/sentences/{number}", sources=item.spans)
            for number, item in enumerate(claims)
        ]
    return Note(sections=tuple(sections)), tuple(evidence)
