"""Taking a report down, without a screen: what is typed, looked up, kept on disk and handed in."""

import io

import pytest
from PIL import Image

from loket.desk.refused import RefusedReport
from loket.link.delivery import Queued
from loket.link.errors import Unreachable
from loket.reports.messages.taking import Place, RegisterReport, ReporterDetails
from loket.reports.rules.attachments import AttachmentExists
from loket.reports.rules.flow import ReportState
from loket.reports.rules.kinds import AnswerBy, CategoryClosed, PlaceKind, ReportExists
from loket.visits.messages import Channel, StartVisit
from tests.gui import stub_reports as there
from tests.gui import town
from tests.gui.stub_desk import StubDesk
from ui.core.directory import Directory
from ui.core.sentences import Remedy
from ui.reports.taking.view_model import TakingViewModel


def photo(colour=(160, 150, 140)):
    made = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(made, "JPEG")
    return made.getvalue()


class Seat:
    """Somebody who takes reports down."""

    def __init__(self, tasks, nl, desk=None, visit=None):
        self.desk = desk or StubDesk(now=there.NOW)
        self.visit = visit
        self.model = TakingViewModel(self.desk, tasks, nl)
        self.model.visits_from(lambda: self.visit, lambda _visit_id: there.NOW)
        self.said, self.grown, self.focused = [], [], []
        self.model.said.connect(self.said.append)
        self.model.visit_grew.connect(self.grown.append)
        self.model.focus_wished.connect(self.focused.append)
        self.model.show_catalogue(Directory(town.CATALOGUE, town.SITE))
        self.model.begin(self.desk.sign_in("sofie", "x"))

    @property
    def state(self):
        return self.model.state

    def type(self, text):
        """And pause, until everything has been looked up."""
        self.model.type_text(text)
        self.pause()

    def pause(self):
        model = self.model
        for timer in (model._ask_suggestions, model._ask_likes, model._keep):
            if timer.isActive():
                timer.stop()
                timer.timeout.emit()

    def register(self, *, on_paper=True):
        self.model.register(on_paper=on_paper)

    def registered(self):
        return [values[0] for name, *values in self.desk.asked if name == "register"]

    def texts(self):
        return [message.text for message in self.said]


@pytest.fixture
def seat(tasks, nl):
    return Seat(tasks, nl)


@pytest.fixture
def marleen(tasks, nl):
    return Seat(tasks, nl, visit=StartVisit(id="v-1", visitor_name="Marleen De Smedt"))


# while somebody talks


def test_the_category_follows_the_text_until_the_clerk_chooses(seat):
    seat.type("Er ligt een losse stoeptegel op het voetpad")
    rows = seat.state.category.rows
    assert rows[0].name == "Voetpad – losse of verzakte tegel"
    assert rows[0].chosen
    assert rows[0].detail == "Omgeving · ploeg Wegen"
    seat.model.search_category("lamp")
    seat.model.take_category()
    seat.type("Er ligt een losse stoeptegel op het voetpad bij de bushalte")
    chosen = next(row for row in seat.state.category.rows if row.chosen)
    assert (chosen.id, chosen.percent) == ("k-lamp", None)


def test_a_category_is_never_forced(seat):
    seat.type("Er ligt een losse stoeptegel op het voetpad")
    seat.model.choose_suggestion(1)
    assert not any(row.chosen for row in seat.state.category.rows)
    seat.type("Er ligt een losse stoeptegel op het voetpad, twee zelfs")
    seat.register()
    assert seat.registered()[0].category_id is None
    assert seat.registered()[0].suggested[0][0] == "k-tegel"


def test_a_closed_category_is_not_offered(seat):
    seat.model.search_category("telefooncel")
    assert seat.state.category.hits == ()
    seat.type("De telefooncel is stuk")
    assert "k-oud" not in [row.id for row in seat.state.category.rows]


def test_an_address_of_the_map_brings_its_place(seat):
    seat.model.type_place("Kerkstr")
    assert [hit.title for hit in seat.state.place.hits] == ["Kerkstraat 48", "Kerkstraat 4"]
    seat.model.move_place(1)
    seat.model.take_place()
    assert seat.state.place.text == "Kerkstraat 4, Heidebeek"
    assert seat.state.place.point is not None
    assert seat.state.alike.within == "binnen 150 m, 30 dagen"


