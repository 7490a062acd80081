"""Everything the screen of appointments shows, as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from loket.appointments.rules.life import CancelReason, PartOfDay

ALL_SITES = ""


# The left panel: what is asked for, and when it is free


@dataclass(frozen=True)
class ProductHit:
    """A product that was found."""

    id: str
    name: str
    detail: str
    icon: str


@dataclass(frozen=True)
class MomentFace:
    """A free moment as a button."""

    site_id: str
    starts_at: datetime
    text: str
    spoken: str
    chosen: bool = False


@dataclass(frozen=True)
class FreeDayFace:
    """The free moments of a day at a site."""

    key: str
    title: str
    hint: str
    moments: tuple[MomentFace, ...]
    more: int = 0
    """So many more there are."""


@dataclass(frozen=True)
class SearchState:
    """What is asked for, and the first free moments."""

    departments: tuple[tuple[str, str], ...] = ()
    department: str = ""
    query: str | None = None
    """What is typed to find a product; None: nothing is being looked for."""
    hits: tuple[ProductHit, ...] = ()
    hit: int = 0
    products: tuple[tuple[str, str], ...] = ()
    """Id and name, the first decides."""
    adding: bool = False
    """Another product is being looked for, besides these."""
    minutes: str = ""
    access: str = ""
    access_icon: str = ""
    sites: tuple[tuple[str, str], ...] = ()
    site: str = ALL_SITES
    persons: int = 1
    part: PartOfDay = PartOfDay.ANY
    days: tuple[FreeDayFace, ...] = ()
    none: str = ""
    reading: bool = False
    can_later: bool = False
    can_wish: bool = False


# The calendar


class Look(StrEnum):
    """How a block is drawn: what became of it."""

    BOOKED = "booked"
    LATE = "late"
    ARRIVED = "arrived"
    CALLED = "called"
    SERVING = "serving"
    DONE = "done"
    ABSENT = "absent"
    CANCELLED = "cancelled"
    HELD = "held"
    OWN = "own"


@dataclass(frozen=True)
class Block:
    """Something in a calendar."""

    key: str
    look: Look
    start: int
    end: int
    lane: int
    title: str
    detail: str
    spoken: str
    starts_at: datetime


@dataclass(frozen=True)
class SlotFace:
    """One step of the grid, with what is left of it."""

    start: int
    end: int
    places: int
    taken: int
    starts_at: datetime
    past: bool
    spoken: str

    @property
    def left(self) -> int:
        return max(0, self.places - self.taken)


@dataclass(frozen=True)
class Opening:
    start: int
    end: int
    places: int


@dataclass(frozen=True)
class DayColumn:
    """One day of a calendar."""

    day: date
    title: str
    spoken: str
    today: bool
    free: str
    filled: float
    """From 0 to 1; below 0: nothing is offered."""
    reason: str
    lanes: int
    grid: int
    openings: tuple[Opening, ...] = ()
    slots: tuple[SlotFace, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class CalendarState:
    """The middle of the screen."""

    title: str = ""
    week: str = ""
    by_day: bool = False
    columns: tuple[DayColumn, ...] = ()
    now_day: date | None = None
    now_minute: int = 0
    now: str = ""
    chosen: str = ""
    """Key of the block whose file is open."""
    banner: str = ""
    reading: bool = False
    problem: str = ""
    """Why there is no calendar to show."""


# The dock


class DockMode(StrEnum):
    TODAY = "today"
    FORM = "form"
    FILE = "file"
    MOVE = "move"
    WISH = "wish"


@dataclass(frozen=True)
class Moment:
    """What the head of a form says of the moment that is talked about."""

    when: str
    product: str
    detail: str
    was: str = ""
    """From where it moves."""


@dataclass(frozen=True)
class Near:
    """Another moment, offered instead of one that was taken."""

    starts_at: datetime
    text: str


@dataclass(frozen=True)
class ContactFace:
    """Whose appointment it is, as typed, and what is wrong with it."""

    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = "nl"
    note: str = ""
    from_card: bool = False
    """The name stands as the eID said it."""
    reading_card: bool = False
    mail: bool = False
    sms: bool = False
    paper: bool = False
    remind: bool = True
    name_wrong: str = ""
    phone_wrong: str = ""
    email_wrong: str = ""
    phone_right: bool = False
    email_right: bool = False
    no_mail: str = "…"
    """Why no confirmation can go by mail; empty: it can."""
    no_sms: str = "…"


@dataclass(frozen=True)
class FormState:
    """A new appointment, a move, a wish, or other ways to reach somebody."""

    title: str = ""
    moment: Moment | None = None
    contact: ContactFace = field(default_factory=ContactFace)
    languages: tuple[str, ...] = ("nl",)
    bring: str = ""
    held: str = ""
    """What is said of the hold: until when, or that it lapsed."""
    held_wrong: bool = False
    problem: str = ""
    near: tuple[Near, ...] = ()
    can_request: bool = False
    """The server is away: a request can be noted."""
    main: str = ""
    busy: bool = False
    anyone: bool = True
    """Whether the person is asked for."""
    confirms: bool = True
    wishes: bool = False
    """Whether it asks for a period."""
    first_day: date | None = None
    last_day: date | None = None
    part: PartOfDay = PartOfDay.ANY


@dataclass(frozen=True)
class StepFace:
    text: str
    detail: str
    icon: str


@dataclass(frozen=True)
class FileState:
    """An appointment with its history, and what can be done with it."""

    id: str = ""
    reference: str = ""
    chip: str = ""
    chip_icon: str = ""
    chip_tone: str = "done"
    name: str = ""
    when: str = ""
    product: str = ""
    detail: str = ""
    reach: tuple[tuple[str, str], ...] = ()
    """Icon and text."""
    steps: tuple[StepFace, ...] = ()
    can_check_in: bool = False
    can_undo: bool = False
    can_move: bool = False
    can_cancel: bool = False
    can_change: bool = False
    can_no_show: bool = False
    anyway: str = ""
    """Why checking in was refused, when it can be done all the same."""
    cancelling: bool = False
    reasons: tuple[tuple[CancelReason, str], ...] = ()
    busy: bool = False


@dataclass(frozen=True)
class AppointmentLine:
    """A row of a list."""

    id: str
    time: str
    title: str
    detail: str
    look: Look
    chip: str
    can_check_in: bool


@dataclass(frozen=True)
class WishLine:
    id: str
    title: str
    detail: str
    chip: str
    tone: str
    offered: bool


@dataclass(frozen=True)
class TodayState:
    """What the dock shows while nothing is chosen."""

    title: str = ""
    place: str = ""
    query: str = ""
    found: bool = False
    lines: tuple[AppointmentLine, ...] = ()
    none: str = ""
    more: str = ""
    wishes: tuple[WishLine, ...] = ()
    waiting: str = ""


@dataclass(frozen=True)
class AppointmentsState:
    """All of it."""

    search: SearchState = field(default_factory=SearchState)
    calendar: CalendarState = field(default_factory=CalendarState)
    mode: DockMode = DockMode.TODAY
    today: TodayState = field(default_factory=TodayState)
    form: FormState = field(default_factory=FormState)
    file: FileState = field(default_factory=FileState)

    @property
    def can_confirm(self) -> bool:
        """Ctrl+Enter does something."""
        return self.mode in {DockMode.FORM, DockMode.MOVE, DockMode.WISH} and not self.form.busy

    @property
    def can_read_eid(self) -> bool:
        """Where a name is asked; not twice at once."""
        asks = self.mode in {DockMode.FORM, DockMode.WISH} and self.form.anyone
        return asks and not (self.form.busy or self.form.contact.reading_card)

    @property
    def can_check_in(self) -> bool:
        return self.mode is DockMode.FILE and self.file.can_check_in

    @property
    def can_move(self) -> bool:
        return self.mode is DockMode.FILE and self.file.can_move

    @property
    def can_no_show(self) -> bool:
        return self.mode is DockMode.FILE and self.file.can_no_show

    @property
    def can_undo_check_in(self) -> bool:
        return self.mode is DockMode.FILE and self.file.can_undo
