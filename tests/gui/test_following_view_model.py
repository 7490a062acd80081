"""Following reports up: what is typed is kept, who was quicker is seen, pages follow each other."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from loket.desk.facts import MessagesChanged, ReportsChanged
from loket.geography.rules.spots import Spot
from loket.kit.errors import Conflict
from loket.link.errors import Unreachable
from loket.reports.messages.following import EntryMessage, ReplyTo, View
from loket.reports.rules.flow import ReportAct, ReportState
from loket.reports.rules.kinds import AnswerBy, ReportKind, ReportStale, Urgency
from tests.gui import reports_town as town
from ui.core.preferences import PreferenceStore
from ui.reports.following.state import Page, Phase
from ui.reports.following.view_model import FollowingViewModel

HILDE, LAMP, LOOSE = "r-1764", "r-1702", "r-1790"


@pytest.fixture
def desk():
    return town.StubFollowingDesk()


@pytest.fixture
def model(desk, tasks, nl):
    made = FollowingViewModel(desk, tasks, nl)
    made.know_town(town.a_catalogue())
    made.look()
    return made


def done(desk, act):
    return [command for name, command in desk.reports.done if name == act]


def test_rows_say_what_matters_most(model):
    lines = {line.id: line for line in model.state.list.lines}
    badges = [line.badge.text for line in lines.values()]
    assert badges[:5] == ["Te laat", "Te laat", "Antwoord", "Nieuw", "Bezig"]
    assert (lines[LAMP].due, lines[LAMP].due_tone) == ("verviel 13/03", "late_fg")
    assert (lines[HILDE].due, lines[HILDE].due_tone) == ("nog 2 dagen", "wait_fg")
    assert lines[HILDE].detail == "Groen en netheid · Els G."
    assert lines["r-1731"].title == "Klacht: geen antwoord op mail"
    assert [view.text for view in model.state.list.views][:2] == ["Open 23", "Te laat 2"]


def test_what_is_typed_stays_with_its_report(model):
    model.open(HILDE)
    model.type_reply("Dag mevrouw, de ploeg")
    model.open(LAMP)
    assert model.state.file.reply.text == ""
    model.type_reply("Iets anders")
    model.open(HILDE)
    assert model.state.file.reply.text == "Dag mevrouw, de ploeg"


def test_a_refused_reply_keeps_its_text_and_shows_what_a_colleague_did(model, desk):
    model.open(HILDE)
    model.type_reply("Dag mevrouw")
    now = town.a_report(HILDE, version=6, state=ReportState.WAITING_THIRD)
    desk.reports.files[HILDE] = town.a_file(now)
    desk.reports.refuses = ReportStale(reference="M-2026-01764", state="waiting_third")
    model.send()
    reply = model.state.file.reply
    assert (reply.text, reply.busy) == ("Dag mevrouw", False)
    assert "collega" in reply.wrong
    desk.reports.refuses = None
    model.send()
    assert done(desk, "reply")[-1].seen_version == 6
    assert model.state.file.reply.text == ""


def test_without_a_server_the_reply_stays(model, desk):
    model.open(HILDE)
    model.type_reply("Dag mevrouw")
    desk.reports.refuses = Unreachable()
    model.send(then=ReportAct.RESOLVE, close=True)
    assert model.state.file.reply.text == "Dag mevrouw"
    assert model.state.file.reply.wrong


def test_who_types_on_while_it_is_sent_keeps_the_rest(model, desk, tasks):
    model.open(HILDE)
    model.type_reply("Dag")
    tasks.hold()
    model.send()
    model.send()
    model.type_reply("Dag mevrouw")
    tasks.release()
    assert [command.text for command in done(desk, "reply")] == ["Dag"]
    assert model.state.file.reply.text == "Dag mevrouw"


def test_a_template_is_filled_and_its_open_field_is_refused(model, desk):
    model.open(HILDE)
    model.use_template("t-plan")
    text = model.state.file.reply.text
    assert text.startswith("Dag Hilde Cools")
    assert "{uitvoering}" in text
    assert "Els Goossens" in model.state.file.reply.filled
    model.send()
    assert done(desk, "reply") == []
    assert "{uitvoering}" in model.state.file.reply.wrong
    model.type_reply(text.replace("{uitvoering}", "woensdag"))
    model.send()
    assert "woensdag" in done(desk, "reply")[0].text


def test_a_template_does_not_wipe_what_was_typed(model):
    model.open(HILDE)
    model.type_reply("Eigen woorden")
    model.use_template("t-plan")
    assert model.state.file.reply.text.startswith("Eigen woorden\n\nDag Hilde")


def test_only_replies_that_fit_stand_ready(model):
    model.open(HILDE)
    assert [name for _id, name in model.state.file.reply.templates] == ["Uitvoering gepland"]


def test_the_way_of_the_reporter_comes_first_and_another_is_said(model, desk):
    desk.reports.files[HILDE] = town.a_file(reporters=[town.a_reporter(answer_by=AnswerBy.LETTER)])
    model.open(HILDE)
    assert next(way for way, _name in model.state.file.reply.ways) == "letter"
    model.type_reply("Dag")
    model.send()
    model.type_reply("Dag opnieuw")
    model.choose_way("sms")
    model.send()
    assert [command.by for command in done(desk, "reply")] == [None, AnswerBy.SMS]


def test_everybody_involved_gets_it_by_their_own_way(model, desk):
    people = [town.a_reporter(), town.a_reporter("p-2", 2, name="Jan")]
    desk.reports.files[HILDE] = town.a_file(reporters=people)
    model.open(HILDE)
    model.type_reply("Dag")
    model.choose_way("sms")
    model.to_everybody(everybody=True)
    model.send()
    [command] = done(desk, "reply")
    assert (command.to, command.by) == (ReplyTo.ALL, None)


def test_an_anonymous_report_takes_notes_only(model, desk):
    anonymous = town.a_reporter(anonymous=True, name="", email="", phone="", address="")
    desk.reports.files[HILDE] = town.a_file(reporters=[anonymous])
    model.open(HILDE)
    assert [way for way, _name in model.state.file.reply.ways] == ["note"]
    model.type_reply("Enkel voor ons")
    model.send()
    assert done(desk, "note")[0].text == "Enkel voor ons"
    assert done(desk, "reply") == []


def test_said_by_telephone_keeps_the_promise(model, desk):
    desk.reports.files[HILDE] = town.a_file(promises=[town.a_promise()])
    model.open(HILDE)
    model.choose_way("phone")
    model.type_reply("De ploeg komt woensdag")
    model.send()
    assert [name for name, _command in desk.reports.done] == ["note_attempt", "reply"]
    assert done(desk, "note_attempt")[0].reached


def test_not_reached_is_noted_and_the_text_stays(model, desk):
    model.open(HILDE)
    model.choose_way("phone")
    model.type_reply("Wat ik wou zeggen")
    model.not_reached()
    assert not done(desk, "note_attempt")[0].reached
    assert model.state.file.reply.text == "Wat ik wou zeggen"


def test_nothing_is_closed_over_a_reply_that_was_not_sent(model, desk):
    model.open(HILDE)
    model.type_reply("Nog niet klaar")
    model.resolve_and_close()
    assert done(desk, "move") == []
    assert model.state.file.reply.wrong
    model.type_reply("")
    model.resolve_and_close()
    [command] = done(desk, "move")
    assert (command.act, command.close) == (ReportAct.RESOLVE, True)


def test_it_is_sent_on_with_a_note(model, desk):
    model.open(HILDE)
    assert not model.state.file.dock.can_forward
    model.choose_goal("p:rp-iok")
    model.type_note("Graag deze week")
    model.forward()
    [command] = done(desk, "assign")
    assert (command.party_id, command.department_id) == ("rp-iok", None)
    assert command.note == "Graag deze week"
    assert model.state.file.dock.goal == ""


def test_goals_begin_where_it_is_and_show_what_they_have(model):
    model.open(HILDE)
    goals = model.state.file.dock.goals
    assert [(goal.name, goal.detail) for goal in goals[:2]] == [
        ("Groen en netheid", "nu"),
        ("Openbaar domein", "14 open"),
    ]
    assert (len(goals), model.state.file.dock.more_goals) == (4, 2)


@pytest.mark.parametrize(
    ("kind", "fields", "act"),
    [
        ("return", {"text": "Hoort bij Mobiliteit"}, "return_it"),
        ("refer", {"line": "De Lijn"}, "refer"),
        ("declare_inadmissible", {"first": "in_court"}, "declare_inadmissible"),
        ("extend", {}, "extend"),
        ("judge", {"first": "no", "second": "partly"}, "judge"),
        ("change", {"first": "rc-tegel"}, "change"),
        ("link", {"line": "m-2026-01702"}, "link_to"),
        ("await_third", {"text": "Op de netbeheerder"}, "move"),
        ("reached", {"text": "Alles uitgelegd"}, "note_attempt"),
        ("promise", {"line": "Over de ploeg"}, "promise"),
        ("heard", {"text": "Het ligt er nog"}, "note_answer"),
    ],
)
def test_each_act_asks_what_it_needs(model, desk, kind, fields, act):
    model.open(HILDE)
    model.start_act(kind)
    assert model.state.file.form.kind == kind
    model.fill_form(**fields)
    model.confirm_form()
    assert len(done(desk, act)) == 1
    assert model.state.file.form.kind == ""


def test_what_the_reporter_reads_says_why_and_who(model, desk):
    model.open(HILDE)
    model.start_act("refer")
    model.fill_form(line="De Lijn")
    model.confirm_form()
    assert "is De Lijn bevoegd" in done(desk, "refer")[0].text
    model.start_act("declare_inadmissible")
    model.confirm_form()
    assert "{" not in done(desk, "declare_inadmissible")[0].text


def test_a_form_without_its_reason_is_not_sent_and_a_refused_one_stays(model, desk):
    model.open(HILDE)
    model.start_act("return")
    model.confirm_form()
    assert model.state.file.form.wrong
    assert desk.reports.done == []
    model.fill_form(text="Niet van ons")
    desk.reports.refuses = Conflict(code="report.wrong_state")
    model.confirm_form()
    assert (model.state.file.form.kind, model.state.file.form.text) == ("return", "Niet van ons")
    assert model.state.file.form.wrong


@pytest.mark.parametrize(
    ("kind", "fields", "what", "value"),
    [
        ("title", {"line": "Glasbak"}, "title", "Glasbak"),
        ("kind", {"first": "complaint"}, "kind", ReportKind.COMPLAINT),
        ("urgency", {"first": "dangerous"}, "urgency", Urgency.DANGEROUS),
    ],
)
def test_what_it_is_about_is_made_right(model, desk, kind, fields, what, value):
    model.open(HILDE)
    model.start_act(kind)
    model.fill_form(**fields)
    assert what == "title" or model.state.file.form.hint
    model.confirm_form()
    assert getattr(done(desk, "change")[0], what) == value


def test_another_kind_says_what_becomes_of_the_term(model):
    model.open(HILDE)
    model.start_act("kind")
    model.fill_form(first="complaint")
    assert "26/04/2026" in model.state.file.form.hint


def test_a_place_is_found_while_typing_or_pointed_at_or_none(model, desk):
    model.open(HILDE)
    model.start_act("place")
    model.find("kerkstraat 4")
    model.move_found(1)
    model.take_found()
    assert model.state.file.form.find.text == "Kerkstraat 4, Heidebeek"
    model.confirm_form()
    place = done(desk, "change")[0].place
    assert (place.kind, place.address, place.lat) == ("address", "Kerkstraat 4, Heidebeek", 51.0)
    model.start_act("place")
    model.point_at(Spot(51.002, 4.71))
    model.confirm_form()
    place = done(desk, "change")[1].place
    assert (place.lat, place.address) == (51.002, "Kerkstraat 48, Heidebeek")
    model.start_act("place")
    model.toggle_nowhere()
    model.confirm_form()
    assert done(desk, "change")[2].place.kind == "none"


def test_a_form_says_what_its_author_saw_and_keeps_what_is_typed(model, desk):
    model.open(HILDE)
    model.start_act("title")
    model.fill_form(line="Mijn titel")
    now = town.a_report(HILDE, version=6, title="Titel van een collega")
    desk.reports.files[HILDE] = town.a_file(now)
    model.hear(ReportsChanged(HILDE))
    desk.reports.refuses = ReportStale(reference="M-2026-01764", state="in_progress")
    model.confirm_form()
    assert done(desk, "change")[0].seen_version == 5
    assert (model.state.file.form.line, model.state.file.title) == (
        "Mijn titel",
        "Titel van een collega",
    )
    assert "collega" in model.state.file.form.wrong
    desk.reports.refuses = None
    model.confirm_form()
    assert done(desk, "change")[1].seen_version == 6


def test_it_goes_to_nobody_again(model, desk):
    model.open(HILDE)
    model.start_act("hand")
    names = [one.title for one in model.state.file.form.find.found]
    assert names == ["Els Goossens (u)", "Jef Vermeulen", "Dirk Maes", "Niemand"]
    model.take_found("-")
    model.confirm_form()
    assert done(desk, "hand")[0].handler_id is None


def test_colleagues_that_come_late_do_not_fill_another_form(model, desk, tasks):
    model.open(HILDE)
    tasks.hold()
    model.start_act("hand")
    model.start_act("title")
    tasks.release()
    assert model.state.file.form.find is None


def test_a_name_is_each_ones_own_when_everybody_gets_it(model, desk):
    people = [town.a_reporter(), town.a_reporter("p-2", 2, name="Jan")]
    desk.reports.files[HILDE] = town.a_file(reporters=people)
    model.open(HILDE)
    model.use_template("t-plan")
    model.to_everybody(everybody=True)
    text = model.state.file.reply.text
    assert text.startswith("Dag {naam}")
    model.type_reply(text.replace("{uitvoering}", "woensdag"))
    model.send()
    assert done(desk, "reply")[0].text.startswith("Dag {naam}")
    model.use_template("t-plan")
    model.to_everybody(everybody=False)
    assert model.state.file.reply.text.startswith("Dag Hilde Cools")


def test_pages_follow_each_other_once(model, desk):
    desk.reports.page_size = 3
    model.choose_view("open")
    assert len(model.state.list.lines) == 3
    assert model.state.list.more == "Nog 5 meldingen"
    model.more()
    model.more()
    assert len(model.state.list.lines) == 8
    assert (model.state.list.more, len({line.id for line in model.state.list.lines})) == ("", 8)
    asked = len(desk.reports.asked)
    model.more()
    assert len(desk.reports.asked) == asked


def test_up_and_down_walk_the_list(model):
    assert model.state.file.id == LAMP
    model.step(1)
    model.step(1)
    assert (model.state.file.id, model.state.file.place) == (HILDE, "3 van 8")
    model.step(-1)
    assert model.state.list.current == "r-1731"


def test_a_report_that_left_the_list_stays_open(model, desk):
    model.open(HILDE)
    desk.reports.listed = [one for one in desk.reports.listed if one.report.id != HILDE]
    model.hear(ReportsChanged(HILDE))
    assert (model.state.file.id, model.state.file.place) == (HILDE, "")
    model.step(1)
    assert model.state.file.id == LOOSE


def test_what_a_colleague_did_reloads_the_file_and_keeps_what_is_typed(model, desk):
    model.open(HILDE)
    model.type_reply("Dag")
    more = [*town.entries(), town.an_entry(7, ReportAct.NOTE, town.NOW, text="Gezien")]
    desk.reports.files[HILDE] = town.a_file(entries=more)
    model.hear(ReportsChanged(HILDE))
    assert model.state.file.items[-1].text == "Gezien"
    assert model.state.file.reply.text == "Dag"


def test_filters_narrow_and_are_kept_per_person(model, desk, tmp_path, tasks, nl):
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    shelf = PreferenceStore(settings)
    model.keep_filters_in(shelf)
    model.narrow("kind", "complaint")
    model.narrow("place", "p:rp-iok")
    model.choose_view("late")
    asked = desk.reports.asked[-1]
    assert (asked.view, asked.kinds) == (View.LATE, [ReportKind.COMPLAINT])
    assert (asked.party_ids, model.state.list.filter.many) == (["rp-iok"], 2)
    model.keep_filter("Klachten te laat")
    model.clear_filter()
    assert desk.reports.asked[-1].kinds == []
    again = FollowingViewModel(desk, tasks, nl, saved=shelf)
    again.use_filter("Klachten te laat")
    assert desk.reports.asked[-1].kinds == [ReportKind.COMPLAINT]
    assert shelf.filters_of("u-jef") == {}
    shelf.keep_filters("u-els", {"Oud": json.dumps({"view": "gone"})})
    again.use_filter("Oud")
    assert shelf.filters_of("u-els") == {}


def test_letters_are_printed_together_and_then_posted(model, desk):
    desk.reports.waiting = [town.a_letter(), town.a_letter("l-2")]
    model.refresh()
    model.show_letters()
    assert (model.state.page, len(model.state.letters.rows)) == (Page.LETTERS, 2)
    model.print_letters(["l-1", "l-2"])
    assert len(done(desk, "print_letters")[0]) == 2
    assert model.state.letters.printed
    model.posted(["l-1"])
    assert [row.id for row in model.state.letters.rows] == ["l-2"]
    assert model.state.list.letters == 1


def test_calls_of_today_say_which_are_late(model, desk):
    early = town.a_promise("pr-0", due_at=town.partial_day(16, 8, 0))
    tomorrow = town.a_promise("pr-9", due_at=town.partial_day(17, 9, 0))
    desk.reports.calls = [early, town.a_promise(), tomorrow]
    model.refresh()
    model.show_calls()
    assert [row.cells[0] for row in model.state.calls.rows] == ["09:00, te laat", "14:00"]
    assert model.state.list.calls_late


def test_each_date_explains_itself(model, desk):
    paused = town.an_explanation(town.date(2026, 4, 26), paused=3, extension=45)
    desk.reports.files[HILDE] = town.a_file(answer=paused)
    model.open(HILDE)
    tip = model.state.file.dock.terms[-1].tip
    assert "12/03/2026" in tip
    assert "45 kalenderdagen" in tip
    assert "3 dagen telden niet mee" in tip


def test_an_attachment_is_opened_from_a_file_of_its_own(model, qtbot):
    model.open(HILDE)
    with qtbot.waitSignal(model.file_ready) as ready:
        model.open_attachment("at-1")
    assert Path(ready.args[0]).read_bytes()[1:4] == b"PNG"


def test_what_may_not_be_done_is_not_offered(model, desk):
    desk.reports.files[HILDE] = town.a_file(may=[])
    model.open(HILDE)
    file = model.state.file
    assert (file.dock.acts, file.dock.goals, file.dock.close) == ((), (), "")
    assert not file.reply.can_send


def test_who_sits_down_sees_nothing_of_who_sat_before(model, desk):
    model.open(HILDE)
    model.type_reply("Van Els")
    desk.session.user.id = "u-jef"
    model.begin(desk.session)
    model.open(HILDE)
    assert model.state.file.reply.text == ""


def test_a_report_that_cannot_be_read_says_so(model, desk):
    def away(_report_id):
        raise Unreachable

    desk.reports.file = away
    model.open(HILDE)
    assert model.state.file.phase is Phase.FAILED
    assert model.state.file.problem


@pytest.fixture
def failed(desk):
    """A reply of which the mail was refused, and a confirmation of which nobody knows."""
    message = EntryMessage(
        id="m-1", channel="mail", state="failed", fault="recipient_refused", recipient="h@x.be"
    )
    doubt = message.model_copy(update={"id": "m-2", "state": "in_doubt", "fault": "uncertain"})
    told = {5: message, 2: doubt}
    entries = [one.model_copy(update={"message": told.get(one.seq)}) for one in town.entries()]
    desk.reports.files[HILDE] = town.a_file(entries=entries)


@pytest.mark.usefixtures("failed")
def test_a_mail_that_did_not_arrive_says_so_and_is_sent_again(model, desk):
    model.open(HILDE)
    posts = {item.post.seq: item.post for item in model.state.file.items if item.post}
    assert posts[5].text.startswith("Niet verzonden. ")
    assert (posts[5].tone, posts[5].can_again, posts[2].can_again) == ("late", True, True)
    model.send_again("m-1")
    assert desk.correspondence.again == [("m-1", None)]
    desk.correspondence.refuses = Conflict(code="message.not_to_send")
    said = []
    model.said.connect(said.append)
    model.send_again("m-1")
    assert said[0].wrong


@pytest.mark.usefixtures("failed")
def test_a_reply_that_did_not_arrive_is_written_as_a_letter(model, desk):
    model.open(HILDE)
    model.answer_otherwise(5)
    reply = model.state.file.reply
    assert (reply.way, reply.text) == (
        "letter",
        "Dag mevrouw Cools, ligt het afval ook op het grasveld ernaast?",
    )
    model.send()
    [command] = done(desk, "reply")
    assert (command.by, command.reporter_id) == (AnswerBy.LETTER, "p-hilde")
    model.answer_otherwise(2)
    assert model.state.file.reply.text == "Wij kregen uw melding."


def test_how_a_message_fares_is_read_again_when_it_changes(model, desk):
    model.open(HILDE)
    before = model.state.file.items
    message = EntryMessage(id="m-1", channel="mail", state="sent", fault="", recipient="h@x.be")
    entries = [
        one.model_copy(update={"message": message if one.seq == 5 else None})
        for one in town.entries()
    ]
    desk.reports.files[HILDE] = town.a_file(entries=entries)
    model.hear(MessagesChanged("m-9", "p-other"))
    assert model.state.file.items == before
    model.hear(MessagesChanged("m-1", "p-hilde"))
    assert [item.post.text for item in model.state.file.items if item.post] == ["Verzonden"]


@pytest.fixture
def away(desk, tasks, nl):
    """Nobody looks at the follow-up; what is asked attention for, and what was said."""
    made = FollowingViewModel(desk, tasks, nl)
    asked, said = [], []
    made.attention_changed.connect(asked.append)
    made.said.connect(said.append)
    return made, asked, said


def test_own_reports_that_are_nearly_due_are_counted_and_said_once_a_day(away, desk):
    model, asked, said = away
    model.begin(desk.session)
    assert model.state.list.open == 23
    assert (asked[-1].many, asked[-1].urgent) == (2, False)
    assert [one.text for one in said] == ["Uw meldingen: 2 bijna te laat."]
    desk.reports.own_late = 1
    model.hear(ReportsChanged("r-1"))
    assert (asked[-1].many, asked[-1].urgent, len(said)) == (3, True, 1)
    model.tick()
    assert len(said) == 1
    desk.clock.advance(days=1)
    model.tick()
    assert len(said) == 2


def test_who_has_nothing_due_is_told_nothing(away, desk):
    model, asked, said = away
    desk.reports.own_nearly_due = 0
    model.begin(desk.session)
    assert (asked[-1].many, said) == (0, [])


def test_counting_without_a_server_disturbs_nobody(away, desk):
    model, _asked, said = away

    def away_now():
        raise Unreachable

    desk.reports.counts = away_now
    model.begin(desk.session)
    assert said == []


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("mail", "M-2026-01764: e-mail onderweg naar h.cools@example.be"),
        ("letter", "M-2026-01764: de brief voor Hilde Cools ligt op de stapel om te posten"),
        ("sms", "M-2026-01764: sms onderweg naar 0470 98 76 54"),
        ("phone", "M-2026-01764: genoteerd wat aan Hilde Cools is gezegd"),
        ("note", "M-2026-01764: notitie bewaard"),
    ],
)
def test_what_was_sent_says_by_which_way(model, way, said):
    model.open(HILDE)
    heard = []
    model.said.connect(heard.append)
    model.choose_way(way)
    model.type_reply("Dag")
    model.send()
    assert [one.text for one in heard] == [said]


def test_a_reply_to_all_says_how_many_by_which_way(model, desk):
    people = [town.a_reporter(), town.a_reporter("p-2", 2, name="Jan", answer_by="letter")]
    desk.reports.files[HILDE] = town.a_file(reporters=people)
    model.open(HILDE)
    heard = []
    model.said.connect(heard.append)
    model.to_everybody(everybody=True)
    model.type_reply("Dag")
    model.send()
    assert heard[0].text == "M-2026-01764: 1 per e-mail, 1 op de stapel brieven"
