"""What FHIR asks of terminologies, as functions: lookup, validate-code, expand, translate.

Answers have the form of FHIR R4 (``Parameters``, ``ValueSet``), so that they can be handed on. What
is not loaded is said in a message; a result is then neither true nor false.
"""

from datetime import date
from functools import cached_property
from pathlib import Path

from wardround.engines.terminology.checks import fault_of
from wardround.engines.terminology.concept import dotted
from wardround.engines.terminology.editions import load_icd10cm
from wardround.engines.terminology.lists import Lists
from wardround.engines.terminology.mapping import Match, matches
from wardround.engines.terminology.search import Hit
from wardround.engines.terminology.systems import System, system_of
from wardround.engines.terminology.tables import Absent, Described, Tables
from wardround.engines.terminology.tabular import Tabular
from wardround.kernel import InvalidInput, Json, NotFound, Unavailable

_UNCHECKED = {"carc", "rarc"}


class Terminology:
    """The code systems of a site: ICD-10-CM, and what was loaded into ``folder``."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder

    @cached_property
    def tabular(self) -> Tabular:
        """ICD-10-CM."""
        return load_icd10cm(self.folder)

    @cached_property
    def tables(self) -> Tables:
        """The loaded tables."""
        return Tables(self.folder)

    @cached_property
    def _lists(self) -> Lists:
        return Lists(self.tables.shelf)

    def lookup(self, system: str, code: str, on: date | None = None) -> dict[str, Json]:
        """Return what is known of a code (``$lookup``).

        Raise ``NotFound`` where the list has no such code, ``Unavailable`` where no list is loaded.
        """
        asked = system_of(system)
        if asked.name == "icd10cm":
            concept = self.tabular.find(code, on)
            if concept is None:
                raise _no_code(asked, code)
            said = [("code", concept.code), ("display", concept.display)]
            properties: list[tuple[str, Json]] = [
                ("billable", concept.billable),
                ("parent", concept.parent),
                ("laterality", concept.laterality),
                *(("child", one) for one in concept.children),
                *(("inclusion-term", one) for one in concept.inclusion_terms),
                *(("excludes1", one) for one in concept.excludes1),
                *(("excludes2", one) for one in concept.excludes2),
                *(("code-first", one) for one in concept.code_first),
                *(("use-additional", one) for one in concept.use_additional),
                *(("code-also", one) for one in concept.code_also),
                *(("7th", f"{one.char} {one.meaning}") for one in concept.seventh_characters),
            ]
            version = self.tabular.nearest(on).name
            return _parameters(asked, version, said, properties)
        found = self._described(asked, code, on)
        dates: list[tuple[str, Json]] = [
            ("effectiveDate", found.start.isoformat() if found.start else None),
            ("deprecationDate", found.end.isoformat() if found.end else None),
        ]
        return _parameters(asked, None, [("code", found.code), ("display", found.display)], dates)

    def validate_code(
        self, system: str, code: str, on: date, display: str | None = None
    ) -> dict[str, Json]:
        """Tell whether a code is valid on a date (``$validate-code``).

        ``result`` is left out where nothing that is loaded could answer; the message says what to
        load. A display that is not the code's makes the result false, as FHIR asks.
        """
        asked = system_of(system)
        result, message, shown = self._valid(asked, code, on)
        if result and display is not None and shown is not None and not _alike(display, shown):
            result, message = False, f"The display of {code} is: {shown}"
        listed: list[Json] = []
        if result is not None:
            listed.append({"name": "result", "valueBoolean": result})
        if message:
            listed.append({"name": "message", "valueString": message})
        if shown:
            listed.append({"name": "display", "valueString": shown})
        return {"resourceType": "Parameters", "parameter": listed}

    def expand(
        self,
        system: str,
        text: str = "",
        *,
        is_a: str | None = None,
        count: int = 20,
        on: date | None = None,
    ) -> dict[str, Json]:
        """Return codes by words, below a code, or both (``$expand``), at most ``count``."""
        asked = system_of(system)
        if not text.strip() and is_a is None:
            raise InvalidInput("Give words to search for, or a code to list what is under it.")
        if is_a is None:
            hits = self.search(system, text, count, on)
        else:
            hits = self._under(asked, text, is_a, count, on)
        listed: list[Json] = [
            {"system": asked.url, "code": hit.code, "display": self._display(asked, hit.code, on)}
            for hit in hits[:count]
        ]
        total = {} if text.strip() else {"total": len(hits)}
        return {
            "resourceType": "ValueSet",
            "status": "active",
            "expansion": total | {"contains": listed},
        }

    def _under(
        self, asked: System, text: str, above: str, count: int, on: date | None
    ) -> list[Hit]:
        """Return the codes under one: those that words may mean, or all."""
        if asked.name != "icd10cm":
            raise InvalidInput(f"{asked.title} has no codes above others.")
        edition = self.tabular.nearest(on)
        if edition.find(above) is None:
            raise _no_code(asked, above)
        if text.strip():
            return edition.search(text, count, above)
        return [Hit(code, 1.0, "") for code in (dotted(above), *edition.under(above))]

    def search(self, system: str, text: str, count: int = 20, on: date | None = None) -> list[Hit]:
        """Return the codes that words may mean, best first."""
        asked = system_of(system)
        if asked.name == "icd10cm":
            return self.tabular.search(text, count, on)
        index = self._lists.index(asked.name, on)
        if index is None:
            raise _not_loaded(self.tables.absent(asked.name, on))
        return index.search(text, count)

    def translate(self, system: str, code: str, target: str, on: date | None = None) -> list[Match]:
        """Return what loaded maps make of a code (``$translate``), best first.

        Raise ``Unavailable`` where no map between the two is loaded.
        """
        return matches(self.tables.shelf, system, code, target, on)

    def _valid(self, asked: System, code: str, on: date) -> tuple[bool | None, str, str | None]:
        if asked.name == "icd10cm":
            found = self.tabular.valid(code, on)
            concept = self.tabular.find(code, on)
            message = " ".join(part for part in (found.reason, found.mend) if part)
            shown = None if concept is None else concept.display
            return (found.valid if found.known else None), message, shown
        fault = None if asked.name in _UNCHECKED else fault_of(asked.name, code)
        if fault is not None:
            return False, f"{code} is no {asked.title} code: {fault}.", None
        described = self.tables.code(asked.name, code, on)
        if isinstance(described, Absent):
            return None, str(described), None
        if described is None:
            return False, f"{code} is not in the loaded list of {asked.title}.", None
        message = _outside(described, on)
        return not message, message, described.display

    def _described(self, asked: System, code: str, on: date | None) -> Described:
        found = self.tables.code(asked.name, code, on)
        if isinstance(found, Absent):
            raise _not_loaded(found)
        if found is None:
            raise _no_code(asked, code)
        return found

    def _display(self, asked: System, code: str, on: date | None) -> str:
        if asked.name == "icd10cm":
            concept = self.tabular.find(code, on)
            return "" if concept is None else concept.display
        return self._described(asked, code, on).display


def _parameters(
    asked: System,
    version: str | None,
    said: list[tuple[str, str]],
    properties: list[tuple[str, Json]],
) -> dict[str, Json]:
    listed: list[Json] = [{"name": "name", "valueString": asked.title}]
    if version:
        listed.append({"name": "version", "valueString": version})
    listed += [{"name": name, "valueString": value} for name, value in said]
    for name, value in properties:
        if value is None:
            continue
        kind = "valueBoolean" if isinstance(value, bool) else "valueString"
        parts: list[Json] = [{"name": "code", "valueCode": name}, {"name": "value", kind: value}]
        listed.append({"name": "property", "part": parts})
    return {"resourceType": "Parameters", "parameter": listed}


def _outside(code: Described, on: date) -> str:
    """Return why a listed code is not valid on a date; nothing if it is."""
    if code.start and on < code.start:
        return f"{code.code} is valid only from {code.start}."
    return f"{code.code} was valid until {code.end}." if code.end and on > code.end else ""


def _alike(a: str, b: str) -> bool:
    return " ".join(a.lower().split()) == " ".join(b.lower().split())


def _no_code(asked: System, code: str) -> NotFound:
    return NotFound(f"{asked.title} has no code {code}.", mend="Try: wardround terms search")


def _not_loaded(absent: Absent) -> Unavailable:
    return Unavailable(f"{absent.what} are not loaded.", mend=absent.mend)
