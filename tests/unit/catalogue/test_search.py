"""Finding products: what a clerk types, what must come first."""

from datetime import UTC, datetime

import pytest

from loket.catalogue.messages import Access, Catalogue, Product, QuickProduct, Town
from loket.catalogue.search import ProductIndex


def a_product(name: str, *synonyms: str, short_name: str = "") -> Product:
    return Product(
        id=name,
        code=name,
        name=name,
        short_name=short_name,
        synonyms=list(synonyms),
        service_id="s",
        access=Access.WALK_IN,
        usual_minutes=10,
        mean_service_seconds=600,
        asked=0,
        bring=[],
        fee_cents=None,
        clerk_text="",
        links=[],
        icon="ph.car",
    )


def a_catalogue(*products: Product, quick: tuple[str, ...] = ()) -> Catalogue:
    town = Town(
        name="Heidebeek",
        phone="",
        email="",
        phone_hours="",
        privacy_email="",
        public_address="",
        slip_languages=[],
    )
    return Catalogue(
        version="1",
        made_at=datetime(2026, 3, 16, 8, tzinfo=UTC),
        town=town,
        sites=[],
        departments=[],
        services=[],
        queues=[],
        counters=[],
        products=list(products),
        quick_products=[
            QuickProduct(site_id="s", place=nr, product_id=name) for nr, name in enumerate(quick, 1)
        ],
        priority_reasons=[],
    )


PRODUCTS = (
    a_product("Rijbewijs – aanvraag", "rijexamen", short_name="Rijbewijs"),
    a_product("Rijbewijs – afhalen"),
    a_product("Internationaal rijbewijs"),
    a_product("Voorlopig rijbewijs", "L-plaat"),
    a_product("Identiteitskaart – aanvraag", "eID", "paspoort van België", short_name="eID"),
    a_product("Identiteitskaart – afhalen", "eID"),
    a_product("Reispas – aanvraag", "paspoort", "internationaal paspoort"),
    a_product("Reispas met één handtekening", "zonder gezinsleden"),
    a_product("Bewijs van woonst", "woonstbewijs", "attest"),
    a_product("Uittreksel strafregister", "bewijs van goed gedrag en zeden"),
    a_product("Parkeerkaart voor bewoners"),
    a_product("Première in de schouwburg"),
)
INDEX = ProductIndex(a_catalogue(*PRODUCTS))


def names(text: str, index: ProductIndex = INDEX) -> list[str]:
    return [hit.product.name for hit in index.search(text)]


def test_one_letter_finds_names_that_begin_with_it_first():
    assert set(names("r")[:4]) == {
        "Rijbewijs – aanvraag",
        "Rijbewijs – afhalen",
        "Reispas – aanvraag",
        "Reispas met één handtekening",
    }
    assert set(names("r")[4:]) >= {"Internationaal rijbewijs", "Voorlopig rijbewijs"}


def test_the_order_of_ways_to_match():
    found = names("bewijs")
    assert found[0] == "Bewijs van woonst"
    assert found[1] == "Uittreksel strafregister"  # a synonym word
    assert {"Rijbewijs – aanvraag", "Internationaal rijbewijs"} <= set(found[2:])


def test_a_synonym_finds_the_product():
    assert names("eid")[:2] == ["Identiteitskaart – aanvraag", "Identiteitskaart – afhalen"]
    assert names("goed gedrag") == ["Uittreksel strafregister"]


@pytest.mark.parametrize(
    "typed",
    ["rijbweijs aanvraag", "rijbwijs aanvraag", "ijbewijs aanvraag", "ribewijs aanvr"],
)
def test_small_typos_are_forgiven(typed: str):
    assert names(typed)[0] == "Rijbewijs – aanvraag"


def test_a_long_word_forgives_two_slips_also_before_it_is_complete():
    assert set(names("identietskaart")[:2]) == {
        "Identiteitskaart – aanvraag",
        "Identiteitskaart – afhalen",
    }
    assert set(names("idnetitiet")[:2]) == set(names("identietskaart")[:2])


