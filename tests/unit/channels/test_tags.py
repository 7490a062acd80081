"""Which message an answer is about: read from where it goes, and from what it refers to."""

import pytest

from loket.channels.tags import ids_named, ids_to, is_ours, tagged
from loket.kit.ids import new_id

REPLY = "Meldingen@Heidebeek.example"


def test_a_tagged_address_leads_back_to_the_message() -> None:
    ident = new_id()
    address = tagged(REPLY, ident)
    name = address.partition("@")[0]
    assert len(name) <= 64
    assert name.replace("+", "").isalnum()
    assert ids_to([address], REPLY) == [ident]
    assert ids_to([address.upper(), address], REPLY) == [ident]


@pytest.mark.parametrize(
    "address",
    ["meldingen@heidebeek.example", "meldingen+x@heidebeek.example", "+@", "", "@", "a@b@c"],
)
def test_what_bears_no_tag_leads_nowhere(address: str) -> None:
    assert ids_to([address], REPLY) == []


def test_a_tag_at_somebody_elses_address_is_not_ours() -> None:
    stolen = tagged("meldingen@elders.example", new_id())
    assert ids_to([stolen], REPLY) == []
    assert not is_ours(stolen, REPLY)
    assert is_ours(tagged(REPLY, new_id()), REPLY)


def test_references_name_our_messages_among_others() -> None:
    ident = new_id()
    named = f"<CAF=x1@mail.gmail.com>\r\n\t<{ident.upper()}@heidebeek.example> <{ident}@x>"
    assert ids_named(named) == [ident]
