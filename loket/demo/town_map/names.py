"""The names of Heidebeek's streets, in the order in which they are given out."""

from collections.abc import Iterator

_OF_THE_CENTRE = (
    "Bibliotheekplein|Schoolstraat|Nieuwstraat|Kloosterstraat|Kapelstraat|Vismarkt|Korenmarkt|"
    "Sint-Pietersstraat|Sint-Jansstraat|Onze-Lieve-Vrouwestraat|Begijnhofstraat|Gasthuisstraat|"
    "Burgemeester Karel Van den Bulckestraat|Dokter De Smetstraat|Pastoor Coeckstraat|"
    "Koning Albertlaan|Koningin Astridlaan|Leopold II-laan|11-novemberlaan|8-meiplein|"
    "Stadhuisstraat|Zandstraat|Lange Nieuwstraat|Korte Nieuwstraat|Hoogstraat|Laagstraat|"
    "Brugstraat|Oude Beekstraat|Watermolenstraat|Weverijstraat|Vlasstraat|Spinnerijstraat|"
    "Brouwerijstraat|Mouterijpad|Smidsestraat|Wagenmakersstraat|Bakkerijstraat|Slachthuislaan|"
    "Parklaan|Rozenlaan|Tulpenlaan|Irislaan|Dahliastraat|Azaleastraat|Lijsterstraat|Merelstraat|"
    "Vinkenlaan|Zwaluwstraat|Nachtegalendreef|Guido Gezellestraat|Hendrik Consciencelaan|"
    "Peter Benoitlaan|Pieter Bruegelstraat|Rubensstraat|Jan van Eyckstraat|Gentsesteenweg|"
    "Brugse Steenweg|Torhoutsesteenweg|Kasteeldreef|Warandestraat|Vijverstraat|Sportlaan|"
    "Zwembadstraat|Academiestraat|Tramstraat|Spoorwegstraat|Goederenstraat|Postkantoorstraat|"
    "Veldstraat|Molenhoekstraat"
)
_OF_EVERY_VILLAGE = "Kerkstraat|Kerkplein|Dorpsstraat|Schoolstraat|Molenstraat|Kapellestraat"
_OF_THE_VILLAGES = (
    "Bosstraat|Beekstraat|Heidestraat|Veldekensstraat|Akkerstraat|Weidestraat|Hooiweg|Graanstraat|"
    "Klaverstraat|Lindestraat|Beukenlaan|Eikenlaan|Berkenlaan|Populierenlaan|Wilgenstraat|"
    "Essenstraat|Kastanjedreef|Notelaarstraat|Kersenlaan|Appelboomstraat|Perelaarstraat|"
    "Hazelaarweg|Vlierstraat|Meidoornstraat|Sleedoornpad|Braambosweg|Varenstraat|Heidebloemstraat|"
    "Bremstraat|Korenbloemstraat|Klaproosstraat|Madeliefjesstraat|Boterbloemstraat|Leeuwerikstraat|"
    "Kievitstraat|Fazantenstraat|Patrijzenlaan|Reigerstraat|Ooievaarstraat|Uilenstraat|"
    "Hazenstraat|Vossenholstraat|Reebokstraat|Dassenstraat|Egelstraat|Schapendreef|Paardenstraat|"
    "Hoevestraat|Pachthofstraat|Schuurstraat|Bakhuisstraat|Waterputstraat|Bronstraat|Poelstraat|"
    "Grachtstraat|Moerstraat|Turfstraat|Zavelstraat|Kleiputstraat|Steenovenstraat|Leemstraat|"
    "Kouterstraat|Driesstraat|Biezenstraat|Rietstraat|Liesbosstraat|Galgestraat|Kruisstraat|"
    "Sint-Rochusstraat|Sint-Annastraat|Sint-Amandsstraat|Sint-Corneliusstraat|Processieweg|"
    "Pastorijstraat|Kosterijstraat|Vredestraat|Oudstrijderslaan|Heldenplein|Zuidstraat|Noordstraat|"
    "Ooststraat|Weststraat|Zonnelaan|Maanstraat|Sterrenlaan|Windmolenstraat|Rosmolenstraat|"
    "Tichelrijstraat|Haagstraat|Kattestraat|Gansstraat|Zwaanstraat|Vinkstraat|Putstraat|"
    "Achterstraat|Binnenweg|Voetweg|Eindeken|Hoekskenstraat|Groenstraat|Blauwhofstraat|"
    "Roodkapstraat|Witte Zandweg|Zwarte Leenstraat|Geelgorsstraat|Kortstraat|Langestraat|"
    "Breestraat|Smalle Weg|Rechtstraat|Kromme Elleboogstraat|Ringlaan|Vooruitgangstraat"
)


def of_the_centre() -> Iterator[str]:
    yield from _OF_THE_CENTRE.split("|")


def of_a_village(nr: int) -> Iterator[str]:
    """Some names every village has; the others are spread over them."""
    yield from _OF_EVERY_VILLAGE.split("|")
    spread = _OF_THE_VILLAGES.split("|")
    start = nr * 29 % len(spread)
    yield from spread[start:] + spread[:start]
