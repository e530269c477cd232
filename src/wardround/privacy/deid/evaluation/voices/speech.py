"""How numbers and letters sound when they are read out."""

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
    "twenty": "twentieth",
    "thirty": "thirtieth",
}
_MARKS = {".": "dot", "@": "at", "_": "underscore", "/": "slash", "-": "dash", ":": "colon"}


def number(value: int) -> str:
    """Zero to 9999 in words, a year as it is said."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (f" {_ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        rest = f" {number(value % 100)}" if value % 100 else ""
        return f"{_ONES[value // 100]} hundred{rest}"
    if value % 1000 < 10:
        return f"{_ONES[value // 1000]} thousand" + (f" {_ONES[value % 10]}" if value % 10 else "")
    if value % 100 < 10:
        return f"{number(value // 100)} oh {_ONES[value % 10]}"
    return f"{number(value // 100)} {number(value % 100)}"


def ordinal(value: int) -> str:
    """First to thirty first."""
    *front, last = number(value).split()
    return " ".join([*front, _ORDINALS.get(last, f"{last}th")])


def read_out(code: str, zero: str = "oh") -> str:
    """Read a code letter by letter and figure by figure; marks between are not said."""
    said = []
    for sign in code:
        if sign.isdigit():
            said.append(zero if sign == "0" else _ONES[int(sign)])
        elif sign.isalpha():
            said.append(sign.lower())
    return " ".join(said)


def read_address(address: str) -> str:
    """Read a web or mail address: words whole, marks by their names, figures one by one."""
    said = ""
    for sign in address:
        if sign in _MARKS:
            said += f" {_MARKS[sign]} "
        elif sign.isdigit():
            said += f" {_ONES[int(sign)]} "
        else:
            said += sign.lower()
    return " ".join(said.split())
