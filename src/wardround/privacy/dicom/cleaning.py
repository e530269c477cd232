"""A header without PHI: every element is removed unless something says that it may stay."""

import re
from collections.abc import Callable, Collection, Iterator

from pydicom._uid_dict import UID_dictionary
from pydicom.datadict import dictionary_has_tag, keyword_for_tag
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from wardround.privacy.deid import Secret
from wardround.privacy.dicom import values
from wardround.privacy.dicom.codes import clean_code, is_code
from wardround.privacy.dicom.known import patient_of, words_of
from wardround.privacy.dicom.option import Option, check
from wardround.privacy.dicom.profile import Action, Row, attributes, concepts
from wardround.privacy.dicom.safe import private_places, safe, vocabulary

TextCleaner = Callable[[str], str]
"""Free text in, the same text without PHI out."""

TEXT = {"AE", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT"}
NUMBERS = {"AT", "FD", "FL", "OD", "OF", "OL", "OV", "SL", "SS", "SV", "UL", "US", "UV"}


class Cleaner:
    """The Basic Profile with options, under one key: equal UIDs are replaced alike everywhere."""

    def __init__(
        self,
        secret: Secret,
        options: Collection[Option] = (),
        clean_text: TextCleaner | None = None,
    ) -> None:
        check(options, reads_text=clean_text is not None)
        self._secret = secret
        self._text = clean_text
        self.options = frozenset(options)
        self._actions: dict[int, Action] = {}

    def clean(self, dataset: Dataset) -> Dataset:
        """Return a dataset of what may stay; the one handed in is left as it was."""
        return _Patient(self, patient_of(dataset), words_of(dataset)).clean(dataset)

    def uid(self, uid: str) -> str:
        """Return the UID to write for one: a registered one itself, any other replaced."""
        if uid in UID_dictionary or not uid or Option.RETAIN_UIDS in self.options:
            return uid
        return self._secret.uid(uid)

    def action(self, tag: BaseTag) -> Action:
        """Return what is to be done with a tag, as if no value were known."""
        if tag not in self._actions:
            self._actions[tag] = self._look_up(tag)
        return self._actions[tag]

    def _look_up(self, tag: BaseTag) -> Action:
        repeats = tag.group & 0xFF00 in {0x5000, 0x6000}
        if tag.is_private or repeats or tag.group < 8 or tag.element == 0:
            return Action.REMOVE
        row = attributes().get(tag)
        if row is not None:
            return row.action(self.options)
        return Action.JUDGE if dictionary_has_tag(tag) else Action.REMOVE

    @property
    def secret(self) -> Secret:
        """The key that everything follows from."""
        return self._secret

    def cleaned(self, text: str) -> str | None:
        """Return free text without PHI; nothing where there is no text engine."""
        return self._text(text) if self._text else None


class _Patient:
    """One file's cleaning: its patient's days, and the words by which the patient is known."""

    def __init__(self, cleaner: Cleaner, patient: str, known: re.Pattern[str] | None) -> None:
        self._by = cleaner
        self._days = cleaner.secret.days(patient)
        self._known = known
        self._name = cleaner.secret.code("patient", patient)
        self._changes: dict[str, Callable[[str], str]] = {
            "UI": cleaner.uid,
            "IS": lambda value: value if values.is_number(value) else "",
            "DS": lambda value: value if values.is_number(value) else "",
            "CS": lambda value: value if values.is_coded(value) and self._unknown(value) else "",
        }

    def clean(self, dataset: Dataset) -> Dataset:
        out = Dataset()
        code = clean_code(dataset, self._by.secret) if is_code(dataset) else {}
        for tag in map(BaseTag, dataset.keys()):
            if tag.is_private:
                self._private(dataset, tag, out)
                continue
            action = self._by.action(tag)
            if action is Action.REMOVE or keyword_for_tag(tag) in code:
                continue
            try:
                element = self._element(dataset[tag], action)
            except Exception:  # noqa: BLE001, S112 - what cannot be read cannot be judged: it goes
                continue
            if element is not None:
                out.add(element)
        for keyword, value in code.items():
            setattr(out, keyword, value)
        return out

    def _element(self, element: DataElement, action: Action) -> DataElement | None:
        vr = str(element.VR)
        if action is Action.EMPTY:
            named = element.keyword in {"PatientID", "PatientName"}
            return DataElement(element.tag, vr, self._name) if named else _empty(element)
        if vr == "SQ":
            return DataElement(element.tag, vr, Sequence(self._items(element)))
        if action is Action.DUMMY:
            return DataElement(element.tag, vr, values.DUMMIES[vr])
        if action is Action.KEEP:
            return self._kept(element, vr)
        return self._cleaned(element, vr) if action is Action.CLEAN else self._judged(element, vr)

    def _items(self, element: DataElement) -> Iterator[Dataset]:
        structured = Option.CLEAN_STRUCTURED in self._by.options
        for item in element.value:
            if structured and element.keyword == "ContentSequence":
                row = _concept(item)
                if row is not None and row.action(self._by.options) is Action.REMOVE:
                    continue
            yield self.clean(item)

    def _kept(self, element: DataElement, vr: str) -> DataElement:
        if vr == "AS":
            return _each(element, values.age)
        return DataElement(element.tag, vr, element.value)

    def _cleaned(self, element: DataElement, vr: str) -> DataElement | None:
        if vr in {"DA", "DT"}:
            return _each(element, lambda value: values.move(value, self._days))
        if vr == "TM":
            return _each(element, lambda value: value if values.is_time(value) else "")
        if vr in TEXT:
            return _each(element, self._read)
        return None

    def _judged(self, element: DataElement, vr: str) -> DataElement | None:
        """Judge an element that the table does not list, or a UID to replace, by VR and value."""
        change = self._changes.get(vr)
        if vr in NUMBERS or element.keyword in safe("binary"):
            return element
        if change is not None:
            return _each(element, change)
        if vr in {"DA", "DT", "TM"}:
            return self._dated(element, vr)
        return self._worded(element) if vr in TEXT or vr == "AS" else None

    def _worded(self, element: DataElement) -> DataElement:
        keyword = element.keyword
        if keyword in safe("dummy"):
            return _each(element, lambda value: self._described(value) or values.NOBODY)
        if keyword in safe("text"):
            return _each(element, self._term)
        return _each(element, self._maker) if keyword in safe("maker") else _empty(element)

    def _dated(self, element: DataElement, vr: str) -> DataElement | None:
        if Option.RETAIN_FULL_DATES in self._by.options:
            return _each(element, lambda value: value if values.move(value, 0) else "")
        if Option.RETAIN_MODIFIED_DATES in self._by.options:
            return self._cleaned(element, vr)
        return _empty(element)

    def _private(self, dataset: Dataset, tag: BaseTag, out: Dataset) -> None:
        """Keep a private element whose block's creator and place are on the list, if a number."""
        if Option.RETAIN_SAFE_PRIVATE not in self._by.options or tag.element < 0x1000:
            return
        creator_tag = BaseTag(tag.group << 16 | tag.element >> 8)
        try:
            creator = str(dataset[creator_tag].value).strip()
            places = private_places().get(creator, {}).get(f"{tag.group:04X}", ())
            element = dataset[tag]
        except Exception:  # noqa: BLE001 - what cannot be read cannot be judged: it goes
            return
        if f"{tag.element & 0xFF:02X}" not in places:
            return
        vr = str(element.VR)
        if vr in NUMBERS or (vr in {"IS", "DS"} and all(map(values.is_number, _texts(element)))):
            out.add(DataElement(creator_tag, "LO", creator))
            out.add(element)

    def _described(self, value: str) -> str:
        asked = {Option.CLEAN_DESCRIPTORS, Option.CLEAN_STRUCTURED} & self._by.options
        return self._read(value) if asked else ""

    def _read(self, value: str) -> str:
        cleaned = self._by.cleaned(value)
        return cleaned if cleaned is not None and self._unknown(cleaned) else ""

    def _plain(self, value: str) -> str:
        read = self._by.cleaned(value)
        fine = values.is_plain(value) and self._unknown(value) and read in {None, value}
        return value if fine else ""

    def _term(self, value: str) -> str:
        return self._plain(value) if vocabulary().issuperset(values.words_of(value)) else ""

    def _maker(self, value: str) -> str:
        """Return the maker that a value names, in the list's own word for it, and nothing more."""
        low = value.lower()
        named = [maker for maker in safe("makers") if maker in low]
        return max(named, key=len).upper() if named else "GE" if low.strip() == "ge" else ""

    def _unknown(self, value: str) -> bool:
        return self._known is None or not self._known.search(value)


def _each(element: DataElement, change: Callable[[str], str]) -> DataElement:
    changed = [change(value) for value in _texts(element)]
    value: str | list[str] = changed[0] if len(changed) == 1 else changed
    return DataElement(element.tag, str(element.VR), value if any(changed) else "")


def _texts(element: DataElement) -> list[str]:
    value = element.value
    if value is None:
        return []
    many = value if isinstance(value, MultiValue | list | tuple) else [value]
    return [str(getattr(one, "original_string", one)) for one in many]


def _empty(element: DataElement) -> DataElement:
    vr = str(element.VR)
    return DataElement(element.tag, vr, Sequence() if vr == "SQ" else None)


def _concept(item: Dataset) -> Row | None:
    for name in item.get("ConceptNameCodeSequence") or ():
        key = (str(name.get("CodingSchemeDesignator", "")), str(name.get("CodeValue", "")))
        if key in concepts():
            return concepts()[key]
    return None
