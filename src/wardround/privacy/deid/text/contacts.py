"""Ways to reach somebody: e-mail, web and IP addresses, telephone and fax numbers, handles."""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find

_EMAIL = re.compile(
    r"(?<![\w.+'%-])[\w.+'%-]{1,64}\s?@\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}\b"
)
_HIDDEN_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?[\[(]\s?at\s?[\])]\s?[\w-]{1,63}"
    r"\s?(?:[\[(]\s?dot\s?[\])]|\.)\s?[A-Za-z]{2,8}\b",
    re.IGNORECASE,
)
_SPOKEN_EMAIL = re.compile(
    r"\b(?:[\w.+-]{1,40}\s(?:dot|underscore|dash|hyphen)\s){0,3}(?:[a-z]\s){0,12}[\w.+-]{1,40}\sat\s"
    r"(?:[\w-]{1,40}\s){1,3}dot\s(?:com|org|net|edu|gov|co|us|io|health|info|uk|biz|me)\b",
    re.IGNORECASE,
)
_URL = re.compile(
    r"\b(?:https?|ftp|sftp|hxxps?)://[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+|"
    r"\b(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|edu|gov|mil|io|health|co\.uk|us|info|care|app|me|ly|clinic|"
    r"hospital|local|internal|example|test|biz|tv|ai|dev|ca|de|uk)(?:/[^\s<>\"')\]]*)?(?![\w@])",
    re.IGNORECASE,
)
_SPOKEN_URL = re.compile(
    r"\b(?:w\s?w\s?w|double u double u double u|https? colon slash slash)(?:\s\w+){0,4}?\sdot\s[\w\s]{1,40}?\b"
    r"(?:dot\s)?(?:com|org|net|edu|gov|health)\b(?:\sslash\s\w+){0,4}|"
    r"\b(?:[\w-]{2,30}\s){1,2}dot\s(?:com|org|net|edu|gov)(?:\sslash\s\w+){1,4}",
    re.IGNORECASE,
)
_IP4 = re.compile(
    r"(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?:/\d{1,2}|:\d{2,5})?(?![\d]|\.\d)"
)
_IP6 = re.compile(
    r"(?<![:\w])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|"
    r"(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}|(?:[0-9A-Fa-f]{1,4}:){1,7}:|"
    r"::(?:[0-9A-Fa-f]{1,4}:){0,6}[0-9A-Fa-f]{1,4})(?:%\w+)?(?:/\d{1,3})?(?![:\w])"
)
_COLONS = re.compile(r"::|[0-9A-Fa-f]:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]")
_MAC = re.compile(r"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:-])")
_HEX = re.compile(r"[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}\1")
_PHONE = re.compile(
    r"""
    (?<![\w.+-])(?:
      (?:\+?\d{1,3}[\s.-]{0,2})?\(\s?\d{3}\s?\)[\s.-]{0,2}\d{3}[\s.-]{0,2}\d{4}
    | (?:\+?1[\s.-]?)?\d{3}(?P<s>[.\s–-]|\s-\s)\d{3}(?:(?P=s)|[.\s-])\d{4}
    | \+\d{1,3}[\s.-]?(?:\(0\)[\s.-]?)?\d{1,5}(?:[\s.-]?\d{2,5}){1,4}
    | 0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4}
    | 1[-.\s]?8(?:00|88|77|66|55|44|33)[-.\s]?[A-Z0-9]{3}[-.\s]?[A-Z0-9]{4}
    )(?!\d)(?:[\s,;]{0,2}(?:x|ext\.?|extension|\#)[\s.:]{0,2}\d{1,6}\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LOCAL = re.compile(
    r"(?<![\w.+-])\d{3}[-.–]\d{4}(?![\w-])(?:[\s,]{0,2}(?:x|ext\.?|extension)[\s.]?\d{1,6}\b)?"
)
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.]{2,30}\b")
_FAX = re.compile(r"\b(?:e-?)?fax(?:ed)?\b|\bfacsimile\b|\bf:\s*$", re.IGNORECASE)
_PHOTO = re.compile(
    r"\.(?:jpe?g|png|tiff?|heic|heif|bmp|gif|webp|raw|cr2|nef|dng)(?!\w)", re.IGNORECASE
)
_FILE = re.compile(r"[^\s,;:\"'<>|*?=\[\](]{1,120}$")
_PATH = re.compile(
    r"(?:[A-Za-z]:\\|\\\\|(?<![\w.])/(?:home|users|mnt|media|data|share|var|srv|export|photos|images)/)[^\s,;]+",
    re.IGNORECASE,
)


def find_contacts(text: str, lowered: str) -> Iterator[Find]:
    """Yield what reaches somebody, and the file names of photographs."""
    if "at]" in lowered or "at)" in lowered or "at )" in lowered:
        for found in _HIDDEN_EMAIL.finditer(text):
            yield _found(found, Kind.EMAIL, 0.97, "an e-mail address, written out")
    if "@" in text:
        for found in _EMAIL.finditer(text):
            yield _found(found, Kind.EMAIL, 0.99, "an e-mail address")
        for found in _HANDLE.finditer(text):
            yield _found(found, Kind.OTHER, 0.9, "a handle")
    if " dot " in lowered:
        for found in _SPOKEN_EMAIL.finditer(text):
            yield _spoken_mail(found, text)
        for found in _SPOKEN_URL.finditer(text):
            yield _found(found, Kind.URL, 0.9, "a web address, spoken")
    if "." in text:
        for found in _URL.finditer(text):
            yield _trimmed(found, Kind.URL, 0.98, "a web address")
        for found in _IP4.finditer(text):
            yield _found(found, Kind.IP, 0.97, "an IP address")
        for found in _PHOTO.finditer(text):
            named = _FILE.search(text, max(0, found.start() - 120), found.start())
            if named is not None:
                yield Find(
                    named.start(), found.end(), Kind.PHOTO, 0.95, "the name of a picture file"
                )
    if text.count(":") > 1 and _COLONS.search(text):
        for found in _IP6.finditer(text):
            if sum(map(str.isdigit, found[0])) and found[0].count(":") > 1 and len(found[0]) > 5:
                yield _found(found, Kind.IP, 0.95, "an IPv6 address")
    for found in _MAC.finditer(text) if _HEX.search(text) else ():
        yield _found(found, Kind.DEVICE, 0.97, "a hardware address")
    if "\\" in text or text.count("/") > 1:
        for found in _PATH.finditer(text):
            yield _trimmed(found, Kind.OTHER, 0.85, "a path of a file")
    for pattern in (_PHONE, _LOCAL):
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - 24) : found.start()]
            if pattern is _LOCAL and _is_range(text, found):
                continue
            fax = _FAX.search(before) is not None
            yield _found(found, Kind.FAX if fax else Kind.PHONE, 0.95, "a telephone number")


def _found(found: re.Match[str], kind: Kind, score: float, reason: str) -> Find:
    return Find(found.start(), found.end(), kind, score, reason)


def _trimmed(found: re.Match[str], kind: Kind, score: float, reason: str) -> Find:
    end = found.start() + len(found[0].rstrip(".,;:!?'"))
    return Find(found.start(), end, kind, score, reason)


_BEFORE_MAIL = {
    "is",
    "email",
    "e-mail",
    "mail",
    "address",
    "at",
    "me",
    "to",
    "it's",
    "its",
    "as",
    "him",
    "her",
    "my",
}


def _spoken_mail(found: re.Match[str], text: str) -> Find:
    words = found[0].split(" ")
    skip = 0
    for at, word in enumerate(words[: words.index("at") if "at" in words else 1]):
        if word.lower() in _BEFORE_MAIL:
            skip = at + 1
    start = found.start() + sum(len(word) + 1 for word in words[:skip])
    del text
    return Find(start, found.end(), Kind.EMAIL, 0.93, "an e-mail address, spoken")


def _is_range(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 6].lower()
    return after.lstrip().startswith(("mg", "ml", "kcal", "cal", "mcg", "unit", "step"))
