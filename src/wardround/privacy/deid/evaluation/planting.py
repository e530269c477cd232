"""Visit notes with planted PHI: real prose of published notes, invented identifiers, exact offsets.

Documents differ in kind, order, case, layout and spelling, so that a detector cannot have learnt
them; what is planted that is no PHI (eponyms, scores, years, ages under 90) must be left alone.
"""

import random
import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import cycle, islice

from wardround.privacy.deid.evaluation.document import Document, Piece, document, length
from wardround.privacy.deid.evaluation.identifiers import Identifiers, Person
from wardround.privacy.deid.evaluation.spoken import read_out
from wardround.privacy.deid.evaluation.wear import capitals, slips
from wardround.privacy.deid.kind import Kind

_TITLE = re.compile(r"\b(?:Dr|Mr|Ms)\. $")
_LINE = re.compile(r"\{(\w+)\}")

SENTENCES = """
{FIRST} lives at {STREET} in {CITY}.|The patient's home address is {STREET}, {CITY}.|Mail goes to {STREET}, {CITY}.|Address on file: {STREET}
{CITY}.|{PRONOUN} moved here from {CITY} last year.|{FIRST} grew up in {CITYNAME} and still has family there.
{PRONOUN} works at {FACILITY}.|Employer: {FACILITY}|{FIRST} is a teacher at {FACILITY}.|Previously followed at {FACILITY}.|Records were requested from {FACILITY}.|Transferred from {FACILITY} on {DATE}.
Call {PHONE} with results.|{PRONOUN} can be reached at {PHONE}.|Phone: {PHONE}|Cell {PHONE}, home {PHONE}.|Daughter's number is {PHONE}.|Fax records to {FAX}.|Fax: {FAX}|Please fax the forms to {FAX}.
Email: {EMAIL}|{PRONOUN} prefers email at {EMAIL}.|A portal message came from {EMAIL}.|Results were sent to {EMAIL} as requested.
SSN {SSN}|Social security number on file is {SSN}.|SSN: {SSN}|Verified identity by SSN {SSN}.
MRN: {MRN}|Medical record number {MRN}|MRN #{MRN}|Chart number {MRN} was pulled.|(MRN {MRN})
Member ID: {HEALTH_PLAN}|Insurance ID {HEALTH_PLAN}|Policy number {HEALTH_PLAN}, group {HEALTH_PLAN}.|Medicare beneficiary number {HEALTH_PLAN}.|Health plan ID: {HEALTH_PLAN}
Account number: {ACCOUNT}|The balance on account {ACCOUNT} was discussed.|Acct# {ACCOUNT}|Billing account {ACCOUNT}
Driver's license {LICENCE} was copied.|License number: {LICENCE}|NPI: {LICENCE}|DEA number {LICENCE}|RN license no. {LICENCE}
VIN {VEHICLE} of the car in the collision.|License plate {VEHICLE}|The vehicle (plate {VEHICLE}) was towed.|Vehicle identification number: {VEHICLE}
Pacemaker serial number {DEVICE}.|Device ID: {DEVICE}|Insulin pump serial {DEVICE}|Implant lot {DEVICE}, left knee.|UDI {DEVICE}
Portal: {URL}|See {URL} for the images.|{PRONOUN} posts about it on {URL}.|The form is at {URL}
Login from {IP}.|The telehealth visit was from IP address {IP}.|IP: {IP}|Last portal access came from {IP} at 14:20.
Fingerprint template {BIOMETRIC} on file.|Voiceprint ID: {BIOMETRIC}|Retinal scan {BIOMETRIC} was stored.|Biometric identifier {BIOMETRIC}
Photo {PHOTO} was added to the chart.|Full-face photo: {PHOTO}|Wound image saved as {PHOTO}.|See the picture {PHOTO}
Study ID {OTHER}|Accession number: {OTHER}|Enrolled in a trial as {OTHER}.|Specimen {OTHER} was sent.|Case number {OTHER}|Badge {OTHER}
{PRONOUN} is {AGE} years old.|Grandmother died at age {AGE}.|{FIRST}'s mother is {AGE}.|A {AGE}-year-old, living alone.|Age: {AGE}
Seen by Dr. {LASTNAME} on {DATE}.|Discussed with {FULL}, MD.|{FULL} RN called the family.|Referred by {FULL}, PA-C.|cc: {FULL}|Thank you, Dr. {LASTNAME}, for this referral.|The case was reviewed with Dr. {FULL}.|Nurse {LASTNAME} was present.|Electronically signed by {FULL}, DO on {DATE} at 09:14.
{FIRST} reports feeling better.|{FIRST} denies chest pain.|Mr. {LAST} was advised to return.|Ms. {LAST} understood the plan.|{FIRST} {LAST} presents for follow-up.|I saw {FIRST} again today.|{FIRST}'s wife is worried.|Per {FIRST}, the pain began on {DATE}.
{PRONOUN} is here with {POSS} daughter {OTHERFIRST}.|{POSSCAP} husband, {OTHERFIRST}, drove {OBJ}.|Emergency contact: {FULL} (sister), {PHONE}|Next of kin {FULL}.|{POSSCAP} son {OTHERFIRST} lives in {CITYNAME}.
Last seen {DATE}.|Surgery is scheduled for {DATE}.|{DATE}: labs drawn.|Symptoms since {DATE}.|MRI from {DATE} reviewed.|Follow up on {DATE} at 10:30 AM.|LMP {DATE}|Date of birth {DATE}.|Admitted {DATE}, discharged {DATE}.|Colonoscopy in {DATE} was normal.
"""
DECOYS = """Strength 5/5 throughout.|Pain is 7/10 today.|History of Parkinson's disease.|A Foley catheter was placed.|BP 128/76, HR 84, SpO2 97%.|Babinski sign absent.|Murphy's sign negative.|Hashimoto thyroiditis since 2009.|A 2/6 systolic murmur.|HbA1c 7.2, LDL 104.|Lisinopril 20 mg daily, Tylenol as needed.|May return if worse.|He is a 67-year-old smoker.|Diagnosed in 2011.|ICD-10 E11.65.|Vitamin B12 1000 mcg.|CA-125 was 12.|Lachman test positive on the right.|Crohn's disease in remission.|GCS 15.|Will increase metformin to 1000 mg.|CPT 99214.|COVID-19 vaccine given.|L4-L5 disc bulge.|Platelets 250,000.|Weight 182 lbs, BMI 27.4.|Return in 3 months.|Mark the site before surgery.|FEV1 65% predicted.|Bell's palsy resolved.|Apgar scores 8 and 9."""
SPOKEN = """my name is {first} {last}|this is doctor {last2}|i saw {first} {last} today|date of birth is {SAID}|born {SAID}|she was seen on {SAID}|her phone number is {FIGURES}|call back at {FIGURES}|medical record number {FIGURES}|social is {FIGURES9}|lives on {street} in {city}|email is {mail}|referred by doctor {first2} {last2}|patient {first} {last} is here for follow up|{first} says the pain started {SAID}"""
_LIST = [line for block in SENTENCES.strip().split("\n") for line in block.split("|")]


