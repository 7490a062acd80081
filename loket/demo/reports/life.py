"""One report from the day it is taken down, every step as the server would have written it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from loket.demo.history.chance import Chance
from loket.demo.reports.citizens import Citizen
from loket.demo.reports.dates import Dates
from loket.demo.reports.staff import Desk
from loket.kit.clock import local_day
from loket.kit.text import folded
from loket.reports.rules.flow import ReportAct, ReportState, moved
from loket.reports.rules.kinds import AnswerBy, ReportKind
from loket.reports.rules.terms import Pause

_S, _A = ReportState, ReportAct


class NotYet(Exception):
    """What comes next has not happened yet."""


class Life:
    """A report with its reporters, its history, its letters and promises."""

    def __init__(self, row: dict[str, Any], dates: Dates, chance: Chance, now: datetime) -> None:
        self.row = row
        self.reporters: list[dict[str, Any]] = []
        self.entries: list[dict[str, Any]] = []
        self.letters: list[dict[str, Any]] = []
        self.promises: list[dict[str, Any]] = []
        self._dates = dates
        self._chance = chance
        self._now = now
        self._pauses: list[Pause] = []
        self.at: datetime = row["registered_at"]

    @property
    def state(self) -> ReportState:
        return ReportState(self.row["state"])

    def until(self, moment: datetime) -> None:
        """Let time pass; :class:`NotYet` where the present comes first."""
        moment = max(moment.replace(microsecond=0), self.at)
        if moment >= self._now:
            raise NotYet
        self.at = moment

    # what the desk and the departments do

    def tell(
        self,
        act: ReportAct,
        by: Desk | None,
        *,
        text: str = "",
        channel: str = "",
        reporter: str | None = None,
        facts: Mapping[str, str | None] | None = None,
    ) -> int:
        """A line of the history; gives its number."""
        seq = len(self.entries) + 1
        self.entries.append(
            {
                "report_id": self.row["id"],
                "seq": seq,
                "act": str(act),
                "at": self.at,
                "recorded_at": max(self.at, self.row["recorded_at"]),
                "user_id": by.user_id if by else None,
                "counter_id": by.counter_id if by else None,
                "reporter_id": reporter,
                "channel": channel,
                "text": text,
                "state": self.row["state"],
                "facts": {name: value for name, value in (facts or {}).items() if value},
            }
        )
        self.row["version"] += 1
        return seq

    def move(self, act: ReportAct, by: Desk | None, *, text: str = "", **facts: str | None) -> None:
        """A step, with the day on which waiting begins or ends."""
        before = self.state
        after = moved(before, act)
        self.row["state"] = str(after)
        day = local_day(self.at)
        if before is _S.WAITING_CITIZEN:
            self._pauses[-1] = Pause(self._pauses[-1].since, day)
        if after is _S.WAITING_CITIZEN:
            self._pauses.append(Pause(day, None))
        if act is _A.RESOLVE or after in {_S.REFERRED, _S.INADMISSIBLE}:
            self.row["resolved_at"] = self.row["answered_at"] = self.at
            self.row["reaction_due"] = None
        if act is _A.CLOSE or after in {_S.REFERRED, _S.INADMISSIBLE}:
            self.row["closed_at"] = self.at
        self.tell(act, by, text=text, facts=facts)

    def assign(self, by: Desk, department_id: str | None, party_id: str | None, rule: str) -> None:
        """To whose it is; the category's own rule, or the coordinator by hand."""
        self.row["department_id"], self.row["party_id"] = department_id, party_id
        self.move(_A.ASSIGN, by, department=department_id, party=party_id, rule=rule or None)

    def start(self, by: Desk) -> None:
        self.row["handler_id"] = by.user_id
        self.move(_A.START, by, handler=by.user_id)

    def give_back(self, by: Desk, reason: str) -> None:
        former = self.row["department_id"] or self.row["party_id"]
        self.move(_A.RETURN, by, text=reason, former=former)
        for name in ("department_id", "party_id", "handler_id"):
            self.row[name] = None
        self.row["returns"] += 1

    def reply(self, by: Desk, text: str, *, posted: datetime | None) -> None:
        """To who made it, by their own way; a letter waits for the post until ``posted``."""
        first = self.reporters[0]
        self.row["reaction_due"] = None
        if first["anonymous"]:
            return
        way = first["answer_by"]
        seq = self.tell(_A.REPLY, by, text=text, channel=way, reporter=first["id"])
        if way == AnswerBy.LETTER:
            self._write_letter(first, text, seq, posted, by)

    def _write_letter(
        self, reporter: dict[str, Any], text: str, seq: int, posted: datetime | None, by: Desk
    ) -> None:
        gone = posted if posted is not None and posted < self._now else None
        self.letters.append(
            {
                "id": self._chance.id(self.at),
                "report_id": self.row["id"],
                "entry_seq": seq,
                "reporter_id": reporter["id"],
                "text": text,
                "written_at": self.at,
                "posted_at": gone,
                "posted_by": by.user_id if gone else None,
            }
        )

    def answered(self, text: str) -> None:
        """The citizen wrote or said something back."""
        first = self.reporters[0]
        way = AnswerBy.MAIL if first["email"] else AnswerBy.PHONE
        kind = ReportKind(self.row["kind"])
        self.row["reaction_due"] = self._dates.reaction(kind, local_day(self.at))
        self.tell(_A.ANSWERED, None, text=text, channel=way, reporter=first["id"])
        if self.state is _S.WAITING_CITIZEN:
            self.move(_A.RESUME, None)

    def join(self, by: Desk, somebody: Citizen, said: str) -> None:
        """One more citizen with the same report, told of it by their own way."""
        ident = self.add_reporter(somebody, said)
        self.tell(_A.JOIN, by, text=said, reporter=ident, channel=self.row["channel"])

    def promise(self, by: Desk, due_at: datetime, note: str, *, kept: datetime | None) -> None:
        """Somebody is promised to be called back; open until it was done."""
        ident = self._chance.id(self.at)
        self.promises.append(
            {
                "id": ident,
                "report_id": self.row["id"],
                "reporter_id": self.reporters[0]["id"],
                "due_at": due_at,
                "made_at": self.at,
                "made_by": by.user_id,
                "for_user_id": self.row["handler_id"],
                "kept_at": kept if kept is not None and kept < self._now else None,
                "note": note,
            }
        )
        facts = {"promise": ident, "due": due_at.isoformat()}
        self.tell(_A.PROMISE, by, text=note, reporter=self.reporters[0]["id"], facts=facts)

    def called(self, by: Desk, text: str, *, reached: bool) -> None:
        """Somebody tried to reach the citizen by telephone."""
        self.tell(
            _A.ATTEMPT,
            by,
            text=text,
            channel=str(AnswerBy.PHONE),
            reporter=self.reporters[0]["id"],
            facts={"reached": "yes" if reached else "no"},
        )

    def add_reporter(self, somebody: Citizen, said: str = "") -> str:
        """Who is told of it; the first one made it."""
        ident = self._chance.id(self.at)
        self.reporters.append(
            {
                "id": ident,
                "report_id": self.row["id"],
                "place": len(self.reporters) + 1,
                "anonymous": somebody.anonymous,
                "name": somebody.name,
                "name_key": folded(somebody.name),
                "on_behalf_of": somebody.on_behalf_of,
                "phone": somebody.phone,
                "email": somebody.email,
                "address": somebody.address,
                "answer_by": str(somebody.answer_by),
                "language": somebody.language,
                "visit_id": None,
                "joined_at": self.at,
                "said": said,
            }
        )
        return ident

    def dated(self) -> None:
        """The dates as they now are: waiting for the citizen moved them."""
        self.row["pauses"] = [
            [one.since.isoformat(), one.until.isoformat() if one.until else None]
            for one in self._pauses
        ]
        kind, day = ReportKind(self.row["kind"]), local_day(self.row["registered_at"])
        self.row["answer_due"] = self._dates.answer(kind, day, tuple(self._pauses))


NEW_ROW: Final[Mapping[str, Any]] = {
    "visit_id": None,
    "state": str(_S.NEW),
    "department_id": None,
    "party_id": None,
    "handler_id": None,
    "routed_by": None,
    "reaction_due": None,
    "confirmed_at": None,
    "pauses": [],
    "extended_at": None,
    "answered_at": None,
    "resolved_at": None,
    "closed_at": None,
    "returns": 0,
    "inadmissible": "",
    "founded": "",
    "solved": "",
    "linked_id": None,
    "version": 1,
}
"""What nobody did anything with yet."""
