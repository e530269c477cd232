"""The study before: what the chart's last signed report of the same kind said, and when."""

from wardround.capabilities.radiology.fhir import ABSENT, PRESENT
from wardround.capabilities.radiology.model import Prior, Study
from wardround.kernel import Context, Order, Resource

_SAYS = {PRESENT["code"]: "present", ABSENT["code"]: "absent"}


def prior_of(order: Order, study: Study, context: Context) -> Prior | None:
    """Return the last signed imaging report of the patient that is older than this study."""
    found = context.search("DiagnosticReport", patient=order.subject, category="RAD", _sort="-date")
    for report in found:
        if report.get("status") not in {"final", "amended"} or _of(report, study, context):
            continue
        taken = str(report.get("effectiveDateTime", ""))[:10]
        if taken and study.taken and taken > study.taken[:10]:
            continue
        said = "; ".join(_findings(report, context)) or str(report.get("conclusion", ""))
        reference = f"DiagnosticReport/{report['id']}"
        return Prior(report=reference, taken=taken, says=said or "No findings were recorded.")
    return None


def _of(report: Resource, study: Study, context: Context) -> bool:
    """Whether a report is on this very study."""
    if not study.uid:
        return False
    for one in report.get("imagingStudy", ()):
        identifiers = context.read(one["reference"]).get("identifier", ())
        if any(it.get("value") == f"urn:oid:{study.uid}" for it in identifiers):
            return True
    return False


def _findings(report: Resource, context: Context) -> list[str]:
    said = []
    for one in report.get("result", ()):
        result = context.read(one["reference"])
        codes = result.get("valueCodeableConcept", {}).get("coding", ())
        says = next((_SAYS[it["code"]] for it in codes if it.get("code") in _SAYS), "")
        if says:
            said.append(f"{result.get('code', {}).get('text', 'Finding')} {says}")
    return said
