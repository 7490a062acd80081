"""Forms in which one is chosen while typing: a colleague to hand it to, a place on the map."""

from dataclasses import replace
from functools import partial
from typing import Any

from loket.geography.messages import NO_MAP_VERSION, AddressHit, TownMap
from loket.geography.rules.spots import Spot
from loket.kit.text import folded
from loket.reports.messages.handing import Colleague, Colleagues
from ui.core.map_tiles import MapTiles
from ui.reports.following import changing
from ui.reports.following.deciding import Deciding
from ui.reports.following.form_state import FindState, FormState, FoundFace, PlaceState

_MOST = 7


class Choosing(Deciding):
    """What is found comes later, and only for the form that asked for it."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._colleagues: tuple[Colleague, ...] = ()
        self._found: tuple[AddressHit, ...] = ()
        self._map: TownMap | None = None
        self.tiles = MapTiles(self._desk.geography, self._tasks, self)

    # wishes

    def start_act(self, kind: str) -> None:
        super().start_act(kind)
        form = self._forms.get(self._wanted)
        if self._file is None or form is None or form.kind != kind:
            return
        if kind == changing.HAND:
            self._colleagues = ()
            self._read(
                partial(self._desk.reports.colleagues, self._wanted),
                partial(self._on_colleagues, self._wanted),
                latest="colleagues",
                failed=self._on_form_failed,
            )
        elif kind == changing.PLACE:
            self._found = ()
            self._show_map()

    def find(self, text: str) -> None:
        """What is typed: a colleague's name, or an address."""
        form = self._forms.get(self._wanted)
        if form is None or form.find is None:
            return
        # Who typed means the first that fits; who did not, nobody yet.
        at = 0 if form.place is not None or text.strip() else -1
        self._reform(find=replace(form.find, text=text, at=at), wrong="")
        if form.place is None:
            self._show_colleagues()
            return
        self._reform(place=replace(form.place, street_id="", spot=None, nowhere=False))
        self._found = ()
        self._show_addresses()
        if text.strip():
            self._read(
                partial(self._desk.geography.search, text),
                partial(self._on_addresses, self._wanted, text),
                latest="place",
                failed=lambda _error: None,  # an address is kept as it is typed
            )

    def move_found(self, step: int) -> None:
        form = self._forms.get(self._wanted)
        if form is not None and form.find is not None and form.find.found:
            at = max(0, min(form.find.at + step, len(form.find.found) - 1))
            self._reform(find=replace(form.find, at=at))

    def take_found(self, ident: str = "") -> None:
        """The one that Enter takes, or the one that was pressed."""
        form = self._forms.get(self._wanted)
        if form is None or form.find is None:
            return
        found = form.find.found
        place = next((at for at, one in enumerate(found) if one.id == ident), form.find.at)
        if not 0 <= place < len(found):
            return
        if form.place is not None:
            hit = self._found[place]
            self._stand_at(hit.spot, hit)
            return
        self._reform(find=replace(form.find, at=place))
        if not ident:
            self.confirm_form()

    def point_at(self, spot: Spot) -> None:
        """A place on the map; near which address it is comes a moment later."""
        self._stand_at(spot, None)
        self._read(
            partial(self._desk.geography.nearest, spot),
            partial(self._on_nearest, self._wanted, spot),
            latest="nearest",
            failed=lambda _error: None,  # a point needs no address
        )

    def toggle_nowhere(self) -> None:
        """It is not about a place, or it is after all."""
        form = self._forms.get(self._wanted)
        if form is not None and form.place is not None and form.find is not None:
            self._found = ()
            place = PlaceState(nowhere=not form.place.nowhere, map=form.place.map)
            self._reform(place=place, find=FindState(form.find.label, form.find.hint), wrong="")

    # inside

    def _reform(self, **changes: Any) -> None:
        form = self._forms.get(self._wanted)
        if form is not None:
            self._forms[self._wanted] = replace(form, **changes)
            self._show_form()

    def _form_of(self, report_id: str, kind: str) -> FormState | None:
        form = self._forms.get(report_id)
        return form if form is not None and form.kind == kind else None

    def _on_form_failed(self, error: Exception) -> None:
        self._on_failed(error)

    def _on_colleagues(self, report_id: str, found: Colleagues) -> None:
        if report_id == self._wanted and self._form_of(report_id, changing.HAND):
            self._colleagues = tuple(found.colleagues)
            self._show_colleagues()

    def _show_colleagues(self) -> None:
        form, file = self._form_of(self._wanted, changing.HAND), self._file
        if form is None or form.find is None or file is None:
            return
        wanted = folded(form.find.text).split()
        fitting = [one for one in self._colleagues if _answers(one.name, wanted)]
        faces = changing.colleague_faces(
            fitting, self._town, file, me=self.me, named=bool(wanted), words=self._words
        )
        none = self._words("Nobody has this name") if wanted else ""
        self._reform(find=replace(form.find, found=faces, none=none))

    def _on_addresses(self, report_id: str, text: str, found: tuple[AddressHit, ...]) -> None:
        form = self._form_of(report_id, changing.PLACE)
        if report_id == self._wanted and form and form.find and form.find.text == text:
            self._found = found[:_MOST]
            self._show_addresses()

    def _show_addresses(self) -> None:
        form = self._form_of(self._wanted, changing.PLACE)
        if form is not None and form.find is not None:
            faces = tuple(_address(str(at), hit) for at, hit in enumerate(self._found))
            self._reform(find=replace(form.find, found=faces, at=0))

    def _stand_at(self, spot: Spot, hit: AddressHit | None) -> None:
        form = self._form_of(self._wanted, changing.PLACE)
        if form is None or form.find is None or form.place is None:
            return
        self._found = ()
        place = replace(
            form.place, spot=spot, nowhere=False, street_id=hit.street_id if hit else ""
        )
        find = replace(form.find, text=hit.label if hit else "", found=(), at=0)
        self._reform(place=place, find=find, wrong="")

    def _on_nearest(self, report_id: str, spot: Spot, found: AddressHit | None) -> None:
        form = self._form_of(report_id, changing.PLACE)
        if found is None or report_id != self._wanted or form is None:
            return
        if form.place and form.find and form.place.spot == spot:
            find = replace(form.find, text=found.label)
            self._reform(find=find, place=replace(form.place, street_id=found.street_id))

    def _show_map(self) -> None:
        self.tiles.look()
        if self._map is not None:
            self._on_map(self._wanted, self._map)
            return
        self._read(
            self._desk.geography.map,
            partial(self._on_map, self._wanted),
            latest="map",
            failed=lambda _error: None,  # a desk without a map takes the address as it is typed
        )

    def _on_map(self, report_id: str, found: TownMap) -> None:
        if found.version == NO_MAP_VERSION:
            return
        self._map = found
        form = self._form_of(report_id, changing.PLACE)
        if report_id == self._wanted and form is not None and form.place is not None:
            self._reform(place=replace(form.place, map=found))

    def forget_map(self) -> None:
        """The town imported another one: the next form asks for it."""
        self._map = None


def _answers(name: str, wanted: list[str]) -> bool:
    parts = folded(name).split()
    return all(any(part.startswith(word) for part in parts) for word in wanted)


def _address(ident: str, hit: AddressHit) -> FoundFace:
    street, _comma, town = hit.label.partition(", ")
    return FoundFace(ident, street, town, "ph.map-pin")
