"""Check digits: whether figures and letters can be the number that they look like."""


def luhn(figures: str) -> bool:
    """Return whether figures end in the check digit of Luhn (ISO/IEC 7812-1)."""
    total = 0
    for at, figure in enumerate(reversed(figures)):
        worth = int(figure) * (1 + at % 2)
        total += worth - 9 * (worth > 9)
    return total % 10 == 0


_VIN_WORTH = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True)
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def is_vin(value: str) -> bool:
    """Return whether 17 characters are a VIN with its check digit (49 CFR 565.15)."""
    try:
        worths = [int(c) if c.isdigit() else _VIN_WORTH[c] for c in value.upper()]
    except KeyError:
        return False
    rest = sum(worth * weight for worth, weight in zip(worths, _VIN_WEIGHTS, strict=True)) % 11
    return value[8].upper() == ("X" if rest == 10 else str(rest))


def is_dea(value: str) -> bool:
    """Return whether this is a DEA number with its check digit (21 CFR 1301)."""
    figures = value[2:]
    if not value[0].isalpha() or not figures.isdigit():
        return False
    n = [int(figure) for figure in figures]
    return (n[0] + n[2] + n[4] + 2 * (n[1] + n[3] + n[5])) % 10 == n[6]
