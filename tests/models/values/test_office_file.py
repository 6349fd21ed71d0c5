"""The office file is read whole or refused with every wrong field named."""

import json

import pytest

from models.values.office import LocalContact, Office
from models.values.office_file import read_office, write_office
from models.values.problems import UserFacingError

OFFICE = Office(
    "新潟県よろず支援拠点",
    ("渡邉", "山本"),
    (LocalContact("商工会", "025-000-0000"), LocalContact("県", "025-111-1111", "平日のみ")),
)


def test_an_office_comes_back_as_it_was():
    assert read_office(write_office(OFFICE).encode(), "office.json") == OFFICE
    assert read_office(b"{}", "office.json") == Office()


def test_leaked_radicals_become_characters():
    data = json.dumps({"name": "\u2ed1野県", "advisors": ["\u2ed1田"]}).encode()
    office = read_office(data, "office.json")
    assert (office.name, office.advisors) == ("長野県", ("長田",))


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], ""),
        ({"name": 1}, "name"),
        ({"phone": "1"}, "phone"),
        ({"advisors": "渡邉"}, "advisors"),
        ({"advisors": ["渡邉", 1]}, "advisors[1]"),
        ({"contacts": [{"phone": "1"}]}, "contacts[0].label"),
        ({"contacts": [{"label": "a", "phone": "1", "fax": "2"}]}, "contacts[0].fax"),
        ({"contacts": ["a"]}, "contacts[0]"),
        ({"contacts": [{"label": "a", "phone": "1", "note": "\u0007"}]}, "contacts[0].note"),
    ],
)
def test_a_wrong_field_is_refused_with_its_path(document, path):
    with pytest.raises(UserFacingError) as caught:
        read_office(json.dumps(document).encode(), "office.json")
    assert [problem.path for problem in caught.value.problems] == [path]
