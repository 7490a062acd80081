"""What stands in letters by post, gathered from messages and the catalogue."""

from collections.abc import Sequence
from datetime import datetime

from loket.appointments.messages import Appointment, Misfit
from loket.catalogue.citizens import languages_of
from loket.catalogue.messages import Catalogue
from loket.paper.facts import LetterFacts, ReplyLetterFacts
from loket.reports.messages.following import LetterToPost


def letter_facts(
    misfits: Sequence[Misfit], catalogue: Catalogue, *, written_at: datetime
) -> list[LetterFacts]:
    """One letter each. What is confidential has no product on paper: an envelope is opened."""
    return [_letter(misfit.appointment, catalogue, written_at) for misfit in misfits]


def reply_letter_facts(
    letters: Sequence[LetterToPost], catalogue: Catalogue, *, site_id: str
) -> list[ReplyLetterFacts]:
    """Replies to reports, from the site where they are printed."""
    town = catalogue.town
    site = next((site for site in catalogue.sites if site.id == site_id), None)
    return [
        ReplyLetterFacts(
            reference=one.reference,
            name=one.name,
            address=one.address,
            language=one.language if one.language in languages_of(town) else "nl",
            title=one.title,
            text=one.text,
            written_at=one.written_at,
            town=town.name,
            site=site.name if site else "",
            site_address=site.address if site else "",
            phone=town.phone,
            phone_hours=town.phone_hours,
            email=town.email,
        )
        for one in letters
    ]


def _letter(one: Appointment, catalogue: Catalogue, written_at: datetime) -> LetterFacts:
    town = catalogue.town
    site = next((site for site in catalogue.sites if site.id == one.site_id), None)
    language = str(one.language)
    return LetterFacts(
        reference=one.reference,
        name=one.name,
        language=language if language in languages_of(town) else "nl",
        starts_at=one.starts_at,
        product=_products(one.product_ids, catalogue),
        written_at=written_at,
        town=town.name,
        site=site.name if site else "",
        site_address=site.address if site else "",
        phone=town.phone,
        phone_hours=town.phone_hours,
        email=town.email,
    )


def _products(ids: Sequence[str], catalogue: Catalogue) -> str:
    secret = {part.id for part in catalogue.departments if part.confidential}
    quiet = {service.id for service in catalogue.services if service.department_id in secret}
    found = {product.id: product for product in catalogue.products}
    known = [found[ident] for ident in ids if ident in found]
    if any(product.service_id in quiet for product in known):
        return ""
    return " + ".join(product.name for product in known)
