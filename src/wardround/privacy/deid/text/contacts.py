"""Ways to reach somebody: e-mail, web and IP addresses, telephone and fax numbers, handles."""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.measured import names_a_code
from wardround.privacy.deid.text.reading import Reading, near, spans, tried

_AT_SIGN = re.compile("@")
_ENDINGS = (
    r"(?:com|org|net|edu|gov|mil|io|health|co\.uk|us|info|care|app|me|ly|clinic|hospital|local|internal|example|test|biz|tv|ai|"
    r"dev|ca|de|uk|blog|xyz|cloud|online|link|eu|fr|au|nz|ie|nhs\.uk|lan|intranet|corp|vet|ngo|social)"
)
_WITH_PATHS = (
    r"(?:page|site|news|live|family|church|school|store|shop|fund|fyi|gg|be|gl|co|st|ph|es|se|ch|nl|jp|mx|tech|world|group|team|support|"
    r"video|photos|gallery|doctor|dental|foundation|community)"
)
"""Endings that are words as well, so only with what follows a host."""
_DOMAIN = re.compile(rf"://|www\.|\.{_ENDINGS}(?!\w)|\.{_WITH_PATHS}/[a-z0-9~_-]")
"""Of a web address in lower case."""
_ROOTS = tuple(
    f"/{root}/" for root in "home users mnt media data share var srv export photos images".split()
)
_IN_PHONES = frozenset("- . ( ) – /".split()) | {" "}
_OPENS_PHONE = frozenset("+ (".split())
_EMAIL = re.compile(
    r"(?<![\w.+'%-])[\w.+'%-]{1,64}\s?@\s?[A-Za-z0-9-]{1,63}(?:(?:\.|\s\.\s)[A-Za-z0-9-]{1,63}){1,6}\b|"
    r"(?<![\w.+'%-])[\w.+'%-]{1,64}@(?:g|hot|y|proton|rocket|icloud|outlook|yahoo|comcast|aol)\w{0,6}(?:,\s?|\s)?com\b|"
    r"(?<![\w.+'%-])\"[^\"\n@]{1,40}\"@[\w.-]{3,80}"
)
_HIDDEN_EMAIL = re.compile(
    r"(?<![\w.+-])[\w+-]{1,64}(?:(?:\.|\s?[\[({<]\s?dot\s?[\])}>]\s?)[\w+-]{1,64}){0,4}\s?[\[({<]\s?(?:at|@)\s?[\])}>]\s?[\w-]{1,63}"
    r"(?:\s?(?:[\[({<]\s?(?:dot|\.)\s?[\])}>]|\.)\s?[A-Za-z0-9-]{2,30}){1,4}\b|"
    r"(?<![\w.+-])[\w.+-]{1,64}(?:_at_|-at-)[a-z0-9]{1,63}(?:_dot_|-dot-|\.)(?:com|org|net|edu|gov|us|io|uk)\b",
    re.IGNORECASE,
)
_AT_HIDDEN = re.compile(r"at\s?[\])}>]|@\s?[\])}>]|_at_|-at-")
_AT_DOMAIN = re.compile(r" at [a-z0-9-]{2,40}\.(?:com|org|net|edu|gov|us|io|co|me|uk|ca)\b")
_HALF_SPOKEN = re.compile(
    r"\b[\w+-]{1,40}(?:(?:\.|\s(?:dot|underscore|dash)\s)[\w+-]{1,40}){0,3}\sat\s[\w-]{2,40}\."
    r"(?:com|org|net|edu|gov|us|io|co|me|uk|ca)\b",
    re.IGNORECASE,
)
_URL = re.compile(
    r"\b(?:https?|h?xxps?|ftp|sftp|hxxps?|wss?|ssh|file|smb|rtsp|dicom|mychart|epichttp)://[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+|"
    rf"\b(?:[a-z0-9-]{{1,63}}\.){{1,4}}{_ENDINGS}(?::\d{{2,5}})?(?:/[^\s<>\"')\]]*)?(?![\w@])|"
    rf"\b[a-z0-9][a-z0-9-]{{0,62}}(?:\.[a-z0-9-]{{2,63}}){{0,3}}\.{_WITH_PATHS}/[\w./?=&%#~-]{{3,200}}|"
    r"\blocalhost(?::\d{2,5})?(?:/[^\s<>\"')\]]*)?",
    re.IGNORECASE,
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|0?\d?\d)"
_IP4 = re.compile(
    rf"(?<![\d.])(?:{_OCTET}(?:\.{_OCTET}){{3}}|{_OCTET}(?:\s?[\[(]\.[\])]\s?{_OCTET}|\.{_OCTET}){{3}}|{_OCTET}(?:\s\.\s{_OCTET}){{3}}|"
    rf"(?:10|172|192)\.\d{{1,3}}(?:\.(?:\d{{1,3}}|[xX*])){{2}})"
    r"(?:\s?[-–]\s?\d{1,3}(?![\d/])|/\d{1,2}|:\d{2,5})?(?![\d]|\.\d)"
)
_IP6 = re.compile(
    r"(?<![:\w])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|"
    r"(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}|(?:[0-9A-Fa-f]{1,4}:){1,7}:|"
    r"::(?:[0-9A-Fa-f]{1,4}:){0,6}[0-9A-Fa-f]{1,4})(?:%\w+)?(?:/\d{1,3})?(?![:\w])"
)
_DOTS = (" . ", "[.]", "(.)", " [.", " (.")
_COLONS = re.compile(r":[0-9A-Fa-f]{0,4}:")
_MAC = re.compile(
    r"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:-])|(?<![\w.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w.]\w)"
)
_HEX = re.compile(r"[:-][0-9A-Fa-f]{2}[:-]|\.[0-9A-Fa-f]{4}\.")
_PHONE = re.compile(
    r"""
    (?<![\w.+-])(?:
      (?:\+?\d{1,3}[\s.-]{0,2})?\(\s?\d{3}\s?\)[\s.-]{0,2}\d{3}[\s.-]{0,2}\d{4}
    | (?:\+?1[\s.-]?)?\d{3}(?P<s>[./\s–-]|\s-\s)\d{3}(?:(?P=s)|[.\s-])\d{4}
    | \+\d{1,3}[\s.-]?(?:\(0\)[\s.-]?)?\d{1,5}(?:[\s.-]?\d{2,5}){1,4}
    | (?:\+?1[\s.-]?)?\d{10}(?=[\s,;]{0,2}(?:x\s?\d|ext))
    | (?:\+?1[\s.-]?)?\d{3}[\s.-]{1,3}\d{3}[\s.-]{1,3}\d{4}
    | \d{3}[\s.-]\d{7}
    | 0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4}
    | 1(?:[-.\s]8(?:00|88|77|66|55|44|33)[-.\s]?|8(?:00|88|77|66|55|44|33)[-.])[A-Z0-9]{3}[-.\s]?[A-Z0-9]{4}
    )(?!\d)(?:[\s,;(]{0,2}(?:x|ext\.?|extn\.?|extension|opt(?:ion)?|\#)[\s.:]{0,2}\d{1,6}\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LOCAL = re.compile(
    r"(?<![\w.+-])\d{3}[-.–]\d{4}(?![\w-])(?:[\s,(]{0,2}(?:x|ext\.?|extn\.?|extension)[\s.:]{0,2}\d{1,6}\b)?"
)
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.-]{2,30}\b")
_FAX = re.compile(r"\b(?:e-?)?fax(?:ed)?\b|\bfacsimile\b|\bf:\s*$", re.IGNORECASE)
_PHOTO = re.compile(
    r"\.(?:jpe?g|jfif|png|tiff?|heic|heif|bmp|gif|webp|raw|cr[23]|nef|dng|arw|avif|svg|mp4|m4v|mov|avi|mkv|webm|3gp|dcm|dicom)(?!\w)",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|rtf|txt|xlsx?|csv|zip|wav|mp3|m4a|hl7|xml|json|eml|msg|stl|edf)(?!\w)",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"(?:(?:screen ?shot|whatsapp image|scan|photo|image) [\d.-]{4,10} at )?[^\s,;:\"'<>|*?=\[\](]{1,120}(?: ?\(\d{1,3}\))?$",
    re.IGNORECASE,
)
_OWN = re.compile(r"\d{3}|[A-Za-z]_[A-Za-z]|[a-z][A-Z]|[A-Za-z]-[A-Za-z]")
"""In the name of a document that is somebody's: figures, or more than one word."""
_PATH = re.compile(
    r"(?:[A-Za-z]:\\|\\\\|(?<![\w.])/(?:home|users|mnt|media|data|share|var|srv|export|photos|images)/)[^\s,;]+",
    re.IGNORECASE,
)


def find_contacts(reading: Reading) -> Iterator[Find]:
    """Yield what reaches somebody, and the file names of photographs."""
    text, lowered = reading.text, reading.lowered
    yield from _mail(text, lowered)
    if "." in text or "://" in text or "localhost" in lowered:
        for found in near(_URL, text, spans(_DOMAIN, lowered), 260, 400):
            yield _trimmed(found, Kind.URL, 0.98, "a web address")
        for found in _PHOTO.finditer(text):
            named = _FILE.search(text, max(0, found.start() - 120), found.start())
            if named is not None:
                yield Find(
                    named.start(), found.end(), Kind.PHOTO, 0.95, "the name of a picture file"
                )
        for found in _DOCUMENT.finditer(text):
            named = _FILE.search(text, max(0, found.start() - 120), found.start())
            if named is not None and _OWN.search(named[0]):
                yield Find(named.start(), found.end(), Kind.OTHER, 0.9, "the name of a file")
    for found in near(_IP6, text, spans(_COLONS, text), 44, 50):
        if sum(map(str.isdigit, found[0])) and found[0].count(":") > 1 and len(found[0]) > 5:
            yield _found(found, Kind.IP, 0.95, "an IPv6 address")
    for found in near(_MAC, text, spans(_HEX, text), 20, 20):
        yield _found(found, Kind.DEVICE, 0.97, "a hardware address")
    if "\\" in text or any(root in lowered for root in _ROOTS):
        for found in _PATH.finditer(text):
            yield _trimmed(found, Kind.OTHER, 0.85, "a path of a file")
    yield from _figures(reading)


def _mail(text: str, lowered: str) -> Iterator[Find]:
    if _AT_HIDDEN.search(lowered):
        for found in _HIDDEN_EMAIL.finditer(text):
            yield _found(found, Kind.EMAIL, 0.97, "an e-mail address, written out")
    if "@" in text:
        for found in near(_EMAIL, text, spans(_AT_SIGN, text), 66, 450):
            yield _found(found, Kind.EMAIL, 0.99, "an e-mail address")
        for found in _HANDLE.finditer(text):
            yield _found(found, Kind.OTHER, 0.9, "a handle")
    for found in near(_HALF_SPOKEN, text, spans(_AT_DOMAIN, lowered), 90, 4):
        yield _found(found, Kind.EMAIL, 0.93, "an e-mail address, half spoken")


def _figures(reading: Reading) -> Iterator[Find]:
    """Yield the IP addresses, telephone and fax numbers, which begin where figures do."""
    text, places, dotted = reading.text, [], []
    for start, end in reading.figures:
        after = text[end : end + 1]
        if end - start < 4 and (after == "." or text[end : end + 3] in _DOTS):
            dotted.append(start)
        if end - start > 2 or after in _IN_PHONES:
            before = text[start - 1 : start] if start else ""
            if before in _OPENS_PHONE or before == " ":
                bracket = text.rfind("(", max(0, start - 2), start)
                if bracket >= 0:
                    places.append(bracket)
                if before == "+":
                    places.append(start - 1)
            if end - start > 2 or text[end + 1 : end + 2].isdigit() or "(" in text[end : end + 3]:
                places.append(start)
    for found in tried(_IP4, text, dotted):
        yield _found(found, Kind.IP, 0.97, "an IP address")
    for pattern in (_PHONE, _LOCAL):
        for found in tried(pattern, text, places):
            before = text[max(0, found.start() - 24) : found.start()]
            if (pattern is _LOCAL and _is_range(text, found)) or names_a_code(text, found.start()):
                continue
            fax = _FAX.search(before) is not None
            yield _found(found, Kind.FAX if fax else Kind.PHONE, 0.95, "a telephone number")


def _found(found: re.Match[str], kind: Kind, score: float, reason: str) -> Find:
    return Find(found.start(), found.end(), kind, score, reason)


def _trimmed(found: re.Match[str], kind: Kind, score: float, reason: str) -> Find:
    end = found.start() + len(found[0].rstrip(".,;:!?'"))
    return Find(found.start(), end, kind, score, reason)


def _is_range(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 6].lower()
    return after.lstrip().startswith(("mg", "ml", "kcal", "cal", "mcg", "unit", "step"))
