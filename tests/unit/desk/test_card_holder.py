"""A card in the words of a form: what fits a line, what is left out."""

from datetime import date

import pytest

from loket.desk.eid import CardHolder, holder_of
from loket.devices.eid.contents import eid_card
from tests.eid_card import ADDRESS, IDENTITY, tlv

LONG = "Vandenbroucke-Van Ruymbeke de Ghellinck d'Elseghem Vaernewyck van Hoogland"


def held(identity=None, address=None):
    return holder_of(eid_card(tlv(IDENTITY | (identity or {})), tlv(ADDRESS | (address or {}))))


def test_name_and_address_in_a_line_each():
    assert held() == CardHolder(
        name="Émilie Zoë Van den Broeck-D'Hondt",
        address="Brusselsesteenweg 12 bus 3, 9000 Gent",
        valid_from=date(2024, 2, 1),
        valid_until=date(2034, 2, 1),
    )


def test_a_name_too_long_for_a_line_loses_a_given_name_before_anything_else():
    assert held({7: LONG, 8: "Jan Maximiliaan"}).name == f"Jan {LONG}"
    assert held({7: LONG * 2, 8: "Jan Maximiliaan"}).name == f"Jan {LONG}{LONG}"[:80]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({1: "", 2: "", 3: ""}, ""),
        ({1: ""}, "9000 Gent"),
        ({2: "", 3: ""}, "Brusselsesteenweg 12 bus 3"),
        ({2: ""}, "Brusselsesteenweg 12 bus 3, Gent"),
        ({1: "x" * 200}, "x" * 160),
    ],
)
def test_an_address_as_far_as_the_register_knows_it(address, said):
    assert held(address=address).address == said


def test_somebody_with_one_name_only():
    assert held({8: ""}).name == "Van den Broeck-D'Hondt"
    assert held({7: ""}).name == "Émilie Zoë"