def test_what_is_typed_after_a_place_was_taken_is_another_place(seat):
    seat.model.type_place("Kerkstraat 48")
    seat.model.take_place()
    seat.model.type_place("Achter het station")
    seat.type("Vuil")
    seat.register()
    place = seat.registered()[0].place
    assert (place.kind, place.address, place.lat) == (PlaceKind.ADDRESS, "Achter het station", None)


def test_not_about_a_place_takes_the_place_away(seat):
    seat.model.type_place("Kerkstraat 48")
    seat.model.take_place()
    seat.model.toggle_nowhere()
    seat.type("Een idee")
    seat.register()
    assert seat.registered()[0].place.kind is PlaceKind.NONE


def test_without_a_map_an_address_is_kept_as_it_is_typed(seat):
    def away(text, limit=8):
        raise Unreachable

    seat.desk.geography.search = away
    seat.model.type_place("Kerkstraat 48")
    seat.type("Vuil")
    seat.register()
    assert seat.registered()[0].place.address == "Kerkstraat 48"
    assert len(seat.said) == 2


def test_what_is_alike_is_numbered_and_joined_instead(marleen):
    marleen.type(there.TEXT)
    rows = marleen.state.alike.rows
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[0].detail == "20 m · 4 dagen geleden"
    marleen.model.link_to("r-1812")
    assert marleen.state.only == "Enkel koppelen"
    marleen.model.type_reporter("email", "m.desmedt@example.be")
    marleen.register()
    assert not marleen.registered()
    report_id, joined = next(v for name, *v in marleen.desk.asked if name == "join")
    assert report_id == "r-1812"
    assert joined.said == there.TEXT
    assert joined.visit.id == "v-1"
    assert marleen.grown[0].joined
    assert "Gekoppeld aan M-2026-01812" in marleen.texts()
    assert "print_receipt" in marleen.desk.names()


def test_linking_twice_is_not_linking(seat):
    seat.type(there.TEXT)
    seat.model.link_to("r-1812")
    seat.model.link_to("r-1812")
    seat.register()
    assert len(seat.registered()) == 1


def test_what_is_joined_stays_in_sight_when_others_are_found(seat):
    seat.type(there.TEXT)
    seat.model.link_to("r-1655")
    seat.desk.reports.likes = there.LikeReports(
        reports=[there.like(1900, "Iets anders", ReportState.NEW, 5, 0, 51.0)]
    )
    seat.type(there.TEXT + " En nog iets.")
    assert [(row.id, row.chosen) for row in seat.state.alike.rows] == [
        ("r-1655", True),
        ("r-1900", False),
    ]


def test_when_nothing_can_be_compared_the_list_says_so_and_nobody_is_disturbed(seat):
    seat.desk.fail_with["like"] = Unreachable()
    seat.type(there.TEXT)
    assert seat.state.alike.note == "Niet vergeleken: de server antwoordt niet."
    assert seat.said == []


def test_terms_are_dates_that_explain_themselves(seat):
    receipt, answer = seat.state.terms
    assert receipt.due == "uiterlijk do 26 maart 2026"
    assert answer.due == "uiterlijk do 30 april 2026"
    seat.model.choose_kind("question")
    assert "Paasmaandag" in seat.state.terms[1].why


def test_danger_says_who_is_warned_and_when_nobody_is(seat):
    seat.model.choose_urgency("dangerous")
    assert seat.state.danger.urgent
    seat.type(there.TEXT)
    assert seat.state.danger.text == "Gevaarlijk: ploeg Wegen krijgt meteen een sms."
    seat.model.choose_category("k-put")
    assert seat.state.danger.urgent


# files


def test_photos_are_checked_made_small_and_sent_after_the_report(seat):
    seat.type(there.TEXT)
    seat.model.add_picture("a.jpg", photo())
    seat.register()
    names = [name for name in seat.desk.names() if name in {"register", "attach"}]
    assert names == ["register", "attach"]
    report_id, name, thread = next(v for n, *v in seat.desk.asked if n == "attach")
    assert report_id == seat.registered()[0].id
    assert thread == seat.registered()[0].visit.id
    assert name == "a.jpg"


