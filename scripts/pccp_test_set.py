"""Write the test set that the change control plan of support2-hospital-death names.

    python scripts/pccp_test_set.py DATA OUT.csv

DATA is the folder with ``support2``. It is the quarter that ``train_risk.py`` holds out, always the
same bytes; its sha256 is printed. What is written is others' data: keep it out of the repository.
"""

import csv
import sys
from hashlib import sha256
from io import StringIO
from pathlib import Path

import numpy as np

SEED, SHARE = 20261128, 0.75
"""As in ``train_risk.py``: the plan is about patients that no model of ours has seen."""


def main(data: Path, out: Path) -> None:
    """Write the table and print its sha256."""
    with (data / "support2/support2_dev.csv").open(newline="", encoding="utf-8") as file:
        head, *rows = list(csv.reader(file))
    order = np.random.default_rng(SEED).permutation(len(rows))
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows[at] for at in order[int(SHARE * len(rows)) :])
    written = text.getvalue().encode()
    out.write_bytes(written)
    print(f"{out}: sha256 {sha256(written).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
