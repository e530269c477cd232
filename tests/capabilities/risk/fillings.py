"""Any complete, possible values for a score."""

from hypothesis import strategies as st

from wardround.capabilities.risk import Input, Kind, Score
from wardround.capabilities.risk.score import Value


def of(asked: Input, score: Score) -> st.SearchStrategy[Value]:
    """Any value an input may take."""
    if asked.kind is Kind.YES_NO:
        return st.booleans()
    if asked.choices:
        return st.sampled_from([code for code, _ in asked.choices])
    if asked.kind is Kind.AGE:
        return st.integers(int(score.ages[0]), int(score.ages[1])).map(float)
    cuts = {c for line in score.components for c in line.cuts.get(asked.name, ())}
    cuts |= set(score.knots.get(asked.name, ()))
    low, high = asked.span
    edges = sorted({low, high, *(c for c in cuts if low <= c <= high)})
    return st.floats(low, high) | st.sampled_from(edges)


def complete(score: Score) -> st.SearchStrategy[dict[str, Value]]:
    """Any complete values of a score."""
    return st.fixed_dictionaries({asked.name: of(asked, score) for asked in score.inputs})
