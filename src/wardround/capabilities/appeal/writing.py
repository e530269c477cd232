"""Writing the letter: templates filled with facts, each sentence tied to what its facts rest on."""

import string
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wardround.capabilities.appeal.facts import Facts, Known
from wardround.capabilities.appeal.grounds import Part, Template, letters
from wardround.capabilities.appeal.model import About, Asked, Letter, Section, Sentence
from wardround.capabilities.appeal.sources import day, dollars
from wardround.kernel import Evidence, Source

_ABOUT = (
    ("Patient", "patient"),
    ("Born", "born"),
    ("Member number", "member"),
    ("Claim", "claim"),
    ("Your number of the claim", "payer_control"),
    ("Service", "service"),
    ("Day of service", "day"),
    ("Refused", "amount"),
)
"""The lines of the head, each with its fact."""


class _Written(NamedTuple):
    text: str
    sources: tuple[Source, ...]


def write(asked: Asked, ground: str, known: Known) -> tuple[Letter, tuple[Evidence, ...]]:
    """Return the letter on a ground, and what each of its sentences rests on."""
    evidence: list[Evidence] = []
    sections: list[Section] = []
    for part in letters().parts:
        title, wanted = _part(part, ground)
        said = [one for template in wanted for one in _fill(template, known)]
        if not said:
            continue
        for place, one in enumerate(said):
            claim = f"/sections/{len(sections)}/sentences/{place}"
            evidence.append(Evidence(claim=claim, sources=one.sources))
        sentences = tuple(Sentence(text=one.text) for one in said)
        sections.append(Section(title=title, sentences=sentences))
    head = [(label, known.once[name]) for label, name in _ABOUT if name in known.once]
    for place, (_, fact) in enumerate(head):
        evidence.append(Evidence(claim=f"/about/{place}", sources=fact.sources))
    letter = Letter(
        headline=_headline(asked),
        item=asked.item,
        claim=asked.claim,
        ground=ground,
        to=(asked.payer, *asked.payer_address),
        about=tuple(About(label=label, value=fact.value) for label, fact in head),
        sections=tuple(sections),
        sender=_sender(asked),
        due=asked.denial.due,
    )
    return letter, tuple(evidence)


def _headline(asked: Asked) -> str:
    what = asked.service.code or "the claim"
    return f"{dollars(asked.denial.amount)} for {what}, by {day(asked.denial.due)}"


def _sender(asked: Asked) -> tuple[str, ...]:
    sender = asked.sender
    npi = (f"NPI {sender.npi}",) if sender.npi else ()
    return (sender.name, *npi, *sender.address, *((sender.phone,) if sender.phone else ()))


def _part(part: Part, ground: str) -> tuple[str, Sequence[Template]]:
    if not part.ground:
        return part.title, part.sentences
    found = letters().grounds[ground]
    return found.title, found.sentences


def _fill(template: Template, known: Known) -> Iterator[_Written]:
    """Yield the sentences of a template, for as many facts as there are."""
    if template.unless and template.unless in known.once:
        return
    several: Sequence[Facts] = known.several[template.each] if template.each else ({},)
    for own in several:
        facts = {**known.once, **own}
        names = [name for _, name, _, _ in string.Formatter().parse(template.text) if name]
        if all(name in facts for name in names):
            values = {name: facts[name].value for name in names}
            sources = dict.fromkeys(one for name in names for one in facts[name].sources)
            text = template.text.format(**values).replace(".\u201d.", ".\u201d")
            yield _Written(text, tuple(sources))
