"""Everything the screen shows while a report is taken down, as plain values."""

from dataclasses import dataclass, field

from loket.geography.messages import TownMap
from loket.geography.rules.spots import Spot
from loket.reports.rules.kinds import AnswerBy, Audience, ReportKind, Urgency
from loket.visits.messages import Channel
from ui.widgets.results import Result


@dataclass(frozen=True)
class CategoryRow:
    """A category that may be meant; without ``percent`` the clerk looked it up."""

    id: str
    name: str
    detail: str
    percent: int | None
    chosen: bool


@dataclass(frozen=True)
class CategoryState:
    rows: tuple[CategoryRow, ...] = ()
    note: str = ""
    """What stands where there are no rows."""
    query: str = ""
    hits: tuple[Result, ...] | None = None
    """None: nobody is looking one up."""


@dataclass(frozen=True)
class FileFace:
    id: str
    name: str
    picture: bytes | None
    """A small JPEG; None: no photo."""


@dataclass(frozen=True)
class FilesState:
    files: tuple[FileFace, ...] = ()
    count: str = ""
    wrong: str = ""
    can_add: bool = True
    reading: bool = False


@dataclass(frozen=True)
class PlaceState:
    text: str = ""
    nowhere: bool = False
    known: bool = False
    """It stands on the map."""
    hits: tuple[Result, ...] | None = None
    point: Spot | None = None
    map: TownMap | None = None
    """None: the town has none, or it is not here yet."""


@dataclass(frozen=True)
class LikeRow:
    """A report that may be about the same, by its number on the map."""

    number: int
    id: str
    reference: str
    chip: str
    icon: str
    tone: str
    title: str
    detail: str
    chosen: bool
    point: Spot | None = None


@dataclass(frozen=True)
class AlikeState:
    rows: tuple[LikeRow, ...] = ()
    within: str = ""
    note: str = ""


@dataclass(frozen=True)
class ReporterState:
    name: str = ""
    on_behalf_of: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    from_card: bool = False
    """The name stands as the eID said it."""
    reading_card: bool = False
    answer_by: AnswerBy = AnswerBy.MAIL
    shown: tuple[str, ...] = ("email",)
    """Which of email, phone and address are asked."""
    phone_label: str = ""
    wrongs: dict[str, str] = field(default_factory=dict)
    language: str = "nl"
    languages: tuple[str, ...] = ("nl",)
    channel: Channel = Channel.DESK


@dataclass(frozen=True)
class TermFace:
    title: str
    due: str
    why: str


@dataclass(frozen=True)
class DangerFace:
    """Who hears of it at once; ``urgent``: nobody does, so that somebody must call."""

    text: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class TakingState:
    """One report that is being typed."""

    draft_id: str = ""
    title: str = ""
    visit: str = ""
    kind: ReportKind = ReportKind.ISSUE
    text: str = ""
    count: str = ""
    text_wrong: str = ""
    restored: str = ""
    urgency: Urgency = Urgency.NORMAL
    audience: Audience = Audience.TOWN_ONLY
    category: CategoryState = CategoryState()
    files: FilesState = FilesState()
    place: PlaceState = PlaceState()
    alike: AlikeState = AlikeState()
    reporter: ReporterState = ReporterState()
    terms: tuple[TermFace, ...] = ()
    danger: DangerFace = DangerFace()
    main: str = ""
    only: str = ""
    busy: bool = False

    @property
    def can_read_eid(self) -> bool:
        """Not while the form is on its way, nor twice at once."""
        return not (self.busy or self.reporter.reading_card)

    @property
    def suggestions(self) -> bool:
        """Whether there is anything under Ctrl+1."""
        return bool(self.category.rows)
