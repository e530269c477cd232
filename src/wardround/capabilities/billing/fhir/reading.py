"""A FHIR R4 ``Claim``, or a bundle of claims with what they refer to, read as our claims."""

from collections.abc import Iterator, Mapping, Sequence
from json import JSONDecodeError
from typing import Any

from pydantic import ValidationError

from wardround.capabilities.billing.fhir.people import (
    address_from,
    party_from,
    payer_from,
    person_from,
)
from wardround.capabilities.billing.fhir.services import LINE_TEAM, day, line_from
from wardround.capabilities.billing.fhir.supporting import supporting_from
from wardround.capabilities.billing.fhir.systems import (
    CAUSES,
    CLAIM_TYPE,
    DECIDED,
    FILING,
    ICD,
    NUMBER,
    READ_ROLES,
    RELATION_X12,
    RELATIONS,
    USES,
    Resource,
    coded,
    extended,
    identified,
    listed_from,
)
from wardround.capabilities.billing.model import Claim, Party
from wardround.kernel import InvalidInput

_RELATION = {word: code for code, word in RELATIONS.items()}
_USE = {code: use for use, (_, code) in USES.items()}
_ID_LENGTH = 20


def claims_of_bundle(bundle: Resource) -> list[Claim]:
    """Return the claims of a Bundle; raise ``InvalidInput`` with the entry that is none."""
    entries = [one for one in bundle.get("entry", ()) if isinstance(one.get("resource"), dict)]
    held: dict[str, Resource] = {}
    for one in entries:
        resource = one["resource"]
        held[f"{resource.get('resourceType')}/{resource.get('id')}"] = resource
        if one.get("fullUrl"):
            held[one["fullUrl"]] = resource
    return [
        claim_from_fhir(one["resource"], held)
        for one in entries
        if one["resource"].get("resourceType") == "Claim"
    ]


def claim_from_fhir(
    resource: Mapping[str, Any], held: Mapping[str, Resource] | None = None
) -> Claim:
    """Return one claim; what it refers to stands in ``contained``, or in ``held`` by reference."""
    if resource.get("resourceType") != "Claim":
        raise InvalidInput("This is no FHIR Claim.", where="resourceType")
    try:
        return Claim.model_validate(_Reading(dict(resource), held or {}).claim())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        field = ".".join(str(one) for one in first["loc"])
        raise InvalidInput(
            f"This Claim cannot be read: {field}, {first['msg']}.",
            where=str(resource.get("id", "")),
        ) from None
    except (AttributeError, TypeError, ArithmeticError, IndexError, KeyError, JSONDecodeError):
        raise InvalidInput(
            "This Claim is not of FHIR's form.",
            where=str(resource.get("id", "")),
            mend="Validate it as FHIR R4.",
        ) from None


