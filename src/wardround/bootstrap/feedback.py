"""What coders changed, gathered from the route for learning."""

import json
from pathlib import Path
from uuid import uuid4

from wardround.bootstrap.house import Wardround
from wardround.disk import appearing
from wardround.kernel import Draft
from wardround.security import AuditTrail, PurposeOfUse


def export_feedback(wardround: Wardround, out: Path) -> int:
    """Write what coders did with each code of the signed drafts, a line each; return how many.

    No line says whose visit it was, nor when; the audit trail says that they were exported.
    """
    from wardround.capabilities.coding import records

    count = 0
    with appearing(out) as file:
        for visit, draft in enumerate(_codes(wardround), start=1):
            first = wardround.rounds.revisions(draft.id)[0]
            for record in records(first, draft, visit):
                file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
                count += 1
    with wardround.database.begin() as tx:
        AuditTrail(tx, wardround.clock).record(
            "export-feedback",
            "success",
            entity=f"export/{uuid4()}",
            purpose=PurposeOfUse.OPERATIONS,
            detail={"lines": str(count)},
        )
    return count


def _codes(wardround: Wardround) -> list[Draft]:
    return [one for one in wardround.rounds.measured() if one.capability == "coding"]
