from wardround.privacy.deid.evaluation.score import Score, total


def test_an_identifier_counts_only_when_it_is_found_whole() -> None:
    score = Score()
    score.add("Ana Ruiz was here today", [(0, 8, "name")], [(4, 8, "name"), (18, 23, "date")])
    assert (score.found, score.missed, score.wrong) == (1, 1, 1)
    assert (score.recall, score.precision, score.entity_recall) == (0.5, 0.5, 0)
    assert score.clean == 0
    score.add("Ana Ruiz", [(0, 8, "name")], [(0, 8, "place")])
    assert (score.entity_recall, score.clean, score.documents) == (0.5, 1, 2)
    assert (score.untouched, score.misses, score.extras) == (0, [], [])


def test_examples_are_kept_where_they_may_be_looked_at() -> None:
    score = Score(examples=True)
    score.add("Seen by Ana Ruiz\ntoday", [(8, 16, "name")], [(17, 22, "date")])
    assert score.misses == ["name: Seen by ⟦Ana Ruiz⟧⏎today"]
    assert score.extras == ["Seen by Ana Ruiz⏎⟦today⟧"]


def test_scores_of_several_lots_are_one() -> None:
    one, other = Score(), Score()
    one.add("Ana Ruiz", [(0, 8, "name")], [])
    other.add("Ana Ruiz", [(0, 8, "name")], [(0, 8, "name")])
    other.add("no fever", [], [])
    both = total([one, other])
    assert (both.found, both.missed, both.documents, both.untouched) == (2, 2, 3, 2)
    assert both.entities == {"name": 2}
    assert both.whole == {"name": 1}
    assert one.documents == 1
