"""Answers that take back their own yes or no, as in "No. Well, my ankles swell a bit"."""

from collections.abc import Iterator, Sequence

from wardround.capabilities.documentation.writing.exchanges import Exchange, without_question
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.systems import is_negated

_COMMON = Rules("contradictions").words("common")


def settle(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """Return the exchanges; where the rest of an answer says otherwise, its yes or no is let go.

    Then only what was said in words is told, and no more what question and yes or no would say
    together.
    """
    return [
        without_question(exchange)
        if exchange.polarity is not None and _contradicted(exchange, _rest(exchanges, number))
        else exchange
        for number, exchange in enumerate(exchanges)
    ]


def _rest(exchanges: Sequence[Exchange], number: int) -> Iterator[Sequence[str]]:
    """Yield the sentences that follow an answer in its own turn."""
    turn = exchanges[number].statement.turn
    for later in exchanges[number + 1 :]:
        if later.statement.turn != turn or later.question is not None:
            return
        yield later.statement.words


def _contradicted(exchange: Exchange, rest: Iterator[Sequence[str]]) -> bool:
    asked = {
        word
        for question in exchange.asked
        for word in question.words
        if len(word) > 3 and word not in _COMMON
    }
    return any(
        is_negated(words, place) == exchange.polarity
        for words in rest
        for place, word in enumerate(words)
        if word in asked
    )
