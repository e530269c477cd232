"""Makes an invented reader study: python docs/examples/readers.py OUT.csv.

Six readers, sixty cases of which twenty-four have a lesion; each reads all, without the AI and with
it. With the AI a reader leans towards its score: they gain where it is right, and follow it where
it is not.
"""

import csv
import sys
from pathlib import Path
from random import Random

SEED = 628
READERS = {"A": 1.7, "B": 1.4, "C": 1.2, "D": 1.0, "E": 0.9, "F": 0.7}
"""How well each tells the disease, in standard deviations."""
CASES, DISEASED = 60, 24
LEAN = 0.45


def rows() -> list[dict[str, object]]:
    """Return every answer."""
    draw = Random(SEED)  # noqa: S311 - invented readers are no secret
    made: list[dict[str, object]] = []
    for case in range(CASES):
        truth = int(case < DISEASED)
        hard = draw.gauss(0, 0.6)
        ai = 1.5 * truth + 0.4 * hard + draw.gauss(0, 0.8)
        lesion = (draw.randint(40, 470), draw.randint(40, 470))
        for reader, skill in READERS.items():
            for arm in ("unaided", "aided"):
                alone = skill * truth + hard + draw.gauss(0, 0.8)
                seen = alone if arm == "unaided" else (1 - LEAN) * alone + LEAN * ai
                rating = min(100, max(0, round(50 + 28 * (seen - 0.6))))
                slow = 3.7 - (0.15 if arm == "aided" else 0.0)
                made.append(
                    {
                        "case": f"c{case + 1:02}",
                        "reader": reader,
                        "arm": arm,
                        "rating": rating,
                        "truth": truth,
                        "seconds": round(draw.lognormvariate(slow, 0.4), 1),
                        "ai_score": round(min(1, max(0, 0.5 + 0.25 * (ai - 0.75))), 3),
                        "ai_call": int(ai >= 0.75),
                        "marks": marks(draw, rating, lesion if truth else None),
                        "lesions": f"{lesion[0]} {lesion[1]} 30" if truth else "",
                    }
                )
    return made


def marks(draw: Random, rating: int, lesion: tuple[int, int] | None) -> str:
    """Return where a reader pointed: at the lesion mostly, elsewhere now and then."""
    if rating < 30:
        return ""
    if lesion and draw.random() < 0.4 + rating / 170:
        return f"{lesion[0] + draw.randint(-15, 15)} {lesion[1] + draw.randint(-15, 15)} {rating}"
    return f"{draw.randint(0, 511)} {draw.randint(0, 511)} {rating}"


def main(out: str) -> None:
    """Write the study."""
    made = rows()
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
