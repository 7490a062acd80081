"""The one place that turns a refusal or a broken connection into a sentence with what to do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil

from loket.kit.clock import local_day
from loket.kit.errors import LoketError, Param, Params
from loket.kit.i18n import Words, mark
from ui.core.appointment_sentences import APPOINTMENTS
from ui.core.eid_sentences import EID
from ui.core.report_sentences import REPORTS


class Remedy(StrEnum):
    """What a message may offer to press."""

    NONE = ""
    UNDO = "undo"
    PRINT_AGAIN = "print_again"
    OTHER_PRINTER = "other_printer"
    SIGN_IN = "sign_in"
    GIVE_ANYWAY = "give_anyway"
    CHECK_IN_ANYWAY = "check_in_anyway"
    OPEN_REFUSED = "open_refused"


@dataclass(frozen=True)
class UserMessage:
    """One message for the person at the desk; errors stay until handled."""

    text: str
    wrong: bool = False
    icon: str = "ph.check-circle-bold"
    remedy: Remedy = Remedy.NONE
    about: str = ""
    """What the remedy is about, such as a print job or a ticket."""
    code: str = ""


_OWN: dict[str, str] = {
    # the connection
    "link.error": mark("The server gave no usable answer. Try again."),
    "link.unreachable": mark(
        "The server cannot be reached. Tickets go on; calling waits until it is back."
    ),
    "link.timed_out": mark("The server did not answer in time. See what the screen shows first."),
    "link.wrong_version": mark(
        "This program and the server do not fit together. Have Loket updated on this desk."
    ),
    "link.bad_answer": mark(
        "Something between this desk and the server answered. Check the network."
    ),
    "link.server_failed": mark(
        "Something went wrong in the server. Try again, or report reference {request_id}."
    ),
    "link.not_signed_in": mark("The session has ended. Sign in again."),
    "link.rejected": mark("This was refused; nothing was changed."),
    "link.busy": mark("The server is busy. Try again in a moment."),
    "link.in_doubt": mark(
        "No answer came and no numbers are left here. This ticket is asked for again by itself: "
        "do not issue it twice. Write a number on paper."
    ),
    # branches
    "error": mark("This was refused; nothing was changed. Code: {code}."),
    "invalid": mark("Something in this cannot be. Check what was filled in."),
    "request.too_large": mark("This is too much to send at once. Make it shorter."),
    "not_signed_in": mark("The session has ended. Sign in again."),
    "not_allowed": mark("This is not allowed with your role. Ask a supervisor."),
    "not_found": mark("Not found. It may have been changed meanwhile."),
    "conflict": mark("This can no longer be done. The screen shows how it is now."),
    "unavailable": mark("Not possible right now. Try again in a moment."),
    "too_often": mark("Too many attempts. Try again in {retry_after} s."),
    "outdated": mark("This program is too old for the server. Have Loket updated."),
    "in_progress": mark("This is still being done. Wait a moment."),
    "idempotency.key_reused": mark("This was already sent with other contents. Start again."),
    "request.header": mark("This desk sent something that the server does not understand."),
    # staff
    "staff.wrong_password": mark("Name or password is wrong. Try again."),
    "staff.too_many_attempts": mark("Too many attempts. Try again in {retry_after} s."),
    "staff.sign_in_busy": mark("Many people are signing in. Try again in {retry_after} seconds."),
    "staff.session_ended": mark("The session has ended. Sign in again."),
    "staff.unknown_desk": mark("The server does not know this desk. Ask the administrator."),
    "staff.unknown_author": mark("Who did this does not work here any more. Have it done anew."),
    "staff.may_not": mark("This is not allowed with your role. Ask a supervisor."),
    "staff.person_needed": mark("Sign in first."),
    # catalogue
    "catalogue.unknown_product": mark("This product no longer exists. Search again."),
    "catalogue.unknown_queue": mark("This queue no longer exists. Choose another product."),
    "catalogue.unknown_site": mark("The server does not know this site. Ask the administrator."),
    "catalogue.unknown_counter": mark("The server does not know this desk. Ask the administrator."),
    "catalogue.empty": mark("The town has no catalogue yet. Import it first."),
    "geography.nowhere": mark("This place cannot be: it lies outside the country or too far away."),
    "geography.import_has_problems": mark("The map has problems; nothing was changed."),
    "geography.moved_on": mark("The map was changed meanwhile. Look again."),
    "geography.no_tiles": mark("There is no other map of this place."),
    "geography.tiles_away": mark("The map server does not answer. The town's own map goes on."),
    "geography.no_file": mark("The file of the map cannot be read. Check its name."),
    "desk.no_town_map": mark("This desk has no map yet. Type the address as it is."),
    "catalogue.import_has_problems": mark("The import has problems; nothing was changed."),
    "catalogue.moved_on": mark("The catalogue was changed meanwhile. Look again."),
    # simulation
    "simulation.day_unreadable": mark("{file} is not a day that can be played: {why}."),
    # queue
    "queue.unknown_ticket": mark("This ticket is not known here today. Search by number or name."),
    "queue.wrong_state": mark("This can no longer be done with this ticket. The screen is right."),
    "queue.stale_picture": mark("It changed meanwhile. The screen now shows how it is; try again."),
    "queue.not_yet_serving": mark(
        "{number} is called and not here yet. Press Enter when the visitor is here, or F7."
    ),
    "queue.other_counter": mark("This ticket is at another counter."),
    "queue.counter_serves_nothing": mark("This desk serves no queue. Ask the administrator."),
    "queue.not_served_here": mark("No queue here serves this product. Send the visitor on."),
    "insight.period": mark("This period cannot be. Choose a first day and a later last day."),
    "queue.closed": mark("This queue is closed now. Choose another product or offer a later time."),
    "queue.appointment_only": mark("This product is by appointment only."),
    "queue.series_exhausted": mark("All numbers of this series are given today. Call a colleague."),
    "queue.number_not_leased": mark("This number does not belong to this desk. Give a new ticket."),
    "queue.no_leased_number": mark(
        "No numbers are left for working without the server. Write a number on paper."
    ),
    "queue.ticket_exists": mark("This ticket exists already."),
    "queue.nothing_to_undo": mark("There is nothing to take back."),
    "queue.undo_too_late": mark("Taking back works for five minutes only."),
    "queue.counter_busy": mark("Another ticket is at this counter. Finish it first."),
    "queue.other_day": mark("This ticket is of another day. Give a new one."),
    "queue.parked_by_other": mark(
        "{number} was parked by a colleague. Let it wait again, then it is called in its turn."
    ),
    "queue.same_place": mark("{number} waits there already. Choose another queue or counter."),
    "queue.nobody_there": mark("Nobody sits at {counter}. Choose another counter or the queue."),
    "demo.day_begun": mark(
        "Tickets were given this morning already. The busy hour needs a fresh one: "
        "choose an empty folder with --data."
    ),
    "supervisor.nobody_there": mark(
        "Nobody sits at {counter}. Ask a colleague to sign in there; it opens by that."
    ),
    "queue.counter_closed": mark(
        "{counter} was closed by the supervisor, who also opens it again."
    ),
    "queue.counter_serves_other": mark("{counter} does not serve {queue}. Choose another counter."),
    "queue.product_there": mark("{product} is on this ticket already."),
    "queue.product_not_there": mark(
        "This product is no longer on the ticket. The screen is right."
    ),
    "queue.product_elsewhere": mark("{product} is served in {queue}. Give a second ticket for it."),
    "queue.product_served": mark(
        "The visitor is served for this product. Refer them on if it is something else."
    ),
    "queue.closed_by_hand": mark(
        "{queue} was closed by the supervisor until {opens_at}. Choose another product or offer a "
        "later time."
    ),
    "queue.until_past": mark("{until_at} is over, or not today. Choose a later time."),
    # visits
    "visit.unknown": mark("This visit is not known. Begin a new one."),
    "visit.exists": mark("This visit exists already."),
    "visit.act_exists": mark("This was already noted."),
    "visit.closed": mark("This visit is closed. Begin a new one."),
    "visit.unknown_priority": mark("This reason for priority no longer exists. Choose another."),
    # displays
    "display.unknown_code": mark(
        "No screen shows this code any more. Look at the screen and type the code that stands "
        "there now."
    ),
    "display.too_many_codes": mark(
        "Too many codes were tried. Wait {retry_after} s and try again."
    ),
    "display.unknown": mark("This display is no longer there. Look at the list again."),
    "display.message_needs_dutch": mark("A message needs a Dutch text. Fill it in."),
    "display.message_order": mark("The message would end before it begins. Choose a later end."),
    "display.message_set_meanwhile": mark(
        "A colleague set a message at the same moment. Look at it and try again."
    ),
    # messages to citizens
    "message.unknown": mark("This message is not known. Look at the list again."),
    "message.on_its_way": mark("The message is being sent at this moment. Look again shortly."),
    "message.not_to_send": mark("The message went out already or was withdrawn."),
    "message.sent_already": mark("The message went out already. It cannot be withdrawn."),
    "message.expired": mark("What the message says is over. It is not sent any more."),
    "message.forgotten": mark("Recipient and text were erased after their time."),
    "message.hidden": mark(
        "This message is of a department whose visitors this desk does not see. Ask a colleague "
        "there."
    ),
    "message.recipient": mark(
        "This is no e-mail address, or no number that takes text messages. Look at it again."
    ),
    "template.field": mark("{field} is not a field of this message. Choose one from the list."),
    "template.braces": mark("A brace opens or closes no field. Write a field as in the list."),
    "template.empty": mark("The text is empty, or a mail has no subject. Fill it in."),
    "template.title": mark("The subject is one line, and a text message has none."),
    "template.changed_meanwhile": mark(
        "A colleague changed this text meanwhile. Look at it and try again."
    ),
    "channels.setting": mark("{setting} cannot be read. Warn the administrator."),
    # this machine
    "store.too_late": mark("It took too long and was not done. Try again."),
    "store.newer_database": mark("The data is from a newer Loket. Update the program first."),
    "store.disk_full": mark("The disk of the server is full. Warn the administrator."),
    "store.not_writable": mark("The server cannot write its data. Warn the administrator."),
    "store.older_database": mark("The data are of an older version of Loket. Start it once."),
    "store.foreign_database": mark(
        "{file} is a database of another program. Warn the administrator."
    ),
    "store.unknown_database": mark("The address of the database cannot be read."),
    "store.not_a_database": mark(
        "{file} is damaged, or not a database of Loket. Have a copy put in its place."
    ),
    "desk.disk_full": mark("The disk of this desk is full. Free some space and try again."),
    "desk.folder_not_writable": mark("The folder of this desk cannot be written: {folder}."),
    "desk.store_damaged": mark("The storage of this desk is damaged. Warn the administrator."),
    "desk.store_busy": mark("Another program holds the storage of this desk. Close it first."),
    "money.unreadable": mark("This amount cannot be read: {text}."),
    "server.already_running": mark("Another server holds these data. Close that one first."),
    "server.port_taken": mark("Port {port} is taken by another program. Choose another port."),
    "server.address_refused": mark("The server cannot listen on {host}. Choose another address."),
    "server.database_away": mark("The database does not answer. Warn the administrator."),
    # printing
    "paper.fonts_missing": mark("The fonts for paper are missing. Run the set-up again."),
    "print.unknown_printer": mark("{title}: printer {printer} is not there. Choose another one."),
    "print.stopped": mark("{title} was not printed: {printer} has stopped. Look at the printer."),
    "print.silent": mark("{title} did not come out of {printer}. Look at the printer."),
    "print.no_system": mark("{title} was not printed: this machine has no print system."),
    "desk.code_unreadable": mark("{desk} cannot be the code of a desk. Use letters and digits."),
    "desk.no_catalogue": mark("The server is away and was never seen from this desk. Start it."),
    "desk.server_needs_tls": mark("{address} is not safe: use https for a server elsewhere."),
    "idempotency.unknown_key": mark("It is not known whether this was done. See the screen."),
    "server.desk_outdated": mark("This program is too old for the server. Have Loket updated."),
    "server.did_not_start": mark("The server did not start. Its log is {log}."),
    "print.interrupted": mark("{title} was interrupted while printing. Print it again."),
    "visit.confidential": mark("This visitor came for another department, which keeps the visit."),
    "print.unknown_job": mark("This print is no longer kept. Print it anew."),
    "print.no_paper": mark("{printer} is out of paper. Fill it, or print again elsewhere."),
    "print.failed": mark("{title} was not printed on {printer}. Check the printer."),
}
SENTENCES: dict[str, str] = APPOINTMENTS | EID | REPORTS | _OWN
PRINT_CODES = frozenset(code for code in SENTENCES if code.startswith("print."))
_NOBODY = {"not_signed_in", "link.not_signed_in", "staff.session_ended", "staff.person_needed"}


class _Blank(dict[str, object]):
    """Parameters of a refusal; one that is missing shows as an ellipsis."""

    def __missing__(self, _key: str) -> str:
        return "…"


def sentence(code: str, params: Params, words: Words) -> str:
    """Say what happened and what to do, in the reader's language."""
    text = words(SENTENCES.get(code) or SENTENCES["error"])
    said = {name: _said(name, it, words) for name, it in params.items()}
    return text.format_map(_Blank({"code": code, **said}))


