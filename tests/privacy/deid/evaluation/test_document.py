from wardround.privacy.deid.evaluation.document import (
    Document,
    Piece,
    document,
    joined,
    length,
    marked,
    merged,
    planted,
)


def test_spans_follow_from_the_pieces_and_hold_no_blank_at_either_end() -> None:
    pieces = [
        Piece("Seen by "),
        Piece(" Dr. Ng ", "name"),
        Piece(""),
        Piece("on "),
        Piece(" ", "date"),
    ]
    assert joined(pieces) == ("Seen by  Dr. Ng on  ", ((9, 15, "name"),))
    assert document("d-1", "note", pieces) == Document("d-1", "note", *joined(pieces))
    assert (planted(pieces), length(pieces)) == (2, 20)


def test_an_article_is_outside_what_is_marked() -> None:
    assert marked("the 3rd of May", "date") == [Piece("the "), Piece("3rd of May", "date")]
    assert marked("Theo", "name") == [Piece("Theo", "name")]


def test_merged_pieces_make_the_same_text() -> None:
    pieces = [Piece("INR 1."), Piece("9"), Piece("Ng", "name"), Piece("Vu", "name"), Piece(".")]
    assert merged(pieces) == [Piece("INR 1.9"), *pieces[2:]]
