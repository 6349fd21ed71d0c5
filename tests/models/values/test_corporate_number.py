"""The check digit of 法人番号, against numbers that the tax agency publishes."""

import pytest

from models.values.corporate_number import check_digit, corporate_number_problem

PUBLISHED = ["7000012050002", "1180301018771", "2021001052596", "5010401067252"]


@pytest.mark.parametrize("number", PUBLISHED)
def test_a_published_number_is_right(number):
    assert corporate_number_problem(number) == ""


@pytest.mark.parametrize("number", PUBLISHED)
def test_one_wrong_first_digit_is_found(number):
    for digit in "123456789":
        if digit != number[0]:
            assert "検査用" in corporate_number_problem(digit + number[1:])


@pytest.mark.parametrize("value", ["", "123", "00000000000000", "0000012050002", "abc", None, 7])
def test_other_forms_are_refused(value):
    assert "13桁" in corporate_number_problem(value)


def test_the_check_digit_is_between_one_and_nine():
    assert {check_digit(f"{number:012}") for number in range(1000)} == set(range(1, 10))
