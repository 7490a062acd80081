"""People of Heidebeek who report something: a name, and how they want their answer."""

from dataclasses import dataclass
from typing import Final

from loket.demo.history.chance import Chance
from loket.demo.reports.places import Somewhere
from loket.kit.text import folded
from loket.reports.rules.kinds import AnswerBy

_FIRST: Final = (
    "Marleen|Luc|Hilde|Johan|Rita|Patrick|Els|Dirk|Anja|Koen|Sofie|Pieter|Lien|Bart|Karen|Stijn|"
    "Ilse|Geert|Nathalie|Wouter|Fatima|Youssef|Aïcha|Mehmet|Olga|Ionela|Emma|Noah|Louis|Julie|"
    "Christine|Jozef|Maria|Godelieve|Roger|Monique|André|Lutgart|Etienne|Rosette"
)
_LAST: Final = (
    "De Smedt|Cools|Peeters|Janssens|Maes|Vermeulen|Willems|Claeys|Van den Broeck|Dubois|"
    "De Clercq|Verhaeghe|Mertens|Lambrecht|Van Damme|Bogaert|Desmet|Wouters|Pauwels|Goethals|"
    "Vandenberghe|El Idrissi|Yılmaz|Kowalska|Popescu|Benali|Hendrickx|Michiels|Segers|Baert|"
    "Vanhoutte|Ghesquière|De Wilde|Lemmens|Van Acker|Coppens|Roels|D'Hondt|Stevens|Aerts"
)
_FIRST_NAMES, _LAST_NAMES = (names.split("|") for names in (_FIRST, _LAST))
_WAYS: Final = {AnswerBy.MAIL: 58, AnswerBy.PHONE: 16, AnswerBy.SMS: 14, AnswerBy.LETTER: 12}
_ANONYMOUS = 0.08
_IN_FRENCH = 0.03


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody who is told how a report goes; without a name nobody is."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    answer_by: AnswerBy = AnswerBy.MAIL
    language: str = "nl"
    on_behalf_of: str = ""

    @property
    def anonymous(self) -> bool:
        return not self.name


def citizen(chance: Chance, home: Somewhere, *, anonymous: bool = True) -> Citizen:
    """Somebody; with ``anonymous`` it may also be somebody who does not say who they are."""
    if anonymous and chance.happens(_ANONYMOUS):
        return Citizen()
    first, last = chance.choice(_FIRST_NAMES), chance.choice(_LAST_NAMES)
    way = chance.choices(list(_WAYS), list(_WAYS.values()))[0]
    mail = way is AnswerBy.MAIL or chance.happens(0.3)
    phone = way in {AnswerBy.SMS, AnswerBy.PHONE} or chance.happens(0.4)
    return Citizen(
        name=f"{first} {last}",
        phone=f"+3247{chance.randrange(10)}{chance.randrange(100000, 999999)}" if phone else "",
        email=_mail_of(first, last) if mail else "",
        address=home.letter_address if way is AnswerBy.LETTER or chance.happens(0.4) else "",
        answer_by=way,
        language="fr" if chance.happens(_IN_FRENCH) else "nl",
        on_behalf_of=chance.choice(_FIRST_NAMES) + " " + last if chance.happens(0.04) else "",
    )


def _mail_of(first: str, last: str) -> str:
    plain = "".join(sign for sign in folded(last) if sign.isascii() and sign.isalpha())
    return f"{folded(first)[:1]}.{plain}@example.be"
