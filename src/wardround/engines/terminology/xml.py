"""XML as the CDC writes it: read in one pass, without a tree, and without entities.

A file that declares an entity is refused, so none can grow in memory or reach for another file.
The only place where Wardround reads XML.
"""

from collections.abc import Callable
from xml.parsers import expat

from wardround.kernel import InvalidInput

_MEND = "Take the file from the CDC again."


def read_xml(
    content: bytes,
    where: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    data: Callable[[str], None],
) -> None:
    """Tell ``start``, ``end`` and ``data`` of what stands in ``content``.

    Raise ``InvalidInput`` with the line where it is no whole XML, or where one of them refuses.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise InvalidInput(
            f"This is no whole XML: {expat.ErrorString(error.code)}.",
            where=f"{where}, line {error.lineno}",
            mend=_MEND,
        ) from None
    except InvalidInput as error:
        raise InvalidInput(
            error.what, where=f"{where}, line {parser.CurrentLineNumber}", mend=_MEND
        ) from None


def _refuse(*_: object) -> None:
    raise InvalidInput("The file declares entities; a list of the CDC has none.")
