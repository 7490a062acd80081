"""What can be asked of the catalogue in vain."""

from loket.kit.errors import NotFound


class UnknownProduct(NotFound):
    code = "catalogue.unknown_product"


class UnknownQueue(NotFound):
    code = "catalogue.unknown_queue"


class UnknownSite(NotFound):
    code = "catalogue.unknown_site"


class UnknownCounter(NotFound):
    code = "catalogue.unknown_counter"
