"""A payer, simulated from a seed: takes our 837, answers with a 999, a 277CA and an 835.

It reads the file by itself (segments split at ``~``, elements at ``*``), so that what it answers to
is what stands in the file, and not what our own reader makes of it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import NamedTuple

CENT = Decimal("0.01")
REFUSALS = ("16", "50", "96", "97", "197", "29", "999")


class Service(NamedTuple):
    """A service of a claim as the file has it."""

    code: str
    charge: Decimal
    control: str
    day: str


class Asked(NamedTuple):
    """A claim as the file has it."""

    id: str
    charge: Decimal
    services: tuple[Service, ...]


class Payer:
    """Decides by chance, and always to the cent; ``refuses`` is how often a service is denied."""

    def __init__(self, seed: int, refuses: float = 0.2) -> None:
        self._chance = Random(seed)
        self._refuses = refuses
        self._numbers = 100 + seed * 1000

    def takes(self, file: bytes, *, form: bool = True) -> str:
        """Return the 999: that the form of each set is right, or is not."""
        segments = _segments(file)
        group = next(s for s in segments if s[0] == "GS")[6]
        sets = [s[2] for s in segments if s[0] == "ST"]
        rows = [["AK1", "HC", group, "005010X222A1"]]
        for control in sets:
            rows.append(["AK2", "837", control, "005010X222A1"])
            if not form:
                rows += [["IK3", "NM1", "8", "", "8"], ["IK4", "9", "67", "7"]]
            rows.append(["IK5", "A" if form else "R", *([] if form else ["5"])])
        n = str(len(sets))
        rows.append(["AK9", "A" if form else "R", n, n, n if form else "0"])
        return self._file("FA", "999", "005010X231A1", rows)

    def accepts(self, file: bytes, refused: Sequence[str] = ()) -> str:
        """Return the 277CA: every claim is taken up, but those refused."""
        segments = _segments(file)
        reference = next(s for s in segments if s[0] == "BHT")[3]
        rows = [
            ["BHT", "0085", "08", "X1", "20261120", "1200", "TH"],
            ["HL", "1", "", "20", "1"],
            ["NM1", "PR", "2", "MEDICARE", "", "", "", "", "PI", "00831"],
            ["TRN", "1", "R1"],
            ["HL", "2", "1", "21", "1"],
            ["NM1", "41", "2", "WARDROUND CLINIC", "", "", "", "", "46", "WARDROUND"],
            ["TRN", "2", reference],
            ["STC", "A1:19:PR", "20261120", "WQ", "1"],
            ["HL", "3", "2", "19", "1"],
            ["NM1", "85", "2", "WARDROUND CLINIC", "", "", "", "", "XX", "1234567893"],
        ]
        for number, one in enumerate(claims_of(file), 4):
            no = one.id in refused
            rows += [
                ["HL", str(number), "3", "PT"],
                ["NM1", "QC", "1", "VEGA", "MARISOL"],
                ["TRN", "2", one.id],
                ["STC", "A3:21:IL" if no else "A2:20:PR", "20261120", "U" if no else "WQ", "1"],
                ["REF", "1K", f"ICN{one.id}"],
            ]
        return self._file("HN", "277", "005010X214", rows)

    def pays(self, file: bytes, trace: str) -> str:
        """Return the 835 for all claims of a file, with a little kept back for none of them."""
        return self.remits(list(claims_of(file)), trace)

    def remits(self, asked: Sequence[Asked], trace: str, withheld: Decimal = Decimal(0)) -> str:
        rows: list[list[str]] = []
        paid = Decimal(0)
        for one in asked:
            told, amount = self._decision(one)
            rows += told
            paid += amount
        if withheld:
            rows.append(["PLB", "1234567893", "20261231", "WO:X1", str(withheld)])
        head = [
            ["BPR", "I", str(paid - withheld), "C", "ACH", *[""] * 11, "20261118"],
            ["TRN", "1", trace, "1351840597"],
            ["DTM", "405", "20261118"],
            ["N1", "PR", "MEDICARE"],
            ["N3", "1 PAYER ST"],
            ["N4", "SPRINGFIELD", "IL", "62701"],
            ["N1", "PE", "WARDROUND CLINIC", "XX", "1234567893"],
            ["LX", "1"],
        ]
        return self._file("HP", "835", "005010X221A1", [*head, *rows])

    def _decision(self, one: Asked) -> tuple[list[list[str]], Decimal]:
        lines: list[list[str]] = []
        paid = share = Decimal(0)
        for service in one.services:
            rows, line_paid, line_share = self._service(service)
            lines += rows
            paid, share = paid + line_paid, share + line_share
        status = "4" if paid == 0 and share == 0 else "1"
        clp = ["CLP", one.id, status, str(one.charge), str(paid), str(share), "MB", f"ICN{one.id}"]
        return [clp, ["NM1", "QC", "1", "VEGA", "MARISOL"], *lines], paid

    def _service(self, one: Service) -> tuple[list[list[str]], Decimal, Decimal]:
        cas: list[list[str]] = []
        paid = share = Decimal(0)
        if self._chance.random() < self._refuses:
            cas.append(["CAS", "CO", self._chance.choice(REFUSALS), str(one.charge)])
        else:
            agreed = _part(one.charge, self._chance.random() * 0.6)
            share = _part(one.charge - agreed, self._chance.choice([0, 0.2, 1]))
            paid = one.charge - agreed - share
            if agreed:
                cas.append(["CAS", "CO", "45", str(agreed)])
            if share:
                cas.append(["CAS", "PR", self._chance.choice("123"), str(share)])
        rows = [
            ["SVC", f"HC:{one.code}", str(one.charge), str(paid), "", "1"],
            ["DTM", "472", one.day],
            *cas,
        ]
        if one.control:
            rows.append(["REF", "6R", one.control])
        if not cas or cas[0][1:3] != ["CO", "45"]:
            return rows, paid, share
        return [*rows, ["AMT", "B6", str(paid + share)]], paid, share

    def _file(self, group: str, kind: str, version: str, rows: Sequence[Sequence[str]]) -> str:
        self._numbers += 1
        n = self._numbers
        body = [["ST", kind, "0001", version], *rows]
        body.append(["SE", str(len(body) + 1), "0001"])
        every = [
            ["ISA", "00", " " * 10, "00", " " * 10, "ZZ", f"{'PAYER':<15}", "ZZ",
             f"{'WARDROUND':<15}", "261120", "1200", "^", "00501", f"{n:09}", "0", "T", ":"],
            ["GS", group, "PAYER", "WARDROUND", "20261120", "1200", str(n), "X", version],
            *body,
            ["GE", "1", str(n)],
            ["IEA", "1", f"{n:09}"],
        ]  # fmt: skip
        return "".join("*".join(row) + "~\n" for row in every)


def claims_of(file: bytes) -> Iterator[Asked]:
    """Give the claims of an 837P."""
    found: list[Asked] = []
    for segment in _segments(file):
        match segment[0]:
            case "CLM":
                found.append(Asked(segment[1], Decimal(segment[2]), ()))
            case "SV1":
                code = segment[1].split(":")[1]
                service = Service(code, Decimal(segment[2]), "", "20261102")
                found[-1] = found[-1]._replace(services=(*found[-1].services, service))
            case "REF" if segment[1] == "6R":
                last = found[-1].services[-1]._replace(control=segment[2])
                found[-1] = found[-1]._replace(services=(*found[-1].services[:-1], last))
            case "DTP" if segment[1] == "472":
                last = found[-1].services[-1]._replace(day=segment[3][:8])
                found[-1] = found[-1]._replace(services=(*found[-1].services[:-1], last))
    yield from found


def _segments(file: bytes) -> list[list[str]]:
    return [one.split("*") for one in file.decode().replace("\n", "").split("~") if one]


def _part(amount: Decimal, share: float) -> Decimal:
    return (amount * Decimal(str(share))).quantize(CENT)
