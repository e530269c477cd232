"""The log: one JSON object a line, and nothing in it that could be a patient's.

Every log record of the process is made here, whoever writes it and whichever handler prints it. Of
our own modules it keeps the words, which are literals in the source (a test looks), and of what is
put into them only numbers, kinds of error, members of an enumeration, UUIDs and places in code. Of
everybody else's it keeps level, logger and place: their texts quote what they were given. Of an
error it keeps the kind and the lines of code it passed, never its words.
"""

import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from enum import Enum
from types import TracebackType
from typing import Any
from uuid import UUID

import orjson

MASK = "[masked]"
_HARMLESS = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|(?:[\w.-]*/)*\w+\.py"
)
_PLACE = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?[sdrifgex]")
_FRAMES = 12

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def set_up_logs() -> None:
    """Have every record of this process made safe, and printed on standard error as JSON.

    Called again, it also takes over the loggers of libraries that brought handlers of their own.
    """
    logging.setLogRecordFactory(safe_record)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in logging.root.manager.loggerDict:
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
    logging.getLogger("wardround").setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    sys.excepthook = _unforeseen
    sys.unraisablehook = lambda given: _unforeseen(
        given.exc_type, given.exc_value, given.exc_traceback
    )
    threading.excepthook = lambda given: _unforeseen(
        given.exc_type, given.exc_value, given.exc_traceback
    )


def safe_record(  # noqa: PLR0913, PLR0917 (the factory's parameters are logging's)
    name: str,
    level: int,
    fn: str,
    lno: int,
    msg: object,
    args: Any,
    exc_info: ExcInfo | None,
    func: str | None = None,
    sinfo: str | None = None,
    **kwargs: Any,
) -> logging.LogRecord:
    """Return a record that says what may be said, and holds nothing else."""
    del sinfo
    own = name == "wardround" or name.startswith("wardround.")
    words = _words(msg, args) if own else ""
    record = logging.LogRecord(name, level, fn, lno, words, (), None, func, None, **kwargs)
    if exc_info and exc_info[0] is not None:
        record.error = exc_info[0].__name__
        frames = traceback.extract_tb(exc_info[2])[-_FRAMES:]
        record.trace = [f"{_short(frame.filename)}:{frame.lineno}" for frame in frames]
    return record


class Line(logging.Formatter):
    """Writes a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "place": f"{_short(record.pathname)}:{record.lineno}",
        }
        if record.msg:
            line["message"] = record.msg
        for name in ("error", "trace"):
            if hasattr(record, name):
                line[name] = getattr(record, name)
        return orjson.dumps(line).decode()


def _words(msg: object, args: Any) -> str:
    if not isinstance(msg, str):
        return ""
    if not args:
        return msg
    given = args if isinstance(args, tuple) else (args,)
    try:
        return _PLACE.sub("%s", msg) % tuple(map(_masked, given))
    except (TypeError, ValueError):
        return msg  # a log that is written wrongly must not end what it tells of


def _masked(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, bool | int | float | UUID):
        return str(value)
    if isinstance(value, str) and (_HARMLESS.fullmatch(value) or value in _kinds_of_error()):
        return value
    return MASK


def _kinds_of_error() -> set[str]:
    """Return the names of every kind of error there is; a person's name is none of them."""
    found, waiting = set(), [BaseException]
    while waiting:
        kind = waiting.pop()
        if kind.__name__ not in found:
            found.add(kind.__name__)
            waiting += kind.__subclasses__()
    return found


def _short(path: str) -> str:
    """Return a place in code from its package on."""
    parts = path.replace("\\", "/").split("/")
    for root in ("site-packages", "src", "lib"):
        if root in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return parts[-1]


def _unforeseen(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if error is None or issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("wardround").critical(
        "an error that nobody foresaw", exc_info=(kind, error, trace)
    )
