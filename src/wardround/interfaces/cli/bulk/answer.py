"""One line of a bulk run answered: whatever it holds, one record comes out."""

import json
from collections.abc import Sequence
from typing import Any

from wardround.kernel import Batch, Blocks, InvalidInput, WardroundError


def answer(work: Batch, line: bytes) -> bytes:
    """Return the record for ``line`` as one line of JSON; errors become records of their own."""
    identity: object = None
    try:
        record = parse(line)
        identity = record.get("id")
        return encode(work.batch(record))
    except WardroundError as error:
        return failed(identity, str(error))
    except Exception as error:  # noqa: BLE001 - one record's fault never ends the run
        return failed(identity, f"Something unforeseen happened ({type(error).__name__}).")


def answer_many(work: Batch, lines: Sequence[bytes]) -> list[bytes]:
    """Return the record for each line; where a block fails as a whole, its lines go one by one."""
    if len(lines) == 1 or not isinstance(work, Blocks):
        return [answer(work, line) for line in lines]
    records: list[dict[str, Any] | WardroundError] = []
    for line in lines:
        try:
            records.append(parse(line))
        except WardroundError as error:
            records.append(error)
    asked = [record for record in records if isinstance(record, dict)]
    try:
        said = iter(work.batch_many(asked))
    except Exception:  # noqa: BLE001 - one record's fault never costs the others
        return [answer(work, line) for line in lines]
    done = []
    for record in records:
        identity = record.get("id") if isinstance(record, dict) else None
        found = next(said) if isinstance(record, dict) else record
        if isinstance(found, WardroundError):
            done.append(failed(identity, str(found)))
        else:
            done.append(encode(found))
    return done


def failed(identity: object, message: str) -> bytes:
    """Return the record of a line that could not be answered."""
    return encode({"id": identity, "status": "error", "message": message})


def parse(line: bytes) -> dict[str, Any]:
    """Return a line's record; raise ``InvalidInput`` where it has none."""
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"Byte {error.start} of this line is no UTF-8.", mend="Save the file as UTF-8."
        ) from None
    if not text.strip():
        raise InvalidInput("This line is empty.", mend="A line is one record.")
    try:
        record = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"This line is not JSON: {error.msg} at column {error.colno}.",
            mend="A line is one JSON object.",
        ) from None
    except (RecursionError, ValueError):
        raise InvalidInput(
            "This line is not JSON that can be read.", mend="A line is one JSON object."
        ) from None
    if not isinstance(record, dict):
        raise InvalidInput("This line is not a JSON object.", mend="A line is one JSON object.")
    return record


def encode(record: dict[str, Any]) -> bytes:
    """Return a record as one line of JSON."""
    try:
        return json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(record).encode()


def _no_number(name: str) -> None:
    raise ValueError(name)
