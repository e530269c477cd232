"""The clauses are those of the rule: all of them, in its order, with its duties."""

import pytest

from wardround.bootstrap import PROBES
from wardround.kernel import NotFound
from wardround.privacy.safeguards import By, Duty, find_clause, read_clauses, read_sections

STANDARDS = """
164.308(a)(1)(i) 164.308(a)(3)(i) 164.308(a)(4)(i) 164.308(a)(5)(i) 164.308(a)(6)(i)
164.308(a)(7)(i)
164.310(a)(1) 164.310(d)(1)
164.312(a)(1) 164.312(c)(1) 164.312(e)(1)
164.314(a)(1) 164.314(b)(1)
164.316(b)(1)
""".split()
"""Those that have specifications, which are what is judged."""

REQUIRED = """
164.308(a)(1)(ii)(A) 164.308(a)(1)(ii)(B) 164.308(a)(1)(ii)(C) 164.308(a)(1)(ii)(D)
164.308(a)(2) 164.308(a)(4)(ii)(A) 164.308(a)(6)(ii)
164.308(a)(7)(ii)(A) 164.308(a)(7)(ii)(B) 164.308(a)(7)(ii)(C) 164.308(a)(8)
164.308(b)(1) 164.308(b)(2) 164.308(b)(3)
164.310(b) 164.310(c) 164.310(d)(2)(i) 164.310(d)(2)(ii)
164.312(a)(2)(i) 164.312(a)(2)(ii) 164.312(b) 164.312(d)
164.314(a)(2)(i) 164.314(a)(2)(ii) 164.314(a)(2)(iii)
164.314(b)(2)(i) 164.314(b)(2)(ii) 164.314(b)(2)(iii) 164.314(b)(2)(iv)
164.316(a) 164.316(b)(2)(i) 164.316(b)(2)(ii) 164.316(b)(2)(iii)
""".split()

ADDRESSABLE = """
164.308(a)(3)(ii)(A) 164.308(a)(3)(ii)(B) 164.308(a)(3)(ii)(C)
164.308(a)(4)(ii)(B) 164.308(a)(4)(ii)(C)
164.308(a)(5)(ii)(A) 164.308(a)(5)(ii)(B) 164.308(a)(5)(ii)(C) 164.308(a)(5)(ii)(D)
164.308(a)(7)(ii)(D) 164.308(a)(7)(ii)(E)
164.310(a)(2)(i) 164.310(a)(2)(ii) 164.310(a)(2)(iii) 164.310(a)(2)(iv)
164.310(d)(2)(iii) 164.310(d)(2)(iv)
164.312(a)(2)(iii) 164.312(a)(2)(iv) 164.312(c)(2) 164.312(e)(2)(i) 164.312(e)(2)(ii)
""".split()
"""The 22 that Appendix A to subpart C marks (A); all lists are copied from the rule."""


def test_every_clause_of_the_rule_is_there_and_no_other() -> None:
    cited = [clause.citation for clause in read_clauses()]
    assert len(cited) == len(set(cited))
    assert set(cited) == {*STANDARDS, *REQUIRED, *ADDRESSABLE}


def test_each_is_as_binding_as_the_rule_says() -> None:
    found: dict[Duty | None, set[str]] = {
        None: set(),
        Duty.REQUIRED: set(),
        Duty.ADDRESSABLE: set(),
    }
    for clause in read_clauses():
        found[clause.duty].add(clause.citation)
    assert found == {
        None: set(STANDARDS),
        Duty.REQUIRED: set(REQUIRED),
        Duty.ADDRESSABLE: set(ADDRESSABLE),
    }


def test_sections_hold_every_clause_once_below_its_own_standard() -> None:
    judged = [clause.citation for section in read_sections() for clause in section.clauses]
    assert sorted(judged) == sorted([*REQUIRED, *ADDRESSABLE])
    for section in read_sections():
        for standard in section.standards:
            assert standard.clauses, standard.head.citation
            for clause in standard.clauses:
                parent = standard.head.citation.rpartition("(")[0]
                alone = clause == standard.head
                assert alone or clause.citation.startswith(parent), clause.citation


def test_what_is_judged_says_all_that_is_shown_of_it() -> None:
    for clause in read_clauses():
        if clause.duty is None:
            assert not clause.probes
            continue
        assert clause.asks, clause.citation
        assert clause.does, clause.citation
        assert clause.yours, clause.citation
        assert bool(clause.probes) == (clause.by is not By.CLINIC), clause.citation


def test_every_probe_is_asked_for_and_every_one_asked_for_is_there() -> None:
    asked = {name for clause in read_clauses() for name in clause.probes}
    assert asked == set(PROBES)


def test_a_clause_is_found_by_its_address() -> None:
    assert find_clause("164.312-a-2-iv").citation == "164.312(a)(2)(iv)"
    for unknown in ("164.312-a-1", "164.999", ""):
        with pytest.raises(NotFound):
            find_clause(unknown)
