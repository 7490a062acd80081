"""Mail that found no file, from a real desk at the real server: each call that the pile makes."""

import pytest

from loket.desk.facts import ReportsChanged
from loket.link.errors import Rejected
from loket.reports.messages.mailing import LinkMail, PutMailAside, RegisterMail
from tests.agreement.test_following_up import taken_down
from tests.incoming import taken_in
from tests.mails import mail


@pytest.fixture
def els(open_desk, store):
    """The coordinator; three mails came in that belong nowhere."""
    desk, heard = open_desk("loket-2", "els")
    for words in ("Eén.", "Twee.", "Drie."):
        taken_in(store, mail(words, sender="An Peeters <an@burger.example>").as_bytes())
    return desk, heard


def test_mails_that_came_in_are_linked_registered_and_put_aside(els):
    desk, heard = els
    heard.until(lambda fact: isinstance(fact, ReportsChanged) and not fact.report_id)
    calls = desk.reports
    first, second, third = calls.loose_mails().mails
    assert [one.text for one in (first, second, third)] == ["Eén.", "Twee.", "Drie."]
    report = taken_down(desk)
    assert calls.link_mail(first.id, LinkMail(report_id=report.id)).id == report.id
    made = calls.register_mail(second.id, RegisterMail()).report
    assert (made.text, made.channel) == ("Twee.", "mail")
    assert calls.put_mail_aside(third.id, PutMailAside(reason="reclame")).total == 0
    said = [entry.text for entry in calls.file(report.id).entries if entry.act == "answered"]
    assert said == ["Eén."]


def test_who_was_quicker_is_said(els):
    desk, _heard = els
    mail_id = desk.reports.loose_mails().mails[0].id
    desk.reports.put_mail_aside(mail_id, PutMailAside(reason="x"))
    with pytest.raises(Rejected) as refused:
        desk.reports.register_mail(mail_id, RegisterMail())
    assert refused.value.code == "report.mail_settled"
