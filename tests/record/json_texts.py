"""JSON texts as others write them: odd spaces, number forms and escapes."""

from hypothesis import strategies as st

space = st.text(" \t\n\r", max_size=3)
numbers = st.one_of(
    st.integers(-(2**60), 2**60).map(str),
    st.sampled_from(
        ["0", "-0", "-0.0", "1.50", "1.500000000000000000000001", "1E5", "1e-10", "2.0E+3", "0e0"]
    ),
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False).map(str),
)
letters = st.one_of(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters='"\\'),
    st.sampled_from([r"\"", r"\\", r"\/", r"\n", r"\u0041", r"\u00e9", r"\uD83D\uDE00", r"\u0000"]),
)
strings = st.lists(letters, max_size=8).map(lambda parts: f'"{"".join(parts)}"')
names = st.lists(
    st.sampled_from(["id", "meta", "name", "given", "value", "x-y", "ü", "", "extension"]),
    max_size=5,
    unique=True,
)


def padded(items: st.SearchStrategy[str], max_size: int = 4) -> st.SearchStrategy[str]:
    """Return arrays of ``items``."""
    inside = st.lists(st.tuples(space, items, space).map("".join), max_size=max_size)
    return st.tuples(space, inside).map(lambda drawn: f"[{','.join(drawn[1]) or drawn[0]}]")


@st.composite
def _objects(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    members = [
        f'{draw(space)}"{name}"{draw(space)}:{draw(space)}{draw(values)}{draw(space)}'
        for name in draw(names)
    ]
    return f"{{{','.join(members) or draw(space)}}}"


values = st.recursive(
    st.one_of(numbers, strings, st.sampled_from(["true", "false", "null"])),
    lambda inner: st.one_of(padded(inner), _objects(inner)),
    max_leaves=12,
)
objects = _objects(values)


@st.composite
def resources(draw: st.DrawFn, kind: str = "Basic") -> str:
    """Return resources of one type, the type anywhere among odd members."""
    members = draw(st.lists(values, min_size=1, max_size=5))
    written = [f'{draw(space)}"member{i}"{draw(space)}:{value}' for i, value in enumerate(members)]
    written.insert(
        draw(st.integers(0, len(written))), f'"resourceType"{draw(space)}:{draw(space)}"{kind}"'
    )
    return f"{draw(space)}{{{','.join(written)}{draw(space)}}}{draw(space)}"