def _said(name: str, value: Param, words: Words) -> Param:
    """Seconds as whole ones, moments as the clock on the wall shows them."""
    if isinstance(value, float):
        return ceil(value)
    if isinstance(value, str) and name.endswith("_at"):
        return _moment(datetime.fromisoformat(value), words)
    return value


def _moment(moment: datetime, words: Words) -> str:
    return f"{words.short_day(local_day(moment))} {words.time(moment)}"


def describe(error: Exception, words: Words) -> UserMessage:
    """Turn any failure into a message; what has no code is a fault of ours and says so."""
    code, params = _facts_of(error)
    if code not in SENTENCES and isinstance(error, LoketError):
        branches = [str(getattr(kind, "code", "")) for kind in type(error).__mro__]
        code = next((branch for branch in branches if branch in SENTENCES), code)
    return UserMessage(
        text=sentence(code, params, words),
        wrong=True,
        icon="ph.warning-circle-bold",
        remedy=Remedy.SIGN_IN if code in _NOBODY else Remedy.NONE,
        code=code,
    )


def _facts_of(error: Exception) -> tuple[str, Params]:
    code = getattr(error, "code", "")
    params = getattr(error, "params", {})
    if isinstance(code, str) and code and isinstance(params, dict):
        return code, params
    return "error", {"code": type(error).__name__}
