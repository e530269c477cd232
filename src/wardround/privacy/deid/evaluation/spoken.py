"""How numbers, codes and addresses sound, and the endings of figures in an order."""

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth", "twenty": "twentieth", "thirty": "thirtieth",
}  # fmt: skip
SIGNS = {"@": "at", ".": "dot", "/": "slash", "-": "dash", "_": "underscore", ":": "colon"}


def number(value: int) -> str:
    """Return zero to 9999 in words, a year as it is said: nineteen oh five, two thousand six."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (f" {_ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        rest = f" {number(value % 100)}" if value % 100 else ""
        return f"{_ONES[value // 100]} hundred{rest}"
    century, years = divmod(value, 100)
    if value % 1000 < 10:
        return f"{_ONES[value // 1000]} thousand" + (f" {_ONES[years]}" if years else "")
    rest = f"oh {number(years)}" if 0 < years < 10 else number(years) if years else "hundred"
    return f"{number(century)} {rest}"


def ordinal(value: int) -> str:
    """Return the place of a day in its month in words: first to thirty first."""
    *front, last = number(value).split()
    return " ".join([*front, _ORDINALS.get(last, f"{last}th")])


def th(value: int) -> str:
    """Return a number of an order in figures: 1st, 22nd, 93rd."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{value}{'th' if 10 < value % 100 < 14 else ends.get(value % 10, 'th')}"


def read_out(code: str, zero: str = "oh") -> str:
    """Return a code letter by letter and figure by figure; marks between are not said."""
    said = (
        _digit(sign, zero) if sign.isdigit() else sign.lower() for sign in code if sign.isalnum()
    )
    return " ".join(said)


def read_address(address: str) -> str:
    """Return an address of the net: words whole, marks by their names, figures one by one."""
    said = (
        f" {SIGNS.get(sign) or _digit(sign, 'zero')} "
        if sign in SIGNS or sign.isdigit()
        else sign.lower()
        for sign in address
    )
    return " ".join("".join(said).split())


def _digit(sign: str, zero: str) -> str:
    return _ONES[int(sign)] if sign != "0" else zero
