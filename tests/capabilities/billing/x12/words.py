"""Of what made-up claims are made."""

from datetime import UTC, datetime
from random import Random

from wardround.capabilities.billing import Payer
from wardround.capabilities.billing.x12 import Envelope, Trader

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
ENVELOPE = Envelope(
    sender=Trader(id="WARDROUND1", name="Vega Clinic", contact="Billing", phone="212-555-0100"),
    receiver=Trader(id="CLEARING9", name="Clearing House"),
    control=905,
    group=77,
    at=AT,
)

LAST = "Vega Okafor O'Brien Lindqvist Nguyễn Müller García Smith-Jones Sørensen Đặng".split()
FIRST = "Ana Chidi Maeve Björn Linh Jürgen José Pat Søren Mary-Ann".split()
STREETS = ("1 Elm St", "22 Rue #4", "500 Main Ave, Apt 2", "77 West 3rd")
CITIES = (
    ("Albany", "NY", "122071234"),
    ("Trenton", "NJ", "086081234"),
    ("Austin", "TX", "787011111"),
)
CODES = "E11.9 I10 J45.909 M54.50 S52.501A N18.30 F32.1 R07.9 Z00.00 K21.9 L03.115 G43.909".split()
SERVICES = "99213 99214 99203 85025 80053 36415 93000 71046 20610 J1885 G0439 90471".split()
MODIFIERS = "25 59 LT RT TC 26 GT XS".split()
REVENUES = "0250 0300 0301 0320 0450 0510 0636 0730".split()
PAYERS = tuple(Payer(name=f"Payer {at}", id=f"P{at:04d}") for at in range(6))


def npi(random: Random) -> str:
    """Return a number of NPI's form, with its check digit (ISO 7812 over 80840 and nine digits)."""
    digits = "1" + "".join(random.choice("0123456789") for _ in range(8))
    doubled = [int(one) * 2 if at % 2 == 0 else int(one) for at, one in enumerate(reversed(digits))]
    total = 24 + sum(one - 9 if one > 9 else one for one in doubled)
    return digits + str(-total % 10)
