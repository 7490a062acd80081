"""Which typed addresses name another town."""

import pytest

from loket.geography.rules.addresses import names_another_town

PLACES, NAMES = {"heidebeek", "8995", "kortbeek"}, {"centrum", "kerkstraat", "markt"}


@pytest.mark.parametrize(
    "text",
    [
        "Grote Markt 1, Hasselt",
        "Grote Markt 1, 3500 Hasselt",
        "Grote Markt 1 3500 Hasselt",
        "Kerkstraat 4 bus 2, Sint-Truiden",
        "Kerkstraat, 3500 Hasselt",
    ],
)
def test_another_town_is_named(text: str) -> None:
    assert names_another_town(text, PLACES, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kerkstraat 48",
        "Kerkstraat 48, Heidebeek",
        "Kerkstraat 48, 8995 Heidebeek",
        "kerkstr 48, kortbeek",
        "Kerkstraat 48, Centrum",
        "Kerkstraat 48, achter de kerk",
        "Kerkstraat 48, bus 3",
        "Kerkstraat, Molendreef",
        "achter de kerk, bij de Markt",
    ],
)
def test_it_is_here_or_nobody_knows(text: str) -> None:
    assert not names_another_town(text, PLACES, NAMES)
