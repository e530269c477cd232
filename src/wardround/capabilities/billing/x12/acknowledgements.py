"""What payers answer to a file: TA1, 999 (005010X231A1) and 277CA (005010X214)."""

from collections.abc import Collection, Iterable, Iterator

from wardround.capabilities.billing.acknowledgement import Acknowledgement
from wardround.capabilities.billing.x12.claim_answer import ClaimAnswer
from wardround.capabilities.billing.x12.envelope import transaction_sets
from wardround.capabilities.billing.x12.file_answer import FileAnswer, interchange_answer


def read_acknowledgements(source: str | Iterable[str]) -> list[Acknowledgement]:
    """Return the answers of a file, read to its end; raise ``InvalidInput`` with the place.

    A claim of a 277CA that has no patient control number is refused, since nothing can be done
    with it.
    """
    return list(acknowledgements(source))


def acknowledgements(source: str | Iterable[str]) -> Iterator[Acknowledgement]:
    """Give the answers of a file, each once its transaction set was read to its end."""
    for one in transaction_sets(source):
        if one.kind == "TA1":
            yield interchange_answer(one.header)
        elif one.kind == "999":
            yield FileAnswer(one).answer()
        elif one.kind == "277" and one.version.startswith("005010X214"):
            yield ClaimAnswer(one).answer()
        else:
            raise one.header.wrong("This is neither a 999 nor a 277CA (005010X214).", 1)


def unknown_claims(answer: Acknowledgement, known: Collection[str]) -> list[str]:
    """Return the numbers of an answer's claims that are none of ours, in its order."""
    return [claim.id for claim in answer.claims if claim.id not in known]
