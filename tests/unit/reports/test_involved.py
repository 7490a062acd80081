"""Who is told something together: each person once, by a way that reaches them."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.reports.rules.involved import each_once, way_of
from loket.reports.rules.kinds import AnswerBy


@dataclass(frozen=True)
class Someone:
    email: str = ""
    phone: str = ""
    address: str = ""
    answer_by: str = "mail"
    anonymous: bool = False
    name_key: str = ""


JAN = Someone("jan@example.be", "+32470112233")


@pytest.mark.parametrize(
    "other",
    [
        Someone("JAN@example.be"),
        Someone("", "+32470112233", answer_by="phone"),
        Someone("other@example.be", "+32470112233"),
    ],
)
def test_the_same_mail_or_number_is_the_same_person(other: Someone) -> None:
    found = each_once([JAN, other])
    assert ([one.person for one in found.reached], found.doubles) == ([JAN], 1)


def test_a_double_makes_known_what_else_is_theirs() -> None:
    work, home = Someone("work@example.be", JAN.phone), Someone("work@example.be")
    assert each_once([JAN, work, home]).doubles == 2


def test_without_mail_and_number_the_name_and_address_tell() -> None:
    first = Someone(address="Dreef 7", answer_by="letter", name_key="rik maes")
    same = Someone(address="dreef 7", answer_by="letter", name_key="rik maes")
    wife = Someone(address="Dreef 7", answer_by="letter", name_key="an maes")
    found = each_once([first, same, wife])
    assert (len(found.reached), found.doubles, found.by(AnswerBy.LETTER)) == (2, 1, 2)


def test_who_is_anonymous_gets_nothing() -> None:
    assert each_once([Someone(anonymous=True)]).unreachable == 1


def test_a_landline_takes_no_text_messages() -> None:
    assert way_of(Someone(phone="+3216112233", answer_by="sms")) is AnswerBy.PHONE
    assert way_of(Someone(phone="+32470112233", answer_by="sms")) is AnswerBy.SMS


PEOPLE = st.builds(
    Someone,
    email=st.sampled_from(["", "a@x.be", "b@x.be"]),
    phone=st.sampled_from(["", "+32470112233", "+3216112233"]),
    address=st.sampled_from(["", "Dreef 7"]),
    answer_by=st.sampled_from([str(way) for way in AnswerBy]),
    anonymous=st.booleans(),
)


@given(st.lists(PEOPLE, max_size=12))
def test_everybody_is_counted_once_and_no_two_share_a_mark(people: list[Someone]) -> None:
    found = each_once(people)
    assert len(found.reached) + found.doubles + found.unreachable == len(people)
    for field in ("email", "phone"):
        marks = [getattr(one.person, field) for one in found.reached]
        assert len(list(filter(None, marks))) == len(set(filter(None, marks)))
    assert len({one.key for one in found.reached}) == len(found.reached)
