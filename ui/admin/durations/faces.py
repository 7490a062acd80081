"""Terms of products as they are read."""

from dataclasses import asdict, fields

from loket.appointments.messages import Terms
from loket.appointments.rules.lengths import usual_terms
from loket.catalogue.messages import Access, Product
from loket.kit.i18n import Words, mark
from ui.admin.durations.state import ProductLine, Values
from ui.core.directory import Directory

HEADS = (
    mark("Product"),
    mark("Minutes"),
    mark("Each more"),
    mark("Buffer"),
    mark("Notice"),
    mark("Set by"),
)


def values_of(product: Product, terms: Terms | None) -> Values:
    """What holds for a product now."""
    if terms is None:
        return Values(**asdict(usual_terms(product.usual_minutes)))
    return Values(**{field.name: getattr(terms, field.name) for field in fields(Values)})


def line_of(product: Product, terms: Terms | None, words: Words) -> ProductLine:
    values = values_of(product, terms)
    cells = (
        product.name,
        words("{minutes} min", minutes=values.minutes),
        words("+ {minutes} min", minutes=values.extra_person_minutes),
        words("{minutes} min", minutes=values.buffer_minutes) if values.buffer_minutes else "–",
        words("{hours} h", hours=values.notice_hours) if values.notice_hours else "–",
        _set_by(product, terms, words),
    )
    return ProductLine(product.id, cells)


def _set_by(product: Product, terms: Terms | None, words: Words) -> str:
    if product.access is Access.WALK_IN:
        return words("walk-in")
    return words("the town") if terms is not None else words("usual")


def place_of(product: Product, directory: Directory) -> str:
    services = {service.id: service.name for service in directory.catalogue.services}
    department = directory.department_of(product)
    names = [department.name if department else "", services.get(product.service_id, "")]
    return " · ".join(dict.fromkeys(name for name in names if name))
