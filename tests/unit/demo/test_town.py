"""Heidebeek has the sizes and the things that PRODUCT and the pictures name."""

from datetime import date

import pytest

from loket.catalogue.messages import Access
from loket.catalogue.search import ProductIndex
from loket.demo.history.demand import _ASKED, DAILY

MONDAY, FRIDAY, SATURDAY = date(2026, 3, 16), date(2026, 3, 20), date(2026, 3, 21)


def test_the_files_have_no_problem(plan):
    assert plan.problems == ()


def test_the_sizes_of_the_town(town):
    catalogue, _ = town
    sizes = (len(catalogue.departments), len(catalogue.services), len(catalogue.products))
    assert sizes == (13, 65, 1281)
    assert [site.name for site in catalogue.sites] == ["Stadhuis", "Deelkantoor Kortbeek"]


@pytest.mark.parametrize(
    ("name", "minutes", "cents", "access", "queue"),
    [
        ("Identiteitskaart – aanvraag", 12, 2500, Access.BOTH, "q-burgerzaken"),
        ("Rijbewijs – aanvraag", 10, 3100, Access.BOTH, "q-burgerzaken"),
        ("Rijbewijs – afhalen", 3, None, Access.WALK_IN, "q-snelloket"),
        ("Internationaal rijbewijs", 6, 2100, Access.WALK_IN, "q-snelloket"),
        ("Voorlopig rijbewijs", 10, 3100, Access.BOTH, "q-burgerzaken"),
        ("Rijbewijs – buitenlands omwisselen", 30, 3100, Access.APPOINTMENT, "q-burgerzaken"),
        ("Adreswijziging", 10, None, Access.BOTH, "q-burgerzaken"),
        ("Uittreksel strafregister", 4, 500, Access.WALK_IN, "q-snelloket"),
        ("Huisvuilzakken", 3, 1500, Access.WALK_IN, "q-snelloket"),
        ("Omgevingsloket", 20, None, Access.BOTH, "q-omgeving"),
        ("Sociaal Huis", 20, None, Access.WALK_IN, "q-sociaal-huis"),
    ],
)
def test_the_products_of_the_pictures(town, name, minutes, cents, access, queue):
    catalogue, _ = town
    product = next(product for product in catalogue.products if product.name == name)
    assert (product.usual_minutes, product.fee_cents, product.access) == (minutes, cents, access)
    queues = [q.id for q in catalogue.queues if product.service_id in q.service_ids]
    assert queues[0] == queue


def test_the_quick_keys_of_picture_01(town):
    catalogue, _ = town
    names = {product.id: product.name for product in catalogue.products}
    keys = [q for q in catalogue.quick_products if q.site_id == "site-stadhuis"]
    assert [names[key.product_id] for key in keys] == [
        "Identiteitskaart – aanvraag",
        "eID of reispas afhalen",
        "Adreswijziging",
        "Uittreksel strafregister",
        "Reispas – aanvraag",
        "Huisvuilzakken",
        "Kids-ID – aanvraag",  # a report takes this place once desks can take one
        "Omgevingsloket",
        "Sociaal Huis",
    ]


def test_every_queue_has_a_counter_and_every_counter_queue_is_near(town):
    catalogue, _ = town
    served = {queue for counter in catalogue.counters for queue in counter.first_choice}
    assert {queue.id for queue in catalogue.queues} == served


def test_every_product_but_reports_can_be_had_at_the_town_hall(town):
    catalogue, _ = town
    served = {s for q in catalogue.queues if q.site_id == "site-stadhuis" for s in q.service_ids}
    assert {service.id for service in catalogue.services} - served == {"srv-meldingen"}


def test_prefixes_are_told_apart_within_a_site(town):
    catalogue, _ = town
    for site in catalogue.sites:
        walk_in = [q.walk_in_prefix for q in catalogue.queues if q.site_id == site.id]
        assert len(walk_in) == len(set(walk_in))


def test_texts_are_written_with_care(town):
    catalogue, _ = town
    for product in catalogue.products:
        texts = [product.name, product.short_name, product.clerk_text, *product.bring]
        assert not any(text != text.strip() or "  " in text or "'" in text for text in texts)
        assert product.name[:1].isupper() or product.name.startswith(("eID", "itsme"))
        assert not product.clerk_text.endswith(("!", "…"))


def test_the_hours_of_the_week(town):
    _, table = town

    def hours(day: date, queue: str | None = None) -> list[str]:
        found = table.on(day, site_id="site-stadhuis", queue_id=queue)
        return [f"{p.opens_at:%H:%M}-{p.closes_at:%H:%M}" for p in found.periods]

    assert hours(MONDAY) == ["08:00-11:00", "12:30-17:00"]
    assert hours(MONDAY, "q-snelloket") == ["08:00-17:00"]
    assert hours(FRIDAY, "q-burgerzaken") == ["08:00-11:00"]
    assert hours(SATURDAY) == []
    assert hours(SATURDAY, "q-snelloket") == ["08:00-11:00"]
    assert hours(date(2025, 12, 25)) == []
    assert hours(date(2025, 12, 24), "q-snelloket") == ["08:00-11:00"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("eid", "eID of reispas afhalen"),
        ("eid", "Identiteitskaart – aanvraag"),
        ("ident", "Identiteitskaart – aanvraag"),
        ("verhuiz", "Adreswijziging"),
        ("paspoort", "Reispas – aanvraag"),
        ("goed gedrag", "Uittreksel strafregister"),
        ("vuilzak", "Huisvuilzakken"),
        ("omgev", "Omgevingsloket"),
        ("ocmw", "Sociaal Huis"),
        ("trouwen", "Huwelijk – aangifte"),
        ("rijbweijs buitenl", "Rijbewijs – buitenlands omwisselen"),
    ],
)
def test_what_clerks_type_finds_what_they_mean(town, typed, first):
    catalogue, _ = town
    found = [hit.product.name for hit in ProductIndex(catalogue).search(typed)]
    assert first in found[:3]


def test_demand_is_for_what_exists(town):
    catalogue, _ = town
    assert set(_ASKED) <= {product.code for product in catalogue.products}
    assert set(DAILY) == {queue.code for queue in catalogue.queues}
