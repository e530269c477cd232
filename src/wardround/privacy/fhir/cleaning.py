"""A resource without PHI: every element by its type; what R4 does not define is removed."""

import base64
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from wardround.kernel import InvalidInput
from wardround.privacy.deid import Finder, Kind, Mode, Operator, Remover, Secret, find_phi
from wardround.privacy.fhir import primitives
from wardround.privacy.fhir.people import OLDEST, People, is_old, patient_of
from wardround.privacy.fhir.references import Ids
from wardround.privacy.fhir.rules import elements, is_published, listed

Json = dict[str, Any]

DEPTH = 50
"""Elements within elements; deeper ones are nobody's honest record."""

MARK = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"


class FhirCleaner:
    """Cleans resources and bundles by a mode, under one key: equal ids are replaced alike.

    ``people`` has learnt the patients of all files first; their names are looked for in all text.
    """

    def __init__(
        self,
        mode: Mode,
        secret: Secret,
        people: People,
        today: date,
        find: Finder = find_phi,
    ) -> None:
        self.mode = mode
        self.secret = secret
        self.people = people
        self.today = today
        self.ids = Ids(secret)
        self._remover = Remover(find, mode, secret)
        self._texts: dict[tuple[str, str], str] = {}

    def clean(self, resource: Json) -> Json:
        """Return a resource, or a bundle with its resources, without PHI; marked as such."""
        cleaned = _Walk(self, _only_patient(resource)).resource(resource)
        if cleaned is None:
            raise InvalidInput("This is no FHIR R4 resource.", mend="Look at its resourceType.")
        return cleaned

    def text(self, text: str, patient: str) -> str:
        """Return free text without PHI, and without its own patient's names in any form."""
        if (patient, text) not in self._texts:
            known = self.people.pattern(patient)
            rest = known.sub("[NAME]", text) if known else text
            self._texts[patient, text] = self._remover.remove(rest, patient).text
        return self._texts[patient, text]

    def is_known(self, text: str, patient: str) -> bool:
        """Return whether a text has a word by which a patient is known."""
        known = self.people.pattern(patient)
        return bool(known and known.search(text))

    def keeps(self, kind: Kind) -> bool:
        """Return whether the mode keeps a kind; of places a limited data set keeps some."""
        limited = self.mode.name == "limited-data-set" and kind is Kind.PLACE
        return limited or self.mode.operator(kind) is Operator.KEEP


