"""The corporate number (法人番号): 13 digits of which the first checks the other twelve."""

from __future__ import annotations

import re

FORMAT = re.compile(r"[1-9][0-9]{12}")


def check_digit(last_twelve: str) -> int:
    """Return the check digit of twelve digits: 9 - (sum of P x Q mod 9).

    Counted from the right, Q is 1 for odd and 2 for even places (法人番号の指定等に関する省令).
    """
    total = sum(
        int(digit) * (1 if place % 2 else 2)
        for place, digit in enumerate(reversed(last_twelve), start=1)
    )
    return 9 - total % 9


def corporate_number_problem(value: object) -> str:
    """Return what is wrong with a corporate number in Japanese, "" when it is right."""
    if not isinstance(value, str) or not FORMAT.fullmatch(value):
        return "13桁の半角数字を文字列で書いてください。"
    if int(value[0]) != check_digit(value[1:]):
        return "検査用の数字（先頭の1桁）が合いません。書き写しの誤りがないか確かめてください。"
    return ""
