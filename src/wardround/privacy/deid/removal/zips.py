"""ZIP codes by the rule of 164.514(b)(2)(i)(B): three digits where more than 20,000 people live.

The restricted ones are those of the 2000 census, which the Department of Health and Human Services
lists in its guidance on de-identification (2012), and those that the 2010 census adds.
"""

RESTRICTED = frozenset(
    [
        "036",
        "059",
        "063",
        "102",
        "203",
        "556",
        "692",
        "790",
        "821",
        "823",
        "830",
        "831",
        "878",
        "879",
        "884",
        "890",
        "893",
        "202",
        "204",
        "205",
        "369",
        "753",
        "772",
    ]
)


def three_digits(code: str) -> str:
    """Return what of a ZIP code may stay: its first three digits, or ``000``."""
    first = code[:3]
    return "000" if first in RESTRICTED else first
