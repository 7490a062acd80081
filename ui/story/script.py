"""Monday 16 March 2026, from nine o'clock: what happens, in the order in which it happens."""

from collections.abc import Callable

from loket.kit.paths import DataFolder
from ui.story import appointments, at_counters, at_welcome, outage, reports
from ui.story.morning import Morning
from ui.story.server import StoryServer
from ui.story.stage import Stage

SMALLEST = (1280, 800)


def evening_light(morning: Morning) -> None:
    """The dark theme, chosen in the menu."""
    morning.onthaal.type("paspoort")
    morning.stage.switch_theme(morning.onthaal, "Donker thema", "dark")


def small_screen(morning: Morning) -> None:
    """The smallest window that is promised."""
    for seat in morning.seats.values():
        seat.window.resize(*SMALLEST)
    morning.stage.until(
        lambda: all(
            (seat.window.width(), seat.window.height()) == SMALLEST
            for seat in morning.seats.values()
        ),
        "all windows are small",
    )


def daylight(morning: Morning) -> None:
    """Light again, still small."""
    morning.stage.switch_theme(morning.onthaal, "Licht thema", "light")


ACTS: tuple[tuple[str, Callable[[Morning], None]], ...] = (
    ("aanmelden", at_welcome.the_house_opens),
    ("onthaal", at_welcome.sofie_signs_in),
    ("vier-letters", at_welcome.four_letters),
    ("eerste-bezoeker", at_welcome.first_visitor),
    ("sneltoets", at_welcome.second_visitor),
    ("naam-en-voorrang", at_welcome.third_visitor),
    ("bewijs", at_welcome.receipt),
    ("verkeerd-gedrukt", at_welcome.wrong_press),
    ("drukte", at_welcome.rush),
    ("tweede-loket", at_counters.tom_sits_down),
    ("oproepen", at_counters.calls),
    ("in-behandeling", at_counters.serves),
    ("afgerond", at_counters.finishes),
    ("afronden-en-volgende", at_counters.finish_and_next),
    ("teruggezet", at_counters.puts_back),
    ("niet-aanwezig", at_counters.nobody_comes),
    ("teruggenomen", at_counters.wrong_press_at_the_counter),
    ("derde-loket", at_counters.lies_sits_down),
    ("bezoeker-met-naam", at_counters.a_name_at_the_counter),
    ("bon-gescand", at_counters.slip_is_scanned),
    ("paneel-dicht", at_counters.panel_closes),
    ("server-weg", outage.server_dies),
    ("server-terug", outage.server_is_back),
    ("verder", outage.morning_goes_on),
    ("enkel-op-afspraak", appointments.only_by_appointment),
    ("vrije-momenten", appointments.free_moments),
    ("moment-vastgehouden", appointments.moment_is_held),
    ("afspraak-ingevuld", appointments.person_is_known),
    ("afspraak-vastgelegd", appointments.is_booked),
    ("afspraak-verzet", appointments.is_moved),
    ("berichten", appointments.mail_is_seen),
    ("afspraak-vandaag", appointments.booked_for_today),
    ("bewijs-gescand", appointments.confirmation_is_scanned),
    ("afspraak-opgeroepen", appointments.is_called),
    ("afspraak-afgerond", appointments.is_served),
    ("daglijst", appointments.day_list),
    ("melding-verteld", reports.is_told),
    ("melding-geregistreerd", reports.is_taken_down),
    ("melding-gekoppeld", reports.is_linked),
    ("melding-opvolging", reports.is_followed_up),
    ("melding-beantwoord", reports.is_answered),
    ("melding-brief", reports.letters_are_printed),
    ("jaarverslag", reports.year_is_counted),
    ("donker", evening_light),
    ("klein-scherm", small_screen),
    ("klein-en-licht", daylight),
)


def play(stage: Stage, server: StoryServer, data: DataFolder) -> Morning:
    """All acts; the first that does not hold ends it."""
    morning = Morning(stage, server, data.prints)
    for name, act in ACTS:
        with stage.step(name):
            act(morning)
    return morning
