"""Pieces find their pages: together what belongs together, no heading alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.flow import Piece, bound_together, height_of, paginate


def nothing(pen: object, y: float) -> None:
    """Draw nothing."""


def piece(height: float, gap: float = 0.0, keep_next: bool = False, stage: str = "") -> Piece:
    return Piece(height, nothing, gap, keep_next, frozenset({stage} if stage else ()))


def heights(pages: list) -> list[list[float]]:
    return [[placed.height for placed, _ in page.placed] for page in pages]


def test_pieces_follow_one_another_with_their_gaps():
    page = paginate([piece(10), piece(20, gap=5)], 100)[0]
    assert [y for _, y in page.placed] == [0, 15]
    assert page.room == 65


def test_no_gap_opens_a_page():
    pages = paginate([piece(90), piece(20, gap=5)], 100)
    assert [y for _, y in pages[1].placed] == [0]


def test_a_heading_goes_with_what_it_heads():
    assert heights(paginate([piece(70), piece(10, keep_next=True), piece(30)], 100)) == [
        [70],
        [10, 30],
    ]


def test_a_section_kept_whole_moves_as_a_whole():
    whole = bound_together([piece(20), piece(20), piece(20)])
    assert heights(paginate([piece(50), *whole], 100)) == [[50], [20, 20, 20]]


def test_what_is_higher_than_a_page_is_broken_where_it_must_be():
    whole = bound_together([piece(40) for _ in range(5)])
    assert heights(paginate([piece(30), *whole], 100)) == [[30, 40], [40, 40], [40, 40]]


def test_the_head_of_a_table_is_repeated():
    head = piece(7)
    rows = [Piece(40, nothing, repeat=head) for _ in range(4)]
    assert heights(paginate([head, *rows], 100)) == [[7, 40, 40], [7, 40, 40]]


def test_a_page_names_the_stages_of_its_own_pieces():
    pages = paginate([piece(90, stage="a"), piece(90, stage="b"), piece(5)], 100)
    assert [page.stages for page in pages] == [{"a"}, {"b"}]


def test_no_pieces_are_one_empty_page():
    assert heights(paginate([], 100)) == [[]]


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9), st.booleans()), max_size=40))
def test_nothing_is_lost_reordered_or_below_the_page(shapes: list[tuple[int, int, bool]]):
    pieces = [piece(*shape) for shape in shapes]
    pages = paginate(pieces, 100)
    assert [placed for page in pages for placed, _ in page.placed] == pieces
    for page in pages:
        assert all(y + placed.height <= 100.01 for placed, y in page.placed)


def test_height_counts_the_gaps():
    assert height_of([piece(10, gap=3), piece(10, gap=4)]) == 27
    assert height_of([piece(10, gap=3), piece(10, gap=4)], at_top=True) == 24
    assert height_of([]) == 0