def test_a_short_word_forgives_nothing():
    assert names("rjs") == []


def test_no_typo_is_looked_for_while_something_fits():
    assert names("reis") == ["Reispas – aanvraag", "Reispas met één handtekening"]


def test_words_in_any_order():
    assert names("afhalen rijb") == ["Rijbewijs – afhalen"]
    assert names("hand reisp") == ["Reispas met één handtekening"]


def test_small_words_between_do_not_matter():
    assert names("aanvraag van een rijbewijs") == ["Rijbewijs – aanvraag"]
    assert names("aanvraag van ") == names("aanvraag")


def test_one_word_too_many_still_finds():
    assert names("rijbewijs zeppelin") == names("rijbewijs")


def test_accents_and_capitals_are_ignored_both_ways():
    assert names("EEN HANDT") == ["Reispas met één handtekening"]
    assert names("premiere") == ["Première in de schouwburg"]
    assert names("réispas")[0].startswith("Reispas")


@pytest.mark.parametrize(
    ("typed", "name", "spans"),
    [
        ("rijb", "Rijbewijs – aanvraag", ((0, 4),)),
        ("rijb", "Internationaal rijbewijs", ((15, 19),)),
        ("bewijs", "Voorlopig rijbewijs", ((13, 19),)),
        ("premiere", "Première in de schouwburg", ((0, 8),)),
        ("aanvraag rijbewijs", "Rijbewijs – aanvraag", ((0, 9), (12, 20))),
        ("rijbweijs", "Voorlopig rijbewijs", ((10, 19),)),
        ("rijexamen", "Rijbewijs – aanvraag", ()),
    ],
)
def test_spans_show_what_was_typed(typed: str, name: str, spans: tuple[tuple[int, int], ...]):
    found = {hit.product.name: hit.spans for hit in INDEX.search(typed)}
    assert found[name] == spans


def test_decomposed_accents_keep_the_spans_right():
    name = "Cre\u0301che zoeken"
    hit = ProductIndex(a_catalogue(a_product(name))).search("creche")[0]
    assert name[slice(*hit.spans[0])] == "Cre\u0301che"


def test_what_is_asked_most_comes_first_among_equals():
    index = ProductIndex(a_catalogue(*PRODUCTS), asked={"Rijbewijs – aanvraag": 900})
    assert names("rijb", index)[0] == "Rijbewijs – aanvraag"
    other = ProductIndex(a_catalogue(*PRODUCTS), asked={"Rijbewijs – afhalen": 900})
    assert names("rijb", other)[0] == "Rijbewijs – afhalen"


def test_quick_products_lead_while_nothing_was_measured():
    index = ProductIndex(a_catalogue(*PRODUCTS, quick=("Identiteitskaart – aanvraag",)))
    assert names("i", index)[0] == "Identiteitskaart – aanvraag"


def test_daily_use_does_not_beat_a_better_way_to_match():
    index = ProductIndex(a_catalogue(*PRODUCTS), asked={"Internationaal rijbewijs": 100_000})
    assert names("bewijs", index)[0] == "Bewijs van woonst"


def test_the_short_name_counts_as_a_name():
    index = ProductIndex(a_catalogue(*PRODUCTS, a_product("Kaartlezer voor eID")))
    assert names("eid", index)[0] == "Identiteitskaart – aanvraag"


def test_what_is_asked_daily_passes_one_step():
    moved = a_product("Adreswijziging", "verhuizen")
    never = a_product("Energiecontract bij verhuizen")
    index = ProductIndex(a_catalogue(never, moved), asked={"Adreswijziging": 1500})
    assert names("verhuiz", index)[0] == "Adreswijziging"
    assert names("verhuiz", ProductIndex(a_catalogue(never, moved)))[0] == never.name


@pytest.mark.parametrize("typed", ["", " ", "–", "€ ,", "\u0301"])
def test_nothing_typed_finds_nothing(typed: str):
    assert names(typed) == []


def test_the_limit_holds():
    assert len(INDEX.search("a", limit=2)) == 2
