"""The lines of a text file that a person brings, with their numbers, or why it cannot be read."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from wardround.kernel import InvalidInput

LONGEST = 65_536
"""Bytes of a line. The longest descriptor of any published code list has under 4,000."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Lines:
    """Gives the lines of a file. ``number`` is that of the last one given, from 1.

    UTF-8, or else Windows-1252, in which CMS and the AMA write their files.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = 0
        self.ended = True
        """Whether the last line was ended; where it was not, the file may have been cut off."""

    def __iter__(self) -> Iterator[str]:
        with self.path.open("rb") as stream:
            while line := stream.readline(LONGEST + 1):
                self.number += 1
                if self.number == 1:
                    line = self._first(line)
                if len(line) > LONGEST:
                    raise self.fault(f"The line is longer than {LONGEST} bytes.", "Is it text?")
                if b"\0" in line:
                    raise self.fault("This is no text file.", "Unpack it, or export it as text.")
                self.ended = line.endswith((b"\n", b"\r"))
                yield self._text(line).rstrip("\r\n")
        if not self.number:
            raise InvalidInput("The file is empty.", where=str(self.path), mend="Take it again.")

    def fault(self, what: str, mend: str | None = None) -> InvalidInput:
        """Return an error that names the file and the line given last."""
        return InvalidInput(what, where=f"{self.path}, line {self.number}", mend=mend)

    def _first(self, line: bytes) -> bytes:
        if line.startswith(_WIDE):
            raise self.fault("The file is in UTF-16.", "Save it as UTF-8.")
        if line.startswith(b"PK\x03\x04"):
            raise self.fault(
                "This is a packed file (zip or xlsx).", "Unpack it; of a workbook, save the csv."
            )
        return line.removeprefix(codecs.BOM_UTF8)

    def _text(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            pass
        try:
            return line.decode("cp1252")
        except UnicodeDecodeError as error:
            raise self.fault(
                f"Byte {error.start + 1} is neither UTF-8 nor Windows-1252.", "Save it as UTF-8."
            ) from None