class Planter:
    """Makes documents from fillers: paragraphs of prose that hold no PHI."""

    def __init__(self, fillers: Sequence[str], seed: int) -> None:
        self._make = Identifiers(seed)
        self._rng = random.Random(seed)
        self._fillers = fillers

    def notes(self, number: int) -> list[Document]:
        """Return so many documents of all kinds in turn."""
        forms = (
            "visit",
            "letter",
            "discharge",
            "telephone",
            "table",
            "spoken",
            "message",
            "capitals",
            "typos",
        )
        return [
            document(f"{form}-{at}", form, self._note(form))
            for at, form in enumerate(islice(cycle(forms), number))
        ]

    def _note(self, form: str) -> list[Piece]:
        person = self._make.person()
        if form == "spoken":
            return self._spoken(person)
        note = self._opening(person, form)
        chosen = self._rng.sample(_LIST, self._rng.randint(11, 16))
        prose = self._prose()
        for line in chosen:
            if prose and self._rng.random() < 0.55:
                note.append(Piece(prose.pop() + self._rng.choice([" ", "\n", "\n\n"])))
            if self._rng.random() < 0.35:
                note.append(Piece(self._rng.choice(DECOYS.split("|")) + " "))
            note += self._filled(line, person)
            note.append(Piece(self._rng.choice([" ", "\n", " "]) if "\n" not in line else "\n"))
        note += [Piece(paragraph + "\n") for paragraph in prose[:2]]
        end = self._rng.choice(
            [
                "Signed: {FULL}, MD {DATE}",
                "{FULL}, NP",
                "Dictated by {FULL}\nTranscribed {DATE}",
                "/s/ {FULL} MD",
            ]
        )
        note += self._filled(end, person)
        if form == "capitals":
            return _in_capitals(_titled(note))
        return _misspelt(_titled(note), person) if form == "typos" else _titled(note)

    def _opening(self, person: Person, form: str) -> list[Piece]:
        heads = {
            "letter": "{FACILITY}\n{STREET}\n{CITY}\n{DATE}\n\nRe: {FULLSELF}, DOB {DATE}\n\nDear Dr. {LASTNAME},\n\n",
            "discharge": "DISCHARGE SUMMARY\nPatient: {FULLSELF}\nMRN: {MRN}\nAdmitted: {DATE}   Discharged: {DATE}\nAttending: {FULL}, MD\n\n",
            "telephone": "TELEPHONE ENCOUNTER {DATE} 14:05\nCaller: {FULL} (mother)\nPatient: {FULLSELF}\nCallback: {PHONE}\n\n",
            "table": "Name | DOB | MRN | Phone | PCP\n{FULLSELF} | {DATE} | {MRN} | {PHONE} | {FULL}\n\nDate\tTest\tResult\n{DATE}\tGlucose\t104\n{DATE}\tPotassium\t4.1\n\n",
            "message": "From: {FULLSELF} <{EMAIL}>\nTo: {FULL}\nSent: {DATE}\nHi Dr. {LASTNAME},\n",
        }
        usual = [
            "Patient Name: {FULLSELF}\nDate of Birth: {DATE}\nMRN: {MRN}\nDate of Service: {DATE}\nProvider: {FULL}, MD\n\n",
            "{FULLSELF}  {DATE}  MR# {MRN}\n\nCHIEF COMPLAINT\n\nCough.\n\n",
            "PATIENT: {FULLSELF}    ACCOUNT: {ACCOUNT}\nDOS: {DATE}\n\n",
        ]
        return self._filled(heads.get(form) or self._rng.choice(usual), person)

    def _filled(self, line: str, person: Person) -> list[Piece]:
        return _pieces(line, lambda slot: self._slot(slot, person))

    def _slot(self, slot: str, person: Person) -> list[Piece]:
        make = self._make
        words = {"PRONOUN": "He She", "POSS": "his her", "POSSCAP": "His Her", "OBJ": "him her"}
        if slot in words:
            return [Piece(words[slot].split()[person.female])]
        if slot == "CITY":
            return _city(make.city())
        if slot in {"FULL", "LASTNAME", "OTHERFIRST"}:
            one = make.person()
            named = {"FULL": f"{one.first} {one.last}", "LASTNAME": one.last}
            return [Piece(named.get(slot, one.first), Kind.NAME)]
        made: dict[str, tuple[Kind, Callable[[], str]]] = {
            "FIRST": (Kind.NAME, lambda: person.first),
            "LAST": (Kind.NAME, lambda: person.last),
            "FULLSELF": (Kind.NAME, lambda: make.written_name(person)),
            "DATE": (Kind.DATE, lambda: make.written_date(self._day(person))),
            "AGE": (Kind.AGE, lambda: str(self._rng.randint(90, 104))),
            "PHONE": (Kind.PHONE, make.phone),
            "FAX": (Kind.FAX, make.phone),
            "STREET": (Kind.PLACE, make.street),
            "CITYNAME": (Kind.PLACE, lambda: make.city().split(",")[0]),
            "FACILITY": (Kind.PLACE, make.facility),
            "EMAIL": (Kind.EMAIL, lambda: make.email(person)),
            "URL": (Kind.URL, make.url),
        }
        if slot not in made:
            return [Piece(make.number(Kind[slot]), Kind[slot])]
        kind, draw = made[slot]
        return [Piece(draw(), kind)]

    def _day(self, person: Person) -> date:
        return self._make.day() if self._rng.random() < 0.8 else person.born

    def _prose(self) -> list[str]:
        return self._rng.sample(self._fillers, min(len(self._fillers), self._rng.randint(5, 9)))

    def _spoken(self, person: Person) -> list[Piece]:
        other = self._make.person()
        note: list[Piece] = []
        prose = [re.sub(r"[^\w\s]", "", text.lower()) for text in self._prose()]
        for line in self._rng.sample(SPOKEN.split("|"), 11):
            if prose:
                note.append(Piece(prose.pop() + " "))
            note += _pieces(line, lambda slot: [self._said(slot, person, other)])
            note.append(Piece(" "))
        return note

    def _said(self, slot: str, person: Person, other: Person) -> Piece:
        make = self._make
        first, last = _plain(person.first), _plain(person.last)
        names = {"first": first, "last": last}
        names |= {"first2": _plain(other.first), "last2": _plain(other.last)}
        if slot in names:
            return Piece(names[slot], Kind.NAME)
        if slot == "SAID":
            return Piece(make.spoken_date(make.day()), Kind.DATE)
        if slot.startswith("FIGURES"):
            return Piece(read_out(make.figures(9 if slot.endswith("9") else 10)), Kind.PHONE)
        if slot == "street":
            house, family = self._rng.randint(10, 9999), _plain(make.person().last)
            road = self._rng.choice(["street", "avenue", "road", "drive"])
            return Piece(f"{house} {family} {road}", Kind.PLACE)
        if slot == "city":
            return Piece(_plain(make.city().split(",")[0]), Kind.PLACE)
        return Piece(f"{first} dot {last} at gmail dot com", Kind.EMAIL)


