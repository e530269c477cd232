import pytest

from wardround.capabilities.documentation.formats import textgrid
from wardround.kernel import InvalidInput

LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 9.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "Doctor"
        xmin = 0
        xmax = 9.5
        intervals: size = 3
        intervals [1]:
            xmin = -0
            xmax = 2.5e0
            text = ""
        intervals [2]:
            xmin = 2.5
            xmax = 5
            text = "He said ""no"" to
item [2]: 40 intervals [3]"
        intervals [3]:
            xmin = 5
            xmax = 9.5
            text = " "
    item [2]:
        class = "TextTier"
        name = "bell"
        xmin = 0
        xmax = 9.5
        points: size = 1
        points [1]:
            number = 3
            mark = "ding"
"""

SHORT = """File type = "ooTextFile short"
"TextGrid"

0
9.5
<exists>
1
"IntervalTier"
"Doctor"
0
9.5
2
0
2.5
""
2.5
9.5
"Hello."
"""


def test_long_form() -> None:
    (tier,) = textgrid.read(LONG, "v.TextGrid")
    assert tier.name == "Doctor"
    (interval,) = tier.intervals
    assert (interval.start, interval.end) == (2.5, 5.0)
    assert interval.text == 'He said "no" to\nitem [2]: 40 intervals [3]'


def test_short_form() -> None:
    (tier,) = textgrid.read(SHORT, "v.TextGrid")
    assert [interval.text for interval in tier.intervals] == ["Hello."]


def test_no_tiers() -> None:
    text = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n1\n<absent>\n'
    assert textgrid.read(text, "v.TextGrid") == []


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "ends early"),
        ("hello", 1, "ends early"),
        ('"Praat chronological TextGrid text file"\n0 1', 1, "not a TextGrid"),
        ('File type = "ooTextFile"\nObject class = "Pitch 1"\n', 2, "not a TextGrid"),
        (LONG[: LONG.index('text = "He')], 21, "ends early"),
        (LONG.replace("xmin = 2.5\n", "xmin = soon\n"), 22, "Here should be a number"),
        (LONG.replace("xmax = 5\n", "xmax = 1\n"), 21, "backwards"),
        (LONG.replace("points: size = 1", "points: size = 0"), 33, "goes on after"),
        (LONG.replace("intervals: size = 3", "intervals: size = 1e9"), 14, "count cannot be"),
        (LONG.replace('"IntervalTier"', '"PitchTier"'), 13, "neither"),
        (SHORT.replace('"Hello."', '"Hello.'), 18, "ends early"),
    ],
)
def test_malformed_files_are_named(text: str, line: int, what: str) -> None:
    with pytest.raises(InvalidInput) as error:
        textgrid.read(text, "v.TextGrid")
    assert what in error.value.what
    assert abs(int(str(error.value.where).rpartition(" ")[2]) - line) <= 1
    assert error.value.mend