def test_a_program_with_the_name_of_a_photo_is_refused_and_the_text_stays(seat, tmp_path):
    path = tmp_path / "foto.jpg"
    path.write_bytes(b"MZ\x90\x00" * 50)
    seat.type(there.TEXT)
    seat.model.add_files([path])
    assert seat.state.files.wrong.startswith("foto.jpg: ")
    assert seat.state.files.files == ()
    assert seat.state.text == there.TEXT
    seat.model.add_picture("goed.jpg", photo())
    assert seat.state.files.wrong == ""


def test_a_file_that_is_gone_is_refused(seat, tmp_path):
    seat.model.add_files([tmp_path / "weg.pdf"])
    assert seat.state.files.wrong.startswith("weg.pdf: ")


def test_the_sixth_file_is_refused_and_five_stay(seat):
    for number in range(6):
        seat.model.add_picture(f"{number}.jpg", photo((number, 0, 0)))
    assert len(seat.state.files.files) == 5
    assert seat.state.files.wrong.startswith("5.jpg: ")
    assert not seat.state.files.can_add
    seat.model.drop_file(seat.state.files.files[0].id)
    assert seat.state.files.can_add
    assert seat.state.files.wrong == ""


def test_a_file_that_is_refused_afterwards_does_not_undo_the_report(seat):
    seat.desk.reports.refused_files["a.jpg"] = AttachmentExists()
    seat.type(there.TEXT)
    seat.model.add_picture("a.jpg", photo())
    seat.register()
    assert any(text.startswith("M-2026-01873") for text in seat.texts())
    assert any(text.startswith("a.jpg: ") for text in seat.texts())


def test_a_file_that_is_still_read_when_the_form_is_emptied_comes_nowhere(seat, tasks):
    seat.type("Iets")
    tasks.hold()
    seat.model.add_picture("a.jpg", photo())
    seat.model.start_over()
    tasks.release()
    assert seat.state.files.files == ()
    assert not seat.state.files.reading


# who says it


def test_anonymous_needs_no_way_to_answer(seat):
    seat.type(there.TEXT)
    seat.register()
    assert seat.registered()[0].reporter.name == ""


@pytest.mark.parametrize(
    ("way", "field"), [(AnswerBy.MAIL, "email"), (AnswerBy.SMS, "phone"),
                       (AnswerBy.LETTER, "address"), (AnswerBy.PHONE, "phone")]
)  # fmt: skip
def test_who_gives_a_name_can_be_answered(marleen, way, field):
    marleen.type(there.TEXT)
    marleen.model.choose_answer(way)
    marleen.register()
    assert not marleen.registered()
    assert marleen.focused[-1] == field
    assert field in marleen.state.reporter.wrongs
    assert marleen.state.text == there.TEXT


def test_a_land_line_takes_no_text_message(marleen):
    marleen.type(there.TEXT)
    marleen.model.choose_answer(AnswerBy.SMS)
    marleen.model.type_reporter("phone", "016 20 30 40")
    marleen.register()
    assert marleen.state.reporter.wrongs["phone"] == "Dit nummer ontvangt geen sms"
    marleen.model.choose_answer(AnswerBy.PHONE)
    marleen.register()
    assert marleen.registered()[0].reporter.phone == "+3216203040"


def test_a_call_asks_the_number_and_is_a_visit_of_its_own(marleen):
    marleen.model.choose_channel("phone")
    assert marleen.state.reporter.phone_label == "Nummer van de beller"
    assert "phone" in marleen.state.reporter.shown
    assert marleen.state.reporter.name == ""
    marleen.type(there.TEXT)
    marleen.register(on_paper=False)
    command = marleen.registered()[0]
    assert (command.channel, command.visit.channel) == (Channel.PHONE, Channel.PHONE)
    assert command.visit.id != "v-1"


# registering


def test_from_typing_to_a_receipt(marleen):
    marleen.type(there.TEXT)
    marleen.model.type_reporter("email", "m.desmedt@example.be")
    marleen.register()
    command = marleen.registered()[0]
    assert command.category_id == "k-tegel"
    assert command.visit.id == "v-1"
    assert command.on_paper
    assert ("print_receipt", "v-1") in marleen.desk.asked
    assert marleen.texts() == [
        "M-2026-01873 geregistreerd",
        "M-2026-01873 geregistreerd · afgedrukt",
    ]
    assert marleen.grown[0].reference == "M-2026-01873"
    assert marleen.state.text == ""
    assert marleen.state.reporter.name == "Marleen De Smedt"
    assert marleen.desk.reports.draft() is None


