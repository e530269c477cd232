"""Documentation with a pen that follows rules, so that a test knows the note it will review."""

from collections.abc import Iterable, Sequence

from wardround.capabilities.documentation import Documentation
from wardround.capabilities.documentation.inputs import transcript_of
from wardround.capabilities.documentation.model import Note, Section, Sentence
from wardround.kernel import (
    Context,
    Drafted,
    Evidence,
    Finding,
    Guardrail,
    Model,
    Order,
    Severity,
    TextSpan,
)

MODEL = Model(name="scripted", version="1.2", digest="a" * 64)
SECTIONS = {
    "patient": ("10164-2", "History of present illness"),
    "doctor": ("51847-2", "Assessment and plan"),
}


class Watch:
    """Finds words in a note: aspirin is to be acknowledged, penicillin to be edited."""

    rule = "watched-word"
    words = (("aspirin", Severity.WARN), ("penicillin", Severity.BLOCK), ("rest", Severity.NOTE))

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        note = Note.model_validate(drafted.content)
        for i, section in enumerate(note.sections):
            for j, sentence in enumerate(section.sentences):
                for word, severity in self.words:
                    if word in sentence.text:
                        yield Finding(
                            rule=self.rule,
                            severity=severity,
                            message=f"The note names {word}.",
                            mend="Compare it with the chart.",
                            claim=f"/sections/{i}/sentences/{j}",
                        )


class Scripted(Documentation):
    """Writes each turn of at least four words down as a sentence, from exactly those words."""

    def __init__(self) -> None:
        self._model = MODEL

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        return (Watch(),)

    def draft(self, order: Order, context: Context) -> Drafted:
        said = transcript_of(order.inputs, context)
        if any("boom" in turn.text for turn in said.turns):
            raise RuntimeError("broken on purpose")
        sections: list[Section] = []
        evidence: list[Evidence] = []
        for speaker, (code, title) in SECTIONS.items():
            sentences: list[Sentence] = []
            for part, turn in enumerate(said.turns):
                if turn.speaker != speaker or len(turn.text.split()) < 4:
                    continue
                claim = f"/sections/{len(sections)}/sentences/{len(sentences)}"
                span = TextSpan(
                    input="transcript", part=part, start=turn.offset, end=len(turn.source)
                )
                sentences.append(Sentence(text=turn.text))
                evidence.append(Evidence(claim=claim, sources=(span,)))
            if sentences:
                sections.append(Section(code=code, title=title, sentences=tuple(sentences)))
        if not sections:
            return Drafted(model=MODEL, abstained="Too little was said to write a note.")
        content = Note(sections=tuple(sections)).model_dump(mode="json")
        return Drafted(content=content, evidence=tuple(evidence), model=MODEL)
