"""Numbers that prove themselves by a check digit."""

import re

NPI = re.compile(r"[12][0-9]{9}")


def npi_is_valid(npi: str) -> bool:
    """Return whether an NPI is right: Luhn's sum over 80840 and the number (45 CFR 162.406).

    >>> npi_is_valid("1234567893"), npi_is_valid("1234567890")
    (True, False)
    """
    if not NPI.fullmatch(npi):
        return False
    total = 24
    for place, digit in enumerate(reversed(npi)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def npi_of(nine: str) -> str:
    """Return the NPI whose first nine digits are these.

    >>> npi_of("123456789")
    '1234567893'
    """
    return next(nine + digit for digit in "0123456789" if npi_is_valid(nine + digit))
