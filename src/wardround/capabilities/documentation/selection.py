"""Selection: which sentences of a visit its note needs, and for which section."""

from collections.abc import Iterator, Sequence

from wardround.capabilities.documentation.exchanges import Exchange
from wardround.engines.text import Said


def surroundings(exchanges: Sequence[Exchange]) -> Iterator[Said]:
    """Yield each exchange with what stood around it, as the text engine takes it."""
    count = max(1, len(exchanges) - 1)
    question: tuple[str, ...] = ()
    for index, here in enumerate(exchanges):
        statement = here.statement
        if here.question:
            question = here.question.words
        elif index and exchanges[index - 1].statement.turn != statement.turn:
            question = ()
        yield Said(
            speaker=statement.speaker,
            words=statement.words,
            question=question,
            before=exchanges[index - 1].statement.words if index else (),
            after=exchanges[index + 1].statement.words if index + 1 < len(exchanges) else (),
            position=index / count,
        )
