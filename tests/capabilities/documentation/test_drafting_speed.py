"""How fast notes are drafted: 300 ms for a visit of 1,200 words on one core, after load."""

from typing import Any

from wardround.capabilities.documentation.benchmark import turns
from wardround.capabilities.documentation.writer import Writer
from wardround.engines.text import load
from wardround.engines.text.linear import MODEL

_EXCHANGE = """\
[doctor] and have you had any chest pain or shortness of breath when you climb the stairs
[patient] no no chest pain but i get a little short of breath after two flights and my ankles swell
[doctor] okay your blood pressure is one thirty over eighty and your lungs are clear so for your \
first problem your heart failure i want to increase your lasix to forty milligrams a day
[patient] that sounds good i have been trying to watch my salt and i walk about a mile every day
"""


def test_drafting_a_visit_of_1200_words(benchmark: Any) -> None:
    visit = turns(_EXCHANGE * 16)
    assert sum(len(turn.text.split()) for turn in visit.turns) >= 1200
    writer = Writer(load())
    note, _ = benchmark(writer.write, visit)
    assert note.sections
    assert not benchmark.enabled or benchmark.stats["median"] < 0.3


def test_loading_the_model(benchmark: Any) -> None:
    tagger = benchmark.pedantic(load.__wrapped__, args=(MODEL,), rounds=3)
    assert tagger.digest
    assert not benchmark.enabled or benchmark.stats["median"] < 1.0
