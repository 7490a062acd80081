"""What was typed, and the products it found."""

from loket.catalogue.messages import Access, Product
from loket.catalogue.search import Hit, ProductIndex
from loket.kit.i18n import Words
from ui.core.directory import Directory
from ui.core.waiting import QueueFigures
from ui.welcome import faces
from ui.welcome.state import Suggestion

LIMIT = 8


class Finding:
    """The search of the welcome desk: best products first."""

    def __init__(self) -> None:
        self._index: ProductIndex | None = None
        self._query = ""
        self._hits: list[Hit] = []
        self.first_free: dict[str, str] = {}
        """The first free moment of what is by appointment only, as it is shown."""

    def __len__(self) -> int:
        return len(self._hits)

    def take(self, index: ProductIndex) -> None:
        """Search in another catalogue from now on."""
        self._index = index
        self.search(self._query)

    def search(self, text: str) -> None:
        self._query = text
        self._hits = self._index.search(text, LIMIT) if self._index and text.strip() else []

    def product(self, place: int) -> Product | None:
        return self._hits[place].product if 0 <= place < len(self._hits) else None

    def by_appointment(self) -> list[str]:
        """Ids of what was found that is by appointment only and was not looked up yet."""
        found = [hit.product for hit in self._hits if hit.product.access is Access.APPOINTMENT]
        return [product.id for product in found if product.id not in self.first_free]

    def rows(
        self, directory: Directory, figures: dict[str, QueueFigures], words: Words
    ) -> tuple[Suggestion, ...]:
        """Give what was found as the list shows it."""
        return tuple(
            faces.suggestion(
                hit.product,
                hit.spans or faces.typed_in(hit.product.name, self._query),
                directory=directory,
                figures=figures,
                words=words,
                first_free=self.first_free.get(hit.product.id, ""),
            )
            for hit in self._hits
        )