def test_registering_only_prints_nothing(seat):
    seat.type(there.TEXT)
    seat.register(on_paper=False)
    assert "print_receipt" not in seat.desk.names()
    assert not seat.registered()[0].on_paper


def test_nothing_said_and_too_much_said_are_pointed_at(seat):
    seat.register()
    assert seat.state.text_wrong == "Noteer wat er aan de hand is"
    seat.type("a" * 10_000)
    assert seat.state.text == "a" * 10_000
    seat.register()
    assert seat.state.text_wrong.startswith("8.000 tekens te veel")
    assert not seat.registered()


def test_signs_that_no_screen_shows_are_left_out(seat):
    seat.type("Voor\x0ben\x00 na\nhierna")
    seat.register()
    assert seat.registered()[0].text == "Vooren na\nhierna"


def test_pressed_twice_it_is_registered_once(seat, tasks):
    seat.type(there.TEXT)
    tasks.hold()
    seat.register()
    seat.register()
    assert seat.state.busy
    tasks.release()
    assert len(seat.registered()) == 1
    assert not seat.state.busy


def test_a_refusal_leaves_everything_as_it_was_typed(seat):
    seat.type(there.TEXT)
    seat.model.add_picture("a.jpg", photo())
    seat.desk.fail_with["register"] = CategoryClosed(category="Voetpad")
    seat.register()
    assert seat.said[-1].wrong
    assert "Voetpad" in seat.said[-1].text
    assert seat.state.text == there.TEXT
    assert len(seat.state.files.files) == 1
    first = seat.registered()[0].id
    del seat.desk.fail_with["register"]
    seat.register()
    assert seat.registered()[1].id == first


def test_what_was_taken_down_already_is_not_taken_down_again(seat):
    seat.type(there.TEXT)
    seat.desk.fail_with["register"] = ReportExists()
    seat.register()
    assert seat.said[-1].wrong
    assert seat.state.text == ""


def test_offline_it_is_kept_and_numbered_later(marleen):
    marleen.desk.offline = True
    marleen.type(there.TEXT)
    marleen.model.type_reporter("email", "m.desmedt@example.be")
    marleen.register()
    assert marleen.texts()[0].startswith("Hier bewaard")
    assert marleen.texts()[0].endswith("Bewijs later.")
    assert "print_receipt" not in marleen.desk.names()
    assert marleen.grown[0].pending
    assert marleen.state.text == ""
    marleen.desk.offline = False
    answer = marleen.desk.reports.register(marleen.registered()[0])
    assert not isinstance(answer, Queued)
    marleen.model.entry_delivered(answer.result)
    assert not marleen.grown[-1].pending
    assert marleen.texts()[-1] == "M-2026-01873 geregistreerd"
    marleen.model.entry_delivered(answer.result)
    assert len(marleen.grown) == 2


def test_danger_of_which_nobody_heard_is_said_loudly(seat):
    seat.desk.offline = True
    seat.type(there.TEXT)
    seat.model.choose_urgency("dangerous")
    seat.register()
    assert seat.said[-1].text == "Nog niemand is verwittigd van het gevaar. Bel de ploeg."
    assert seat.said[-1].wrong


# the draft on disk


def test_what_was_typed_is_there_after_a_crash(tasks, nl, seat):
    seat.type(there.TEXT)
    seat.model.type_place("Kerkstraat 48")
    seat.model.take_place()
    seat.model.add_picture("a.jpg", photo())
    seat.pause()
    after = Seat(tasks, nl, seat.desk)
    assert after.state.text == there.TEXT
    assert after.state.place.point is not None
    assert [one.name for one in after.state.files.files] == ["a.jpg"]
    assert after.state.restored == "Hersteld van 10:19"
    after.model.start_over()
    assert after.state.text == ""
    assert after.state.restored == ""
    assert Seat(tasks, nl, seat.desk).state.text == ""


def test_a_colleague_neither_sees_nor_loses_it(seat):
    seat.type(there.TEXT)
    seat.model.begin(seat.desk.sign_in("tom", "x"))
    assert seat.state.text == ""
    seat.type("Van Tom")
    seat.model.begin(seat.desk.sign_in("sofie", "x"))
    assert seat.state.text == there.TEXT


