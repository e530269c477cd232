"""What a chart in memory owes to the one it stands for: it is not searched by what that refuses."""

from collections.abc import Iterable

from wardround.record.parameters import parameters_of

_OF_ALL = frozenset({"_id", "_lastUpdated", "_count", "_offset", "_sort"})


def require_searchable(kind: str, parameters: Iterable[str]) -> None:
    """Fail where the record knows no such search parameter of the type."""
    strange = {name.partition(":")[0] for name in parameters} - _OF_ALL - set(parameters_of(kind))
    assert not strange, f"the record does not search {kind} by {sorted(strange)}"
