"""Names of people who do not exist."""

from loket.demo.history.chance import Chance


def _listed(names: str) -> list[str]:
    return names.split("|")


_FIRST = _listed(
    "Jan|Marleen|Koen|Nele|Omar|Hilde|Ruben|Yvonne|Bram|Ilse|Aïcha|Rachid|Fatma|Mehmet|Sofie|"
    "Tom|Griet|Wout|Lotte|Emma|Noor|Arthur|Louis|Jules|Liam|Olivia|Mila|Elise|Camille|Yusuf|"
    "Amina|Samira|Youssef|Karim|Ahmed|Dirk|Luc|Marc|Paul|Peter|Johan|Geert|Stefaan|Wim|"
    "Kristof|Annelies|Katrien|Leen|An|Els|Greet|Veerle|Sarah|Laura|Julie|Charlotte|Anouk|Zoë|"
    "Chloë|Raphaël|Noé|Inès|Élodie|Renée|André|Gaëtan|Désirée|Jean-Pierre|Marie-Louise|"
    "Agnieszka|Piotr|Andrei|Elena|Ivan"
)
_LAST = _listed(
    "Peeters|Janssens|Maes|Jacobs|Mertens|Willems|Claes|Goossens|Wouters|De Smedt|De Clercq|"
    "Vandamme|Benali|Bouzid|Cools|Martens|Hendrickx|Bogaert|Aerts|Goris|Lenders|Coppens|"
    "Yilmaz|Bauters|Michels|Fonteyn|Gielen|Hoste|Wuyts|Rombaut|Haddad|Geerts|Naudts|Callens|"
    "Torfs|Baeten|Beckers|Devos|Sanders|Verhaeghe|Dhondt|Simons|Verbeke|Lievens|Hellinckx|"
    "Öztürk|Buyse|Kint|Claeys|Verlee|Dewulf|Segers|Smets|Bosmans|Idrissi|Jansen|Moens|Vos|"
    "Lambert|Pauwels|Wyns|Baert|Deleu|Desmet|Stevens|Hermans|Thijs|Nguyen|Vercammen|Leys|"
    "Boone|De Backer|Dierckx|Leman|Diallo|Bertels|Raes|Soete|Nijs|Van den Broeck|"
    "Van de Walle|Vandenbroucke-Van Hoorebeke|El Khattabi|Vermeulen|Vandevelde|Van Damme|"
    "D’Hondt|Kowalski|Popescu|Ivanova|Özdemir|Çelik|Amrani|Bernard"
)


def name(chance: Chance) -> str:
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"


def phone(chance: Chance) -> str:
    """A mobile number in E.164; 0470 12 3x xx stands in every example of the house."""
    return f"+3247012{chance.randrange(10_000):04d}"


def email(chance: Chance, of: str) -> str:
    """An address that goes nowhere (RFC 2606)."""
    plain = "".join(letter for letter in of.casefold() if letter.isascii() and letter.isalpha())
    return f"{plain}{chance.randrange(90) + 10}@example.be"
