"""How long the guidelines take for one document: `make bench` measures it."""

from typing import Any

from tests.capabilities.coding.guidelines.notes import read
from wardround.capabilities.coding.guidelines import Setting, apply
from wardround.engines.terminology import Tabular

NOTE = """
Chief complaint: shortness of breath.
A 71-year-old former smoker with [hypertension|I10], [type 2 diabetes|E11.9] on metformin,
[CKD|N18.9] stage 3b and [COPD|J44.9] comes with [dyspnea|R06.00], [cough|R05.9] and
[leg swelling|R60.0] for a week.
On examination crackles; right [knee pain|M25.569]. EF 35%. BMI 34.2. Sputum culture is pending.
He sleeps on three pillows, walks twenty metres, and has no chest pain. Weight is up four kilograms.
Assessment:
1. Acute on chronic systolic [heart failure|I50.9]. Furosemide twice a day.
2. [Pneumonia|J18.9] of the right lower lobe with an exacerbation of [COPD|J44.9].
3. [Obesity|E66.9]. [Neuropathy|G62.9] of both feet. [Anemia|D64.9], Hb 9.8 g/dl.
"""


def test_a_visit_is_guided_quickly(benchmark: Any, tabular: Tabular) -> None:
    note = read(NOTE + "He will return in a week and call if it is worse. " * 34)
    assert 2_000 < len(note.text) < 3_000
    guided = benchmark(
        apply, note.text, note.found, None, Setting.OUTPATIENT, tabular, note.assertions
    )
    assert [found.code for found in guided.codes][:2] == ["I13.0", "I50.23"]
