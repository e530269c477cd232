"""What added models told of a slide, put into its draft, each measure named as that model's."""

from collections.abc import Sequence

from wardround.capabilities.pathology.added.added import Answer, Told
from wardround.capabilities.pathology.deciding import source
from wardround.capabilities.pathology.drafting import headline
from wardround.capabilities.pathology.model import Checked, Coded, Measure, Report
from wardround.engines.images import Region
from wardround.kernel import Drafted, Evidence


def joined(made: Drafted, answers: Sequence[Answer]) -> Drafted:
    """Return a draft with the measures of added models, and with why one told nothing."""
    if made.abstained or not answers:
        return made
    report = Report.model_validate(made.content)
    whole = Region(x=0, y=0, width=report.slide.columns, height=report.slide.rows)
    measures, evidence = list(report.measures), list(made.evidence)
    for answer in answers:
        for told in answer.told:
            place = len(measures)
            measures.append(_measure(place, told, answer.name))
            evidence.append(
                Evidence(
                    claim=f"/measures/{place}",
                    sources=tuple(source(one) for one in told.regions or (whole,)),
                )
            )
    failed = [
        Checked(name="model", passed=False, says=one.failure) for one in answers if one.failure
    ]
    remarks = [said for one in answers for said in one.remarks]
    report = report.model_copy(
        update={
            "measures": tuple(measures),
            "checks": (*report.checks, *failed),
            "remarks": (*report.remarks, *remarks),
        }
    )
    report = report.model_copy(update={"headline": headline(report)})
    content = report.model_dump(mode="json")
    return made.model_copy(update={"content": content, "evidence": tuple(evidence)})


def _measure(place: int, told: Told, model: str) -> Measure:
    first, *more = told.regions or (None,)
    return Measure(
        id=f"read-{place}",
        code=told.code,
        display=told.display,
        value=told.value,
        unit=told.unit,
        read=told.value,
        region=first,
        more=tuple(one for one in more if one is not None),
        model=model,
        of=Coded(system=told.of.system, code=told.of.code, display=told.of.display),
    )
