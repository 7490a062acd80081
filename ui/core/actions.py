"""The one table of actions: keys, buttons, the shortcut page and the tests all come from it."""

from dataclasses import dataclass
from enum import StrEnum

from loket.kit.i18n import mark


class ScreenId(StrEnum):
    """A screen, or anywhere."""

    EVERYWHERE = ""
    WELCOME = "welcome"
    COUNTER = "counter"
    APPOINTMENTS = "appointments"
    REPORTS = "reports"
    QUEUES = "queues"
    INSIGHT = "insight"
    ADMIN = "admin"


class ActionId(StrEnum):
    SHOW_WELCOME = "show_welcome"
    SHOW_COUNTER = "show_counter"
    SHOW_APPOINTMENTS = "show_appointments"
    SHOW_REPORTS = "show_reports"
    SHOW_QUEUES = "show_queues"
    SHOW_INSIGHT = "show_insight"
    SHOW_ADMIN = "show_admin"
    FIND = "find"
    SHORTCUTS = "shortcuts"
    PRINT_TICKET = "print_ticket"
    PRODUCT_INFO = "product_info"
    ADD_TO_TICKET = "add_to_ticket"
    BOOK = "book"
    CLEAR_SEARCH = "clear_search"
    PRINT_RECEIPT = "print_receipt"
    NEXT_VISITOR = "next_visitor"
    TAKE_BACK_TICKET = "take_back_ticket"
    QUICK_PRODUCT = "quick_product"
    CALL_NEXT = "call_next"
    RECALL = "recall"
    NO_SHOW = "no_show"
    FINISH = "finish"
    START = "start"
    PUT_BACK = "put_back"
    UNDO_LAST = "undo_last"
    TAKE_ADVICE = "take_advice"
    NOT_NOW = "not_now"
    SAY_IN_ROOM = "say_in_room"
    PARK = "park"
    TRANSFER = "transfer"
    PRODUCTS = "products"
    PAUSE = "pause"
    KEEP = "keep"
    PRINT_LETTERS = "print_letters"
    CONFIRM = "confirm"
    CHECK_IN = "check_in"
    MOVE_APPOINTMENT = "move_appointment"
    NOT_COME = "not_come"
    UNDO_CHECK_IN = "undo_check_in"
    PRINT_PAPER = "print_paper"
    ANOTHER_PRODUCT = "another_product"
    FIND_APPOINTMENT = "find_appointment"
    SHOW_TODAY = "show_today"
    REGISTER_AND_PRINT = "register_and_print"
    REGISTER_ONLY = "register_only"
    TAKE_SUGGESTION = "take_suggestion"
    READ_EID = "read_eid"
    READ_EID_TO_BOOK = "read_eid_to_book"
    SOLVE_AND_CLOSE = "solve_and_close"


