"""What is told of a measurement; shares are of one."""

from wardround.kernel import Noun


class Measured(Noun):
    """The detector on one part of a set; ``met`` says whether it does what is wanted there."""

    data: str = "sets"
    set: str
    texts: int
    recall: float
    """Of planted tokens, those found."""
    precision: float
    """Of found tokens, those planted."""
    entities: float
    """Identifiers whose every token was found."""
    clean: float
    """Texts with every identifier found whole."""
    per_second: float
    """Notes of 2,500 characters in a CPU second."""
    met: bool | None = None
    missed: tuple[str, ...] = ()
    """Examples, of ``dev`` alone."""
    wrong: tuple[str, ...] = ()


class OfKind(Noun):
    """One kind of identifier in all test documents of hands that never read the detector."""

    data: str = "kinds, test documents of other hands"
    kind: str
    identifiers: int
    whole: float


class OfForm(Noun):
    """One form of document in a set's test part."""

    data: str
    form: str
    texts: int
    recall: float
    precision: float
    entities: float
    clean: float


class FalseAlarms(Noun):
    """What is taken out of texts in which next to nothing identifies anybody."""

    data: str = "text without PHI, or next to none"
    set: str
    texts: int
    words: int
    per_1000: float
    """Words taken out of a thousand."""
    untouched: float
    """Texts of which nothing is taken out."""
    words_known: bool
    """Whether the detector's list of ordinary words was made from these texts, among others."""


class Start(Noun):
    """What loading the detector costs."""

    data: str = "start"
    what: str
    cpu_seconds: float


class Report(Noun):
    """What was measured, and whether every target was met where nothing was tuned."""

    model: str
    digest: str
    measured: tuple[Measured | OfKind | OfForm | FalseAlarms | Start, ...]
    met: bool
