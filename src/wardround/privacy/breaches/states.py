"""The states and jurisdictions of whose residents a breach is counted (45 CFR 160.103)."""

from wardround.kernel import InvalidInput

UNKNOWN = "??"
"""Where it is not known where somebody lives: counted, but in no state."""

STATES = dict(
    line.split(" ", 1)
    for line in """AL Alabama
AK Alaska
AZ Arizona
AR Arkansas
CA California
CO Colorado
CT Connecticut
DE Delaware
DC District of Columbia
FL Florida
GA Georgia
HI Hawaii
ID Idaho
IL Illinois
IN Indiana
IA Iowa
KS Kansas
KY Kentucky
LA Louisiana
ME Maine
MD Maryland
MA Massachusetts
MI Michigan
MN Minnesota
MS Mississippi
MO Missouri
MT Montana
NE Nebraska
NV Nevada
NH New Hampshire
NJ New Jersey
NM New Mexico
NY New York
NC North Carolina
ND North Dakota
OH Ohio
OK Oklahoma
OR Oregon
PA Pennsylvania
RI Rhode Island
SC South Carolina
SD South Dakota
TN Tennessee
TX Texas
UT Utah
VT Vermont
VA Virginia
WA Washington
WV West Virginia
WI Wisconsin
WY Wyoming
AS American Samoa
GU Guam
MP Northern Mariana Islands
PR Puerto Rico
VI Virgin Islands
?? State not known""".splitlines()
)


def read_residents(written: str) -> dict[str, int]:
    """Return how many live where, from lines such as ``CA 512``; raise ``InvalidInput``."""
    found: dict[str, int] = {}
    for line in written.replace(",", "\n").splitlines():
        parts = line.split()
        if not parts:
            continue
        state, count = parts[0].upper(), parts[-1]
        if len(parts) != 2 or state not in STATES or not (count.isascii() and count.isdigit()):
            raise InvalidInput(
                "A line is no state and number.",
                where="residents",
                mend="Write a line for each state, such as CA 512; ?? 3 where it is not known.",
            )
        found[state] = found.get(state, 0) + int(count)
    return found


def write_residents(residents: dict[str, int]) -> str:
    """Return the lines that ``read_residents`` reads."""
    return "\n".join(f"{state} {count}" for state, count in residents.items())
