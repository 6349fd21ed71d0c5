"""The chart of two ways: on a level stretch dashes do not begin anew at every corner."""

from reports.line_chart import _without_level_points


def test_a_level_line_of_many_corners_is_one_stroke() -> None:
    level = [(float(x), 5.0) for x in range(100)]
    assert list(_without_level_points(level)) == [level[0], level[-1]]
    bent = [(0.0, 1.0), (1.0, 2.0), (2.0, 2.0), (3.0, 2.0), (4.0, 1.0)]
    assert list(_without_level_points(bent)) == [bent[0], bent[1], bent[3], bent[4]]
