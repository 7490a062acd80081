"""Schedules of appointments and terms of products, as who manages them handles them."""

from collections.abc import Callable, Sequence
from datetime import date

from loket.appointments.messages import (
    ChangedSchedule,
    ChangedTerms,
    ChangeSchedule,
    Misfit,
    Misfits,
    Schedule,
    SchedulePreview,
    SetTerms,
    TellMisfits,
    ToldMisfits,
    TownTerms,
)
from loket.appointments.scheduling_gateway import SchedulingGateway
from loket.desk.facts import PrintJob
from loket.desk.presence import Presence

PrintLetters = Callable[[Sequence[Misfit]], PrintJob]


class Scheduling:
    """All of it live, where the server is. Calls block, as those of the desk."""

    def __init__(
        self, presence: Presence, gateway: SchedulingGateway, print_letters: PrintLetters
    ) -> None:
        self._presence = presence
        self._gateway = gateway
        self._print_letters = print_letters

    def schedule(self, queue_id: str) -> Schedule:
        with self._presence.as_somebody():
            return self._gateway.schedule(queue_id)

    def preview(
        self, queue_id: str, command: ChangeSchedule, first: date, days: int
    ) -> SchedulePreview:
        """What it would offer, and who would no longer fit; nothing is kept."""
        with self._presence.as_somebody():
            return self._gateway.preview(queue_id, command, first, days)

    def change(self, queue_id: str, command: ChangeSchedule) -> ChangedSchedule:
        """Keep the schedule of a queue, whole."""
        with self._presence.as_somebody():
            return self._gateway.change(queue_id, command)

    def misfits(self, site_id: str | None = None) -> Misfits:
        """Who must be called because their appointment no longer fits."""
        with self._presence.as_somebody():
            return self._gateway.misfits(site_id)

    def tell_misfits(self, appointment_ids: Sequence[str]) -> ToldMisfits:
        """Write to them; who cannot be reached must be called, or gets a letter."""
        with self._presence.as_somebody():
            command = TellMisfits(appointment_ids=list(appointment_ids))
            return self._gateway.tell_misfits(command)

    def print_letters(self, misfits: Sequence[Misfit]) -> PrintJob:
        """A letter to each of them, in one paper, on the printer of this desk."""
        return self._print_letters(misfits)

    def terms(self) -> TownTerms:
        with self._presence.as_somebody():
            return self._gateway.terms()

    def set_terms(self, product_id: str, command: SetTerms) -> ChangedTerms:
        with self._presence.as_somebody():
            return self._gateway.set_terms(product_id, command)

    def reset_terms(self, product_id: str) -> ChangedTerms:
        """The usual terms again."""
        with self._presence.as_somebody():
            return self._gateway.reset_terms(product_id)
