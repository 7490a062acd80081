"""What the story does not reach: refusals, two windows of one counter, a printer that fails."""

import pytest

from loket.desk.facts import JobState
from tests.builders import PASSWORD
from tests.desks import MemoryPrinter

pytestmark = pytest.mark.e2e


def test_a_wrong_password_is_one_sentence_and_a_growing_delay(house, clock):
    from ui.shell.state import Stage

    seat = house.open("onthaal-1")
    house.sign_in(seat, "sofie", "fout")
    house.stage.until(lambda: "klopt niet" in seat.shell.sign_in.wrong, "a sentence")
    house.sign_in(seat, "sofie", "fout")
    house.stage.until(lambda: "over 1 s" in seat.shell.sign_in.wrong, "to wait 1 second")
    clock.advance(seconds=2)
    house.sign_in(seat, "sofie", "fout")
    house.stage.until(lambda: "klopt niet" in seat.shell.sign_in.wrong, "heard again")
    house.sign_in(seat, "sofie", PASSWORD)
    house.stage.until(lambda: "over 2 s" in seat.shell.sign_in.wrong, "to wait 2 seconds")
    clock.advance(seconds=3)
    house.sign_in(seat, "sofie", PASSWORD)
    house.stage.until(lambda: seat.shell.stage is Stage.WORKING, "signed in")


def test_a_closed_queue_gives_no_ticket_and_says_why(house, clock):
    clock.advance(hours=10)  # seven in the evening
    seat = house.at_work("onthaal-1", "sofie")
    seat.type("eid")
    house.stage.until(lambda: seat.welcome.suggestions, "something is found")
    seat.press("Return")
    house.stage.until(lambda: seat.says("gesloten"), "it is closed")
    assert seat.picture.cards == {}
    assert not seat.welcome.last.number


def test_two_windows_of_one_counter_call_one_visitor(house):
    from ui.counter.state import Phase

    welcome = house.at_work("onthaal-1", "sofie")
    for count in (1, 2):
        welcome.press("Ctrl+1")
        house.stage.until(lambda count=count: len(welcome.picture.cards) == count, "a ticket")
    first = house.at_work("loket-3", "tom")
    second = house.at_work("loket-3", "tom", name="again")
    house.stage.until(lambda: len(second.counter.queue) == 2, "both see two")
    first.press("F9")
    second.press("F9")
    for seat in (first, second):
        house.stage.until(
            lambda seat=seat: seat.counter.phase is Phase.CALLED and not seat.counter.busy,
            "somebody is called",
        )
    assert first.counter.visitor.number == second.counter.visitor.number == "A001"
    house.stage.until(lambda: [line.number for line in second.counter.queue] == ["A002"], "A002")
    said = [*first.window.messages.texts, *second.window.messages.texts]
    assert any("intussen" in text or "A001" in text for text in said)


def failures(seat):
    return [toast for toast in seat.window.messages.toasts if toast.second is not None]


def test_a_printer_without_paper_leaves_a_job_that_is_printed_again(house):
    printer = house.printers["Balie"] = MemoryPrinter()
    printer.out_of_paper = True
    seat = house.at_work("onthaal-1", "sofie", printer="Balie")
    seat.press("Ctrl+1")
    # A message may first say that the slip is on its way; only a failure offers another printer.
    house.stage.until(lambda: failures(seat), "the failure is said")
    (toast,) = failures(seat)
    assert "Balie" in toast.text
    assert [job.state for job in seat.jobs()] == [JobState.FAILED]
    printer.out_of_paper = False
    seat.click(toast.button)
    house.stage.until(lambda: printer.sent, "it comes out")
    assert [title for title, _media, _pdf in printer.sent] == ["A001"]
    house.stage.until(lambda: seat.jobs()[0].state is JobState.PRINTED, "the job is done")
