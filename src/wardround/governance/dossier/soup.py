"""Software of unknown provenance (IEC 62304, 8.1.2) as a CycloneDX 1.6 bill of materials."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from wardround.governance.dossier.card import Carded, ModelFile
from wardround.governance.dossier.lock import Locked

if TYPE_CHECKING:
    from cyclonedx.model.component import Component
    from cyclonedx.model.license import License


def bill(
    packages: Iterable[Locked], cards: Iterable[Carded], version: str, made: datetime
) -> bytes:
    """Return the bill of materials as JSON: packages as libraries, models as what they are.

    The same content has the same serial number, so that two bills can be compared.
    """
    from cyclonedx.model.bom import Bom, BomMetaData
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6

    own = Component(
        name="wardround",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref="wardround",
        licenses=_licences("Apache-2.0"),
    )
    parts = [*map(_package, packages), *(_model(one, card) for card in cards for one in card.files)]
    told = " ".join(sorted(f"{one.bom_ref.value}@{one.version}" for one in parts))
    bom = Bom(
        components=parts,
        metadata=BomMetaData(component=own, timestamp=made),
        serial_number=uuid5(NAMESPACE_URL, f"wardround@{version} {told}"),
    )
    bom.register_dependency(own, parts)
    return JsonV1Dot6(bom).output_as_string(indent=1).encode()


def _package(one: Locked) -> "Component":
    from cyclonedx.model import HashAlgorithm, HashType, Property
    from cyclonedx.model.component import Component, ComponentType
    from packageurl import PackageURL

    url = PackageURL(one.kind, name=one.name, version=one.version)
    said = [Property(name="wardround:locked-when", value=one.marker)] if one.marker else []
    return Component(
        name=one.name,
        version=one.version,
        type=ComponentType.LIBRARY,
        bom_ref=url.to_string() + (f"#{one.marker}" if one.marker else ""),
        purl=url,
        licenses=_licences(one.licence),
        hashes=[HashType(alg=HashAlgorithm(one.algorithm), content=hash_) for hash_ in one.hashes],
        properties=said,
    )


def _model(one: ModelFile, card: Carded) -> "Component":
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.component import Component, ComponentType

    return Component(
        name=one.name,
        version=card.card.version,
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref=f"model:{one.name}",
        licenses=_licences(card.card.licence),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one.digest)],
    )


def _licences(said: str | None) -> "list[License]":
    from cyclonedx.contrib.license.factories import LicenseFactory

    return [LicenseFactory().make_from_string(said)] if said else []
