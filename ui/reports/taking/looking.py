"""What is looked up while the clerk types: category, place, reports alike, files."""

from functools import partial
from pathlib import Path

from loket.geography.messages import AddressHit
from loket.geography.rules.spots import Spot
from loket.kit.text import folded
from loket.reports.messages.suggesting import Suggestions
from loket.reports.messages.taking import AttachFile, Category, LikeAsked, LikeReports
from loket.reports.rules.attachments import MOST_FILES, TooManyAttachments
from loket.reports.rules.kinds import TEXT_LENGTH
from loket.reports.rules.suggesting import LIKELY, Suggested
from ui.core.sentences import describe
from ui.reports.taking.draft import sayable
from ui.reports.taking.files import Attached
from ui.reports.taking.model import TakingModel

_MOST_HITS = 7
_MOST_LIKE = 3

Read = tuple[AttachFile, bytes | None]


class LookingModel(TakingModel):
    """Answers come later and off this thread; only the newest counts."""

    # category

    def _suggest(self) -> None:
        self._tasks.run(
            partial(self._desk.reports.suggest, self._draft.text[:TEXT_LENGTH]),
            owner=self,
            done=self._on_suggested,
            failed=self._on_nothing,
            latest="suggest",
        )

    def _on_suggested(self, answer: Suggestions) -> None:
        found = tuple(Suggested(one.category_id, one.hundredths) for one in answer.suggestions)
        self._suggested = found
        if not self._draft.by_hand:
            likely = found[0].id if found and found[0].confidence >= LIKELY else ""
            if likely != self._draft.category_id:
                self._draft = self._draft.model_copy(update={"category_id": likely})
                self._ask_likes.start()
        self._refresh()

    def choose_suggestion(self, number: int) -> None:
        """By its place from 1 on; choosing it again takes the choice off."""
        rows = self.state.category.rows
        if 1 <= number <= len(rows):
            self.choose_category(rows[number - 1].id)

    def choose_category(self, category_id: str) -> None:
        chosen = "" if category_id == self._draft.category_id else category_id
        self._query, self._found = None, ()
        self._ask_likes.start()
        self._change(category_id=chosen, by_hand=True)

    def search_category(self, text: str) -> None:
        """Among all of them, by name and keyword."""
        self._query = text if text.strip() else None
        self._found, self._hit = tuple(self._categories_like(text)), 0
        self._refresh()

    def _categories_like(self, text: str) -> list[Category]:
        wanted = folded(text).split()
        if not wanted:
            return []
        found = [
            (name.find(wanted[0]) % _FAR, name, one)
            for one in self._open_categories()
            for name in [folded(one.name)]
            if all(part in f"{name} {folded(' '.join(one.keywords))}" for part in wanted)
        ]
        return [one for _place, _name, one in sorted(found, key=lambda it: it[:2])][:_MOST_HITS]

    def move_category(self, step: int) -> None:
        self._hit = max(0, min(self._hit + step, len(self._found) - 1))
        self._refresh()

    def take_category(self) -> None:
        """The one that is pointed at in the list."""
        if self._found:
            wanted = self._found[self._hit].id
            if wanted == self._draft.category_id:
                self.leave_category()
            else:
                self.choose_category(wanted)

    def leave_category(self) -> None:
        self._query, self._found = None, ()
        self._refresh()

    # place

    def type_place(self, text: str) -> None:
        """What is typed need not be on any map."""
        self._place_hit = 0
        self._ask_likes.start()
        self._change(where=text, street_id="", lat=None, lon=None, nowhere=False)
        if not text.strip():
            self.leave_place()
        else:
            self._tasks.run(
                partial(self._desk.geography.search, text),
                owner=self,
                done=partial(self._on_places, text),
                failed=self._on_no_places,
                latest="place",
            )

    def _on_places(self, text: str, found: tuple[AddressHit, ...]) -> None:
        if text == self._draft.where and self._draft.lat is None:
            self._found_places = found
            self._refresh()

    def _on_no_places(self, _error: Exception) -> None:
        """A desk without a map: an address is kept as it is typed."""
        self.leave_place()

    def move_place(self, step: int) -> None:
        many = len(self._found_places or ())
        self._place_hit = max(0, min(self._place_hit + step, many - 1))
        self._refresh()

    def take_place(self, place: int | None = None) -> None:
        """The address that is pointed at, or the one of that place in the list."""
        found = self._found_places or ()
        at = self._place_hit if place is None else place
        if not 0 <= at < len(found):
            return
        self._stand_at(found[at].spot, found[at])

    def point_at(self, spot: Spot) -> None:
        """A place on the map; near which address it is comes a moment later."""
        self._stand_at(spot, None)
        self._tasks.run(
            partial(self._desk.geography.nearest, spot),
            owner=self,
            done=partial(self._on_nearest, spot),
            failed=self._on_no_places,
            latest="nearest",
        )

    def _on_nearest(self, spot: Spot, found: AddressHit | None) -> None:
        if found is not None and (self._draft.lat, self._draft.lon) == (spot.lat, spot.lon):
            self._change(where=found.label, street_id=found.street_id)

    def _stand_at(self, spot: Spot, address: AddressHit | None) -> None:
        self._found_places = None
        self._ask_likes.start()
        self._change(
            where=address.label if address else "",
            street_id=address.street_id if address else "",
            lat=spot.lat,
            lon=spot.lon,
            nowhere=False,
        )

    def leave_place(self) -> None:
        self._found_places = None
        self._refresh()

    def toggle_nowhere(self) -> None:
        """It is not about a place, or it is after all."""
        self._found_places = None
        self._ask_likes.start()
        wanted = not self._draft.nowhere
        self._change(nowhere=wanted, where="", street_id="", lat=None, lon=None)

    # what is like it

    def _find_likes(self) -> None:
        draft = self._draft
        text = sayable(draft.text)[:TEXT_LENGTH]
        if not text.strip() and draft.lat is None:
            self._likes, self._likes_failed = None, False
            self._refresh()
            return
        asked = LikeAsked(
            text=text,
            category_id=draft.category_id or None,
            lat=draft.lat,
            lon=draft.lon,
            many=_MOST_LIKE,
        )
        self._tasks.run(
            partial(self._desk.reports.like, asked),
            owner=self,
            done=partial(self._on_likes, draft.id),
            failed=self._on_no_likes,
            latest="like",
        )

    def _on_likes(self, draft_id: str, found: LikeReports) -> None:
        if draft_id == self._draft.id:
            self._likes, self._likes_failed = found, False
            self._refresh()

    def _on_no_likes(self, _error: Exception) -> None:
        """Nobody waits for it: the list itself says that nothing was compared."""
        self._likes, self._likes_failed = None, True
        self._refresh()

    def link_to(self, report_id: str) -> None:
        """The citizen joins that report; pressed again, not after all."""
        joined = self._draft.linked
        if joined is not None and joined.id == report_id:
            self._change(linked=None)
            return
        every = self._likes.reports if self._likes else []
        found = next((one for one in every if one.id == report_id), None)
        if found is not None:
            self._change(linked=found)

    # files

    def add_files(self, paths: list[Path]) -> None:
        """Chosen, or dropped on the screen."""
        for path in paths:
            if self._has_room(path.name):
                self._read(path.name, partial(self._desk.reports.read_file, path))

    def add_picture(self, name: str, content: bytes) -> None:
        """What was pasted."""
        if self._has_room(name):
            self._read(name, partial(self._desk.reports.read_picture, name, content))

    def _has_room(self, name: str) -> bool:
        room = len(self._files) + self._reading < MOST_FILES
        if not room:
            self._on_unread(self._draft.id, name, TooManyAttachments(limit=MOST_FILES))
        return room

    def _read(self, name: str, work: "partial[Read]") -> None:
        self._reading += 1
        self._files_wrong = ""
        self._refresh()
        self._tasks.run(
            work,
            owner=self,
            done=partial(self._on_read, self._draft.id),
            failed=partial(self._on_refused, self._draft.id, name),
        )

    def _on_read(self, draft_id: str, read: Read) -> None:
        if draft_id != self._draft.id:
            return
        self._reading -= 1
        self._files = (*self._files, Attached(*read))
        self._change()
        self._keep_files()

    def _on_refused(self, draft_id: str, name: str, error: Exception) -> None:
        if draft_id == self._draft.id:
            self._reading -= 1
            self._on_unread(draft_id, name, error)

    def _on_unread(self, draft_id: str, name: str, error: Exception) -> None:
        if draft_id == self._draft.id:
            self._files_wrong = f"{name}: {describe(error, self._words).text}"
            self._refresh()

    def drop_file(self, file_id: str) -> None:
        self._files = tuple(one for one in self._files if one.file.id != file_id)
        self._files_wrong = ""
        self._change()
        self._keep_files()


_FAR = 10_000
"""Where a name does not hold the word (find gives -1): after all that do."""