def _pieces(line: str, fill: Callable[[str], list[Piece]]) -> list[Piece]:
    """Return a line with its slots filled."""
    pieces: list[Piece] = []
    for at, part in enumerate(_LINE.split(line)):
        pieces += fill(part) if at % 2 else [Piece(part)]
    return pieces


def _city(written: str) -> list[Piece]:
    """Return a city with its state, which is no PHI, and its ZIP code, which is."""
    city, comma, rest = written.partition(",")
    state = re.sub(r"\d{5}$", "", rest)
    code = rest[len(state) :]
    return [Piece(city, Kind.PLACE), Piece(comma + state), Piece(code, Kind.PLACE)]


def _titled(note: list[Piece]) -> list[Piece]:
    """Return pieces with each title in the name that follows it, as published annotations have it."""
    made: list[Piece] = []
    for text, kind in note:
        if kind == Kind.NAME and made and (title := _TITLE.search(made[-1].text)):
            made[-1] = Piece(made[-1].text[: title.start()], made[-1].kind)
            made.append(Piece(title[0] + text, kind))
        else:
            made.append(Piece(text, kind))
    return made


def _in_capitals(note: list[Piece]) -> list[Piece]:
    """Return a note in capitals; one whose letters have none of their own length stays as it is."""
    upper = capitals(note)
    return upper if length(upper) == length(note) else note


def _misspelt(note: list[Piece], person: Person) -> list[Piece]:
    """Return pieces with the patient's last name misspelt where it stands alone, but at the head."""
    if len(person.last) < 6:
        return note
    wrong, _, _ = slips(person.last, 2)
    head = [at for at, piece in enumerate(note) if piece.kind][3]
    return [
        Piece(wrong if at > head and kind == Kind.NAME and text == person.last else text, kind)
        for at, (text, kind) in enumerate(note)
    ]


def _plain(text: str) -> str:
    """Return a name as a recogniser writes it."""
    return re.sub(r"[^a-z ]", "", text.lower()).strip() or "kim"