class _Walk:
    """One resource's cleaning: whose it is, and what is known of them."""

    def __init__(self, by: FhirCleaner, patient: str, *, old: bool = False) -> None:
        self._by = by
        self._patient = patient
        self._old = old
        self._days = by.secret.days(patient)

    def resource(self, resource: Json, depth: int = 0) -> Json | None:
        kind = resource.get("resourceType")
        if not isinstance(kind, str) or "meta" not in elements().get(kind, {}):
            return None
        patient = patient_of(resource) or self._patient
        old = kind == "Patient" and is_old(resource, self._by.today)
        walk = _Walk(self._by, patient, old=old)
        body = {name: value for name, value in resource.items() if name != "resourceType"}
        out = {"resourceType": kind, **walk.complex(kind, body, depth)}
        if kind != "Bundle":
            meta = out.setdefault("meta", {})
            meta["security"] = [*meta.get("security", ()), {"system": MARK, "code": "PSEUDED"}]
        return out

    def complex(self, kind: str, value: Json, depth: int) -> Json:
        types, out = elements()[kind], {}
        if depth > DEPTH:
            raise InvalidInput("Elements stand in elements without an end.")
        for name, inner in value.items():
            wanted = types.get(name)
            if wanted is None or f"{kind}.{name}" in listed("removed"):
                continue
            cleaned = self._each(f"{kind}.{name}", wanted.rstrip("!"), inner, depth)
            if cleaned is None and wanted.endswith("!"):
                cleaned = primitives.REQUIRED.get(wanted[:-1])
            if cleaned is not None:
                out[name] = cleaned
        return out

    def _each(self, path: str, kind: str, value: object, depth: int) -> object:
        if not isinstance(value, list):
            return self._one(path, kind, value, depth)
        cleaned = [self._one(path, kind, one, depth) for one in value]
        return [one for one in cleaned if one is not None] or None

    def _one(self, path: str, kind: str, value: object, depth: int) -> object:
        if not isinstance(value, dict):
            return self._primitive(path, kind, value) if kind[0].islower() else None
        if kind == "Resource":
            return self.resource(value, depth + 1)
        if kind in listed("types") or kind[0].islower() or kind not in elements():
            return None
        special = self._specials().get(kind)
        changed = special(value) if special else value
        return (self.complex(kind, changed, depth + 1) or None) if changed else None

    def _specials(self) -> dict[str, Callable[[Json], Json | None]]:
        return {
            "Address": self._address,
            "Age": self._age,
            "Attachment": self._attachment,
            "BundleEntryRequest": self._request,
            "Coding": self._coding,
            "ContactPoint": lambda value: value if self._by.keeps(Kind.PHONE) else None,
            "Extension": self._extension,
            "HumanName": lambda value: value if self._by.keeps(Kind.NAME) else None,
            "Identifier": self._identifier,
            "Reference": self._reference,
        }

    def _primitive(  # noqa: PLR0911 - each type has its own
        self, path: str, kind: str, value: object
    ) -> object:
        if isinstance(value, bool | int | float) or value is None:
            return value if kind not in primitives.WORDED else None
        text = str(value)
        if kind in {"date", "dateTime", "instant"}:
            return self._date(path, kind, text)
        if kind in {"string", "markdown"}:
            return self._string(path, text)
        if path in primitives.DONE:
            return text
        if kind in primitives.ADDRESSES:
            return text if is_published(text) else self._by.ids.uri(text)
        if kind in primitives.IDS:
            return self._by.ids.id(text)
        fine = primitives.is_plain(kind, text) and not self._by.is_known(text, self._patient)
        return text if fine else None

    def _date(self, path: str, kind: str, text: str) -> str | None:
        if path == "Patient.birthDate" and self._old and not self._by.keeps(Kind.AGE):
            return None
        operator = self._by.mode.operator(Kind.DATE)
        if operator is Operator.KEEP:
            return text if primitives.DATE.fullmatch(text) else None
        if operator is Operator.SURROGATE:
            return primitives.moved(text, self._days)
        return primitives.year(text, instant=kind == "instant")

    def _string(self, path: str, text: str) -> str | None:
        if path.endswith(".id"):
            return self._by.ids.id(text)
        if path in listed("named"):
            code = self._by.secret.code("name", text, 8)
            return text if self._by.keeps(Kind.NAME) else f"Name {code}"
        kept = path.startswith(("HumanName.", "Address.", "ContactPoint."))
        if kept or path in {"Identifier.value", "Reference.reference"}:
            return text
        if path.rpartition(".")[2] in listed("strings"):
            return None
        if path in {"Coding.display", "Quantity.unit"} and primitives.is_short(text):
            return None if self._by.is_known(text, self._patient) else text
        return self._by.text(text, self._patient) or None

    def _address(self, value: Json) -> Json | None:
        return primitives.address(value, whole=self._by.keeps(Kind.PLACE))

    def _age(self, value: Json) -> Json:
        number = value.get("value")
        over = isinstance(number, int | float) and number > OLDEST
        return {**value, "value": OLDEST + 1} if over and not self._by.keeps(Kind.AGE) else value

    def _attachment(self, value: Json) -> Json | None:
        """Keep a plain text without its PHI; a picture or a document goes with all it says."""
        data, kind = value.get("data"), str(value.get("contentType", ""))
        kept: Json = {name: value[name] for name in ("contentType", "language") if name in value}
        if not isinstance(data, str) or not kind.startswith("text/plain"):
            return kept or None
        try:
            text = base64.b64decode(data, validate=True).decode("utf-8")
        except ValueError:
            return kept
        cleaned = self._by.text(text, self._patient)
        return {**kept, "data": base64.b64encode(cleaned.encode()).decode()}

    def _request(self, value: Json) -> Json:
        url = str(value.get("url", ""))
        return {"method": value.get("method", "PUT"), "url": self._by.ids.reference(url)}

    def _coding(self, value: Json) -> Json | None:
        system, code = str(value.get("system", "")), value.get("code")
        if is_published(system) or (not system and code is None):
            return value
        if system or isinstance(code, str):
            local = self._by.secret.code("code", f"{system}|{code}")
            return {"code": local}
        return None

    def _extension(self, value: Json) -> Json | None:
        url = value.get("url")
        return value if url in listed("extensions") or url in listed("parts") else None

    def _identifier(self, value: Json) -> Json:
        if self._by.keeps(Kind.MRN):
            return value
        whole = f"{value.get('system', '')}|{value.get('value', '')}"
        kept: Json = {name: value[name] for name in ("use", "type") if name in value}
        return {**kept, "value": self._by.secret.code("identifier", whole)}

    def _reference(self, value: Json) -> Json | None:
        out: Json = {name: value[name] for name in ("type", "display") if name in value}
        written = value.get("reference")
        if isinstance(written, str):
            out["reference"] = self._by.ids.reference(written)
        kind = str(value.get("type") or re.split(r"[/?]", str(written))[0])
        untold = not isinstance(written, str) or written.startswith(("urn:", "#"))
        if kind in listed("hidden") or (untold and not value.get("type")):
            display = str(out.pop("display", ""))
            if untold and display and primitives.is_short(display):
                out["display"] = self._by.text(display, self._patient)
        return out or None


def _only_patient(resource: Json) -> str:
    """Return the one patient of a bundle: what names nobody in it is about that one."""
    if resource.get("resourceType") != "Bundle":
        return ""
    inner = (entry.get("resource") for entry in resource.get("entry") or () if entry)
    patients = {patient_of(one) for one in inner if isinstance(one, dict)} - {""}
    return patients.pop() if len(patients) == 1 else ""
