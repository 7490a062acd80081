"""What is read in a narrow block of the calendar, and in a switch whose words do not fit."""

import pytest

from ui.appointments.parts.lettering import broken, fits, lettered, own_part
from ui.widgets.cells import shares
from ui.widgets.choices import Segmented

NARROW, WIDE = 40, 120


def texts(title, width, rows, *, narrow=True):
    return [each.text for each in lettered(title, "Reispas", width, width, rows, narrow=narrow)]


def test_a_name_that_fits_leaves_the_second_line_to_what_it_is_for(qapp):
    assert texts("Ng", NARROW, 2)[0] == "Ng"
    assert texts("Ng", NARROW, 2)[1].startswith("Rei")


def test_where_it_does_not_fit_a_name_says_its_own_part(qapp):
    assert own_part("Van den Bossche") == "Bossche"
    assert texts("Van den Bossche", NARROW, 1)[0].startswith("Bo")
    assert texts("Van den Bossche", WIDE, 1) == ["Van den Bossche"]


def test_two_words_are_broken_between_them_and_one_with_a_hyphen(qapp):
    assert broken("De Smedt", NARROW) == ("De", "Smedt")
    head, rest = broken("Janssens", NARROW)
    assert head.endswith("-")
    assert head[:-1] + rest == "Janssens"


@pytest.mark.parametrize("name", ["Vandenbroucke-Van Overstraeten", "Öz", "N", "", "Van", "De De"])
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_no_line_is_wider_than_its_block(qapp, name, rows):
    lines = lettered(name, "Rijbewijs", NARROW, NARROW, rows, narrow=True)
    assert len(lines) <= rows
    assert all(fits(line.text, NARROW) for line in lines if line.weight > 500)


def test_a_switch_gives_each_its_words_and_breaks_the_longest(qtbot):
    sites = (("a", "Alle"), ("b", "Stadhuis"), ("c", "Deelkantoor Kortbeek"))
    made = Segmented("Locatie", sites, value="a")
    qtbot.addWidget(made)
    made.setFixedWidth(242)
    widths = [cell.width() for cell in made.cells()]
    assert sum(widths) == pytest.approx(242)
    shown = [made._lines(text, w) for (_key, text), w in zip(sites, widths, strict=True)]
    assert shown == [("Alle",), ("Stadhuis",), ("Deelkantoor", "Kortbeek")]


def test_cells_are_alike_while_all_fit_and_only_the_widest_give_way():
    assert shares([30, 40], [30, 40], 100) == [50, 50]
    assert shares([30, 200, 40], [30, 150, 40], 120) == [30, 50, 40]
