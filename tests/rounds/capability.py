"""A capability small enough to see through: each line of a text is a claim, none may shout."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from wardround.kernel import (
    Actor,
    Context,
    Draft,
    Drafted,
    Evidence,
    Finding,
    Guardrail,
    InvalidInput,
    Json,
    Model,
    Order,
    Part,
    Severity,
    TextSpan,
    resource_id,
)

MODEL = Model(name="lines", version="1", digest="ab" * 32)


class Shouting:
    """Text in capitals is hard to read; ``!!`` must not be signed at all."""

    rule = "shouting"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        lines: Any = drafted.content["lines"]
        for place, line in enumerate(lines):
            if line.isupper():
                severity = Severity.BLOCK if "!!" in line else Severity.WARN
                yield Finding(
                    rule=self.rule, severity=severity, message="Shouting.", claim=f"/lines/{place}"
                )


class Lines:
    """Turns each line of a text into a claim; abstains on an empty text."""

    name = "lines"
    title = "Lines"

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        return (Shouting(),)

    def accept(self, parts: Sequence[Part]) -> list[Part]:
        for part in parts:
            if b"\0" in part.data:
                raise InvalidInput("This is not text.", where=part.name)
        return [part.model_copy(update={"name": f"text-{i}"}) for i, part in enumerate(parts)]

    def draft(self, order: Order, context: Context) -> Drafted:
        text = b"".join(context.open(item) for item in order.inputs).decode()
        lines: list[Json] = list(text.splitlines())
        if not lines:
            return Drafted(model=MODEL, abstained="Nothing was written.")
        if lines == ["fail"]:
            raise InvalidInput("This cannot be drafted.", mend="Write something else.")
        if lines == ["crash"]:
            raise RuntimeError("secret words of a patient")
        evidence = tuple(
            Evidence(
                claim=f"/lines/{i}",
                sources=(TextSpan(input="text-0", part=i, start=0, end=max(1, len(str(line)))),),
            )
            for i, line in enumerate(lines)
        )
        return Drafted(content={"lines": lines}, evidence=evidence, model=MODEL)

    def validate(self, content: Mapping[str, Json]) -> dict[str, Json]:
        lines = content["lines"]
        if not isinstance(lines, list) or not all(isinstance(x, str) and x for x in lines):
            raise InvalidInput("A line is text.", where="/lines")
        return dict(content)

    def resources(
        self, draft: Draft, signer: Actor, at: datetime, context: Context
    ) -> list[dict[str, Any]]:
        return [
            {
                "resourceType": "Basic",
                "id": resource_id(draft.id, "basic"),
                "subject": {"reference": draft.subject},
                "code": {"text": str(draft.content["lines"])},
            }
        ]

    def review(self, draft: Draft, context: Context) -> dict[str, Any]:
        return {}

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        return dict(line)