@dataclass(frozen=True)
class ActionSpec:
    """One action: its text, icon, key and place, and the state field that enables it.

    ``by_digit``: the key stands for the physical digit keys 1 to 9, also on AZERTY.
    """

    id: ActionId
    text: str
    icon: str
    shortcut: str
    screen: ScreenId = ScreenId.EVERYWHERE
    enabled_by: str = ""
    by_digit: bool = False
    short: str = ""
    """What its button says where there is little room."""


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(ActionId.SHOW_WELCOME, mark("Welcome desk"), "ph.hand-waving", "Alt+1"),
    ActionSpec(ActionId.SHOW_COUNTER, mark("Counter"), "ph.megaphone-simple", "Alt+2"),
    ActionSpec(ActionId.SHOW_APPOINTMENTS, mark("Appointments"), "ph.calendar-check", "Alt+3"),
    ActionSpec(ActionId.SHOW_REPORTS, mark("Reports"), "ph.chat-centered-text", "Alt+4"),
    ActionSpec(ActionId.SHOW_QUEUES, mark("Queues"), "ph.users-three", "Alt+7"),
    ActionSpec(ActionId.SHOW_INSIGHT, mark("Reports on the queue"), "ph.chart-bar", "Alt+8"),
    ActionSpec(ActionId.SHOW_ADMIN, mark("Administration"), "ph.gear-six", "Alt+0"),
    ActionSpec(ActionId.FIND, mark("Search or scan"), "ph.magnifying-glass", "Ctrl+K"),
    ActionSpec(ActionId.SHORTCUTS, mark("Keyboard shortcuts"), "ph.keyboard", "Ctrl+F1"),
    ActionSpec(
        ActionId.PRINT_TICKET,
        mark("Print ticket"),
        "ph.ticket-bold",
        "Enter",
        ScreenId.WELCOME,
        "selected",
    ),
    ActionSpec(
        ActionId.PRODUCT_INFO,
        mark("Info"),
        "ph.info-bold",
        "F1",
        ScreenId.WELCOME,
        "selected",
    ),
    ActionSpec(
        ActionId.ADD_TO_TICKET,
        mark("Add to this visitor's ticket"),
        "ph.list-plus",
        "Ctrl+J",
        ScreenId.WELCOME,
        "selected",
    ),
    ActionSpec(
        ActionId.BOOK,
        mark("Appointment for this product"),
        "ph.calendar-plus-bold",
        "Ctrl+Enter",
        ScreenId.WELCOME,
        "selected",
    ),
    ActionSpec(
        ActionId.CLEAR_SEARCH, mark("Clear search"), "ph.x", "Esc", ScreenId.WELCOME, "query"
    ),
    ActionSpec(
        ActionId.QUICK_PRODUCT,
        mark("Quick product 1 to 9"),
        "ph.lightning",
        "Ctrl+1…9",
        ScreenId.WELCOME,
        "tiles",
        by_digit=True,
    ),
    ActionSpec(
        ActionId.PRINT_RECEIPT,
        mark("Print receipt"),
        "ph.printer",
        "Ctrl+P",
        ScreenId.WELCOME,
        "can_print_receipt",
    ),
    ActionSpec(
        ActionId.NEXT_VISITOR, mark("Next visitor"), "ph.user-plus-bold", "F9", ScreenId.WELCOME
    ),
    ActionSpec(
        ActionId.TAKE_BACK_TICKET,
        mark("Withdraw ticket"),
        "ph.arrow-counter-clockwise-bold",
        "Ctrl+Z",
        ScreenId.WELCOME,
        "can_withdraw",
    ),
    ActionSpec(
        ActionId.CALL_NEXT,
        mark("Next"),
        "ph.megaphone-simple-fill",
        "F9",
        ScreenId.COUNTER,
        "can_call",
    ),
    ActionSpec(
        ActionId.RECALL,
        mark("Call again"),
        "ph.speaker-high",
        "F8",
        ScreenId.COUNTER,
        "can_recall",
        short=mark("Again"),
    ),
    ActionSpec(ActionId.PARK, mark("Park"), "ph.pause-circle", "F5", ScreenId.COUNTER, "can_park"),
    ActionSpec(
        ActionId.TRANSFER,
        mark("Refer"),
        "ph.arrow-bend-up-right",
        "F6",
        ScreenId.COUNTER,
        "can_transfer",
    ),
    ActionSpec(
        ActionId.PRODUCTS,
        mark("More products"),
        "ph.list-plus",
        "F3",
        ScreenId.COUNTER,
        "can_change_products",
    ),
    ActionSpec(ActionId.PAUSE, mark("Pause"), "ph.coffee", "F2", ScreenId.COUNTER, "can_pause"),
    ActionSpec(
        ActionId.NO_SHOW,
        mark("Not present"),
        "ph.user-minus",
        "F7",
        ScreenId.COUNTER,
        "can_no_show",
        short=mark("Absent"),
    ),
    ActionSpec(
        ActionId.START,
        mark("Visitor is here"),
        "ph.play-circle-fill",
        "Enter",
        ScreenId.COUNTER,
        "can_start",
    ),
    ActionSpec(
        ActionId.PUT_BACK,
        mark("Put back"),
        "ph.arrow-u-up-left",
        "Ctrl+Backspace",
        ScreenId.COUNTER,
        "can_put_back",
    ),
    ActionSpec(
        ActionId.FINISH,
        mark("Finish"),
        "ph.check-circle",
        "F12",
        ScreenId.COUNTER,
        "can_finish",
    ),
    ActionSpec(
        ActionId.UNDO_LAST,
        mark("Take back"),
        "ph.arrow-counter-clockwise-bold",
        "Ctrl+Z",
        ScreenId.COUNTER,
        "can_undo",
    ),
    ActionSpec(
        ActionId.TAKE_ADVICE,
        mark("Follow the advice"),
        "ph.plus-bold",
        "F9",
        ScreenId.QUEUES,
        "has_advice",
    ),
    ActionSpec(ActionId.NOT_NOW, mark("Not now"), "ph.x", "F7", ScreenId.QUEUES, "has_advice"),
    ActionSpec(
        ActionId.SAY_IN_ROOM, mark("Message on screen"), "ph.desktop", "F6", ScreenId.QUEUES
    ),
    ActionSpec(ActionId.KEEP, mark("Keep"), "ph.check-bold", "Ctrl+Enter", ScreenId.ADMIN),
    ActionSpec(
        ActionId.PRINT_LETTERS, mark("Print letters"), "ph.printer-bold", "Ctrl+P", ScreenId.ADMIN
    ),
    ActionSpec(
        ActionId.CONFIRM,
        mark("Book, move or keep"),
        "ph.calendar-check-bold",
        "Ctrl+Enter",
        ScreenId.APPOINTMENTS,
        "can_confirm",
    ),
    ActionSpec(
        ActionId.CHECK_IN,
        mark("Check in"),
        "ph.sign-in-bold",
        "Enter",
        ScreenId.APPOINTMENTS,
        "can_check_in",
    ),
    ActionSpec(
        ActionId.MOVE_APPOINTMENT,
        mark("Move"),
        "ph.arrows-left-right",
        "F6",
        ScreenId.APPOINTMENTS,
        "can_move",
    ),
    ActionSpec(
        ActionId.NOT_COME,
        mark("Did not come"),
        "ph.user-minus",
        "F7",
        ScreenId.APPOINTMENTS,
        "can_no_show",
    ),
    ActionSpec(
        ActionId.UNDO_CHECK_IN,
        mark("Take check-in back"),
        "ph.arrow-counter-clockwise-bold",
        "Ctrl+Z",
        ScreenId.APPOINTMENTS,
        "can_undo_check_in",
    ),
    ActionSpec(
        ActionId.PRINT_PAPER,
        mark("Print confirmation or list of the day"),
        "ph.printer",
        "Ctrl+P",
        ScreenId.APPOINTMENTS,
    ),
    ActionSpec(
        ActionId.ANOTHER_PRODUCT,
        mark("Another product"),
        "ph.list-plus",
        "Ctrl+J",
        ScreenId.APPOINTMENTS,
    ),
    ActionSpec(
        ActionId.FIND_APPOINTMENT,
        mark("Find an appointment that was booked"),
        "ph.magnifying-glass",
        "/",
        ScreenId.APPOINTMENTS,
    ),
    ActionSpec(
        ActionId.READ_EID_TO_BOOK,
        mark("Read eID"),
        "ph.identification-card",
        "F4",
        ScreenId.APPOINTMENTS,
        "can_read_eid",
    ),
    ActionSpec(ActionId.SHOW_TODAY, mark("Today"), "ph.calendar", "T", ScreenId.APPOINTMENTS),
    ActionSpec(
        ActionId.REGISTER_AND_PRINT,
        mark("Register and print receipt"),
        "ph.printer-bold",
        "Ctrl+Enter",
        ScreenId.REPORTS,
    ),
    ActionSpec(
        ActionId.REGISTER_ONLY,
        mark("Register only"),
        "ph.check-bold",
        "Ctrl+S",
        ScreenId.REPORTS,
    ),
    ActionSpec(
        ActionId.TAKE_SUGGESTION,
        mark("Suggested category 1 to 3"),
        "ph.list-numbers",
        "Ctrl+1…3",
        ScreenId.REPORTS,
        "suggestions",
        by_digit=True,
    ),
    ActionSpec(
        ActionId.READ_EID,
        mark("Read eID"),
        "ph.identification-card",
        "F4",
        ScreenId.REPORTS,
        "can_read_eid",
    ),
    ActionSpec(
        ActionId.SOLVE_AND_CLOSE,
        mark("Solve and close"),
        "ph.check-circle",
        "F12",
        ScreenId.REPORTS,
    ),
)

BY_ID = {spec.id: spec for spec in ACTIONS}


def key_of(action: ActionId) -> str:
    """The key as caps show it."""
    return BY_ID[action].shortcut
