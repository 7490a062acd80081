"""A form that is typed at the real desk, which is then there no more; and its way to the server."""

import io

from PIL import Image

from loket.desk.facts import EntryDelivered, EntryParked
from loket.desk.refused import KIND
from loket.link.delivery import Queued
from loket.reports.messages.taking import LikeAsked
from ui.reports.taking.draft import Draft
from ui.reports.taking.files import Attached, KeptFiles
from ui.reports.taking.sending import hand_in

AWAY = "http://127.0.0.1:9"  # discard: nobody listens


def photo():
    made = io.BytesIO()
    Image.new("RGB", (40, 30), (160, 150, 140)).save(made, "JPEG")
    return made.getvalue()


def test_what_was_typed_survives_the_desk(open_desk):
    first, _ = open_desk("onthaal-1", "sofie")
    draft = Draft().changed(text="Losse tegel", where="Kerkstraat 48")
    attached = Attached(*first.reports.read_picture("a.jpg", photo()))
    first.reports.keep_draft(draft.model_dump_json())
    first.reports.keep_draft_files(KeptFiles.of(draft.id, (attached,)).model_dump_json())
    # The first is not closed: as after a power cut, only what is on disk counts.
    second, _ = open_desk("onthaal-1", "sofie")
    assert Draft.model_validate_json(second.reports.draft().text) == draft
    kept = KeptFiles.model_validate_json(second.reports.draft_files().text)
    assert kept.attached() == (attached,)
    second.reports.forget_draft()
    assert first.reports.draft() is None
    assert first.reports.draft_files() is None


def test_a_report_with_its_photo_and_one_who_joins_it(open_desk):
    desk, _ = open_desk("onthaal-1", "sofie")
    reports = desk.reports
    picture, _small = reports.read_picture("a.jpg", photo())
    draft = Draft().changed(text="Losse tegel aan de bushalte", name="Jan", email="jan@example.be")
    handed = hand_in(reports, draft, [], [picture], on_paper=True)
    registered = handed.answer.result
    assert handed.refused == ()
    assert registered.visit_id == draft.own_visit
    alike = reports.like(LikeAsked(text="tegel aan bushalte ligt los")).reports
    assert [one.id for one in alike] == [draft.id]
    second = Draft().changed(text="Ik ook", linked=alike[0], name="An", email="an@example.be")
    joined = hand_in(reports, second, [], [], on_paper=False).answer.result
    assert joined.report.reference == registered.report.reference
    assert len(reports.file(draft.id).reporters) == 2


def test_a_file_sent_twice_is_said_and_the_report_stands(open_desk):
    desk, _ = open_desk("onthaal-1", "sofie")
    picture, _small = desk.reports.read_picture("a.jpg", photo())
    draft = Draft().changed(text="Losse tegel")
    handed = hand_in(desk.reports, draft, [], [picture, picture], on_paper=False)
    assert handed.answer.result.report.reference
    assert [getattr(error, "code", "") for _name, error in handed.refused] == [
        "report.attachment_exists"
    ]


def test_what_was_refused_later_goes_on_in_its_place_with_its_photo(open_desk, route):
    desk, listening = open_desk("onthaal-1", "sofie")
    url = route.address.url
    route.go(AWAY)
    desk._presence._follower._interrupt()
    listening.until(lambda _fact: desk.picture().connection.state == "offline")
    picture, _small = desk.reports.read_picture("a.jpg", photo())
    draft = Draft().changed(text="Losse tegel", category_id="rc-none")
    handed = hand_in(desk.reports, draft, [], [picture], on_paper=False)
    assert isinstance(handed.answer, Queued)
    route.go(url)
    desk._presence._follower.hurry()
    parked = listening.until(EntryParked)
    assert (parked.kind, parked.code) == (KIND, "report.unknown_category")
    [refused] = desk.reports.refused()
    again = Draft.of_refused(refused.entry_id, refused.command)
    assert (again.id, again.text) == (draft.id, "Losse tegel")
    hand_in(desk.reports, again.changed(category_id=""), [], [], on_paper=False)
    delivered = listening.until(EntryDelivered)
    assert delivered.result.report.id == draft.id
    listening.until(lambda _fact: not desk.picture().connection.waiting)
    assert desk.reports.refused() == ()
    entries = desk.reports.file(draft.id).entries
    assert [one.name for entry in entries for one in entry.attachments] == ["a.jpg"]