def test_typing_is_kept_within_the_second_also_while_it_goes_on(seat):
    seat.model.type_text("a")
    assert seat.model._keep.isActive()
    due = seat.model._keep.remainingTime()
    seat.model.type_text("ab")
    assert seat.model._keep.interval() <= 1500
    assert seat.model._keep.remainingTime() <= due


def test_a_draft_of_yesterday_begins_a_visit_of_its_own(tasks, nl, marleen):
    marleen.type(there.TEXT)
    marleen.model.type_reporter("email", "m.desmedt@example.be")
    marleen.pause()
    before = marleen.model._draft.own_visit
    marleen.desk.clock.advance(days=1)
    after = Seat(tasks, nl, marleen.desk)
    assert after.state.restored == "Hersteld van ma 16 maart 10:19"
    after.register()
    visit = after.registered()[0].visit
    assert visit.id not in {"v-1", before}


def test_a_draft_that_cannot_be_read_is_left_alone(tasks, nl, seat):
    seat.desk.reports.keep_draft('{"kind": "nonsense"}')
    assert Seat(tasks, nl, seat.desk).state.text == ""


def test_an_untouched_form_follows_the_visitor_a_touched_one_does_not(marleen):
    marleen.visit = StartVisit(id="v-2", visitor_name="Jan")
    marleen.model.looked_at()
    assert marleen.state.reporter.name == "Jan"
    marleen.type("Iets")
    marleen.visit = StartVisit(id="v-3", visitor_name="Piet")
    marleen.model.looked_at()
    assert marleen.state.reporter.name == "Jan"
    assert marleen.state.visit == "Bezoek van Jan, sinds 10:19"


def test_who_is_greeted_while_it_is_typed_is_the_reporter(seat):
    seat.type("Iets")
    seat.visit = StartVisit(id="v-2", visitor_name="Jan")
    seat.model.looked_at()
    assert seat.state.reporter.name == "Jan"
    assert seat.model._draft.visit.id == "v-2"


def a_refused(seat, text="Een losse tegel bij de kerk"):
    """What was kept here while the server was away, and refused later."""
    command = RegisterReport(
        kind="issue",
        text=text,
        category_id="k-oud",
        place=Place(kind="address", address="Kerkstraat 48"),
        reporter=ReporterDetails(name="Jan Maes", email="jan@example.be"),
    )
    refused = RefusedReport(
        "entry-7", command, "report.category_closed", {"category": "Telefooncel"}
    )
    seat.desk.reports.refused_later = [refused]
    return refused


def test_a_report_that_is_refused_later_offers_its_form_again(tasks, nl):
    seat = Seat(tasks, nl)
    refused = a_refused(seat)
    seat.model.entry_parked("entry-7")
    offered = seat.said[-1]
    assert (offered.remedy, offered.about) == (Remedy.OPEN_REFUSED, "entry-7")
    assert "Telefooncel" in offered.text
    seat.model.take_back("entry-7")
    assert (seat.state.text, seat.state.place.text) == (refused.command.text, "Kerkstraat 48")
    seat.model.choose_category("k-tegel")
    seat.register()
    [(entry, command)] = [values for name, *values in seat.desk.asked if name == "correct"]
    assert (entry, command.id, command.category_id) == ("entry-7", refused.command.id, "k-tegel")
    assert command.reporter.name == "Jan Maes"
    assert seat.state.text == ""


def test_what_is_typed_here_is_not_wiped_by_a_refused_one(tasks, nl):
    seat = Seat(tasks, nl)
    a_refused(seat)
    seat.type("Iets anders")
    seat.model.take_back("entry-7")
    assert seat.state.text == "Iets anders"
    assert [one.remedy for one in seat.said if one.wrong][-1] is Remedy.OPEN_REFUSED


def test_one_that_was_refused_before_is_offered_to_who_sits_down(tasks, nl):
    desk = StubDesk(now=there.NOW)
    first = Seat(tasks, nl, desk)
    a_refused(first)
    again = Seat(tasks, nl, desk)
    assert [one.about for one in again.said] == ["entry-7"]


def test_one_that_went_on_already_is_not_opened(tasks, nl):
    seat = Seat(tasks, nl)
    seat.model.take_back("entry-7")
    assert seat.state.text == ""