class _Reading:
    """One claim with all that it refers to."""

    def __init__(self, resource: Resource, held: Mapping[str, Resource]) -> None:
        self._claim = resource
        self._held = {
            **held,
            **{f"#{one.get('id')}": one for one in resource.get("contained", ())},
        }

    def claim(self) -> dict[str, Any]:
        """Return the fields of the claim."""
        one = self._claim
        team = {
            member.get("sequence"): (coded(member.get("role")), self._party(member.get("provider")))
            for member in one.get("careTeam", ())
        }
        named = {place: party for place, (_, party) in team.items() if party is not None}
        coverages = [self._find(each.get("coverage")) for each in _focal(one.get("insurance", ()))]
        prior = [each.get("reference", {}).get("value", "") for each in one.get("related", ())]
        period = one.get("billablePeriod", {})
        lines = [line_from(each, place, named) for place, each in enumerate(one.get("item", ()), 1)]
        encounters = [
            each.get("reference", "")
            for item in one.get("item", ())
            for each in item.get("encounter", ())
        ]
        kind = coded(one.get("type"), CLAIM_TYPE) or coded(one.get("type"))
        fields: dict[str, Any] = {
            "id": _number(one),
            "kind": "institutional" if kind == "institutional" else "professional",
            "original": prior[0] if prior else "",
            "patient": self._patient(coverages),
            "subscribers": [self._subscriber(n, each) for n, each in enumerate(coverages) if each],
            "billing": self._party(one.get("provider")) or Party(),
            "facility": self._party(one.get("facility")),
            "pay_to": self._pay_to(),
            "diagnoses": list(self._diagnoses()),
            "procedures": [
                {
                    "code": coded(each.get("procedureCodeableConcept")),
                    "at": day(each.get("date")),
                }
                for each in one.get("procedure", ())
            ],
            "lines": lines,
            "place": "",
            "begins": day(period.get("start")),
            "ends": day(period.get("end")),
            "encounter": encounters[0] if encounters else "",
            **self._accident(),
        }
        for place, (role, party) in team.items():
            if (field := READ_ROLES.get(role)) and place < LINE_TEAM and field not in fields:
                fields[field] = party
        fields |= supporting_from(one.get("supportingInfo", ()))
        if not fields["place"] and fields["kind"] == "professional" and lines:
            fields["place"] = lines[0]["place"]
        if fields["kind"] == "professional" and not _ours(one):
            # A period of a professional claim is the span of its lines, not a statement's.
            fields["begins"] = fields["ends"] = None
        return fields

    def _find(self, reference: object) -> Resource:
        named = str(reference.get("reference", "")) if isinstance(reference, dict) else ""
        found = self._held.get(named)
        if found is None and named.count("/") > 1:
            found = self._held.get("/".join(named.rsplit("/", 2)[-2:]))
        return found or {}

    def _party(self, reference: object) -> Party | None:
        found = self._find(reference)
        if not found:
            return None
        if found.get("resourceType") == "PractitionerRole":
            found = self._find(found.get("practitioner")) or self._find(found.get("organization"))
        behind = self._find(found.get("managingOrganization"))
        if behind and not found.get("identifier"):
            found = behind
        return party_from(found)

    def _pay_to(self) -> object:
        found = self._find(self._claim.get("payee", {}).get("party"))
        ours = found.get("id") == "pay-to"
        return address_from(found) if ours else None

    def _patient(self, coverages: Sequence[Resource]) -> dict[str, Any]:
        found = self._find(self._claim.get("patient")) or self._find({"reference": "#patient"})
        relation = coverages[0].get("relationship") if coverages else None
        exact, word = coded(relation, RELATION_X12), coded(relation)
        return {
            **person_from(found),
            "death_date": day(found.get("deceasedDateTime")),
            "relationship": exact or (_RELATION.get(word, "G8") if word else "18"),
        }

    def _subscriber(self, place: int, coverage: Resource) -> dict[str, Any]:
        person = self._find(coverage.get("subscriber"))
        # A subscriber who is the patient is told once, with the patient.
        own = person and person is self._find(self._claim.get("patient"))
        groups = [
            one for one in coverage.get("class", ()) if coded(one.get("type")) == "group"
        ] or [{}]
        group = str(groups[0].get("value", ""))
        order = coverage.get("order")
        payors = coverage.get("payor") or [{}]
        said = extended(coverage, "responsibility")
        return {
            **({} if own or not person else person_from(person)),
            "responsibility": said or "PST"[(order or place + 1) - 1 : (order or place + 1)],
            "member_id": str(coverage.get("subscriberId") or _only(coverage)),
            "group": "" if group == "-" else group,
            "group_name": str(groups[0].get("name", "")),
            "filing": coded(coverage.get("type"), FILING),
            "payer": payer_from(self._find(payors[0])),
            **{field: told for field in DECIDED if (told := extended(coverage, field))},
            "adjustments": listed_from(coverage, "adjustments"),
        }

    def _diagnoses(self) -> Iterator[dict[str, Any]]:
        listed = sorted(self._claim.get("diagnosis", ()), key=lambda one: one.get("sequence", 0))
        for one in listed:
            told = one.get("diagnosisCodeableConcept")
            if told is None:
                told = self._find(one.get("diagnosisReference")).get("code")
            kinds = [coded(kind) for kind in one.get("type", ())]
            yield {
                "code": coded(told, ICD) or coded(told),
                "use": extended(one, "use")
                or next((_USE[kind] for kind in kinds if kind in _USE), "diagnosis"),
                "on_admission": coded(one.get("onAdmission")).upper(),
                "source": extended(one, "source")
                or str(one.get("diagnosisReference", {}).get("reference", "")),
            }

    def _accident(self) -> dict[str, Any]:
        found = self._claim.get("accident")
        if not found:
            return {}
        return {
            "accident": coded(found.get("type"), CAUSES),
            "accident_date": day(found.get("date")),
            "accident_state": str(found.get("locationAddress", {}).get("state", "")),
        }


def _focal(insurance: Sequence[Resource]) -> list[Resource]:
    """Return the coverages, the one that is asked first."""
    return sorted(insurance, key=lambda one: (not one.get("focal"), one.get("sequence", 0)))


def _number(claim: Resource) -> str:
    """Return the patient control number: our own, or the claim's first identifier."""
    listed = claim.get("identifier", ())
    first = str(listed[0].get("value", "")) if listed else ""
    return (identified(claim, NUMBER) or first or str(claim.get("id", "")))[:_ID_LENGTH]


def _ours(claim: Resource) -> bool:
    return bool(identified(claim, NUMBER))


def _only(coverage: Resource) -> str:
    """Return the one identifier of a coverage: a member id by CARIN's and Da Vinci's guides."""
    listed = coverage.get("identifier", ())
    return str(listed[0].get("value", "")) if len(listed) == 1 else ""
