"""Words by which headers of official files can be told apart, in several languages.

Only for drafts that a person finishes: an import itself compares whole headers, and guesses nothing.
"""

from __future__ import annotations

import re

from tallyroom.sources.headers import normal

__all__ = ["PLACES", "ROLES", "place_of", "role_of"]

# A role of the form's items, and words of which one must stand in the header. The first that fits is taken, so
# what is contained in another word stands behind it: "valid" behind "invalid", "действительных" behind
# "недействительных", and what is of a kind behind what says which.
ROLES: tuple[tuple[str, str], ...] = (
    (
        "invalid",
        r"invalid|недействител|nieważn|nulos?\b|\bnuls?\b|ungültig|geçersiz|etibarsız|inválid|rejected|недійсн",
    ),
    ("blank", r"\bblanks?\b|en blanco|\bblancs?\b|em branco|пуст"),
    ("unused", r"unused|погаш|неиспольз|nie ?wykorzyst|sobrant|no utilizad|inutilis|istifadə olunmamış"),
    ("lost", r"\blost\b|утрач|zagubion|perdid|perdu"),
    ("spoiled", r"spoil|испорч|estropead|zniszcz"),
    ("certificates", r"certificat|удостоверен|zaświadcz|absentee"),
    ("box-portable", r"portable|mobile box|переносн|przenośn"),
    ("box-stationary", r"stationary|стационарн"),
    ("issued-early", r"early|досрочн|anticipad"),
    ("issued-outside", r"outside|вне помещ"),
    ("issued-by-post", r"postal|by post|pakiet|по почте|correo|briefwahl"),
    ("envelopes", r"envelope|kopert|sobres?\b|umschl"),
    ("issued", r"issued|signed for|signatures|выдан|wydano|entregad|ausgegeben|verilmiş|émargement"),
    ("received", r"received|supplied|num ballots|полученн|otrzyma|recibid|reçu|erhalten|alınmış"),
    ("added-to-list", r"special voters|additional|supplementary|дополнит"),
    ("cast-by-hour", r"\bby \d\d?\b|\bна \d\d[:.]?\d*"),
    (
        "registered",
        r"register|\breg\b|possible voters|eligible|electorate|списо?к|uprawnion|inscrit|wahlberecht|seçmen|padr[oó]n"
        r"|electores|\bre\b|siyahı|регистр|^(number of )?(voters|electors)$",
    ),
    ("box", r"\bbox\b|\burn|ящик|urny|\burna"),
    ("valid", r"valid|действител|ważn|válid|gültig|geçerli|etibarlı|exprim|дійсн"),
    ("cast", r"turnout|total votes|votes cast|ballots?\b|voted|votantes|votants|принявш|głosując|проголосов|abgegeben"),
)

# Kinds of places, from the smallest: the station comes first, since "polling district" is not a district.
PLACES: tuple[tuple[str, str], ...] = (
    (
        "station",
        r"station|precinct|\buik\b|уик|участ|obwod|\bmesa\b|polling|bureau|sandık|məntəqə|\bbox no|дільниц|centro",
    ),
    ("parish", r"parish|\bpar\b|parroquia|circuit"),
    ("municipality", r"municip|gmin|teryt|\bmun\b|commune|gemeinde|comuna|община|sub ?county|belediye"),
    ("district", r"district|\btik\b|тик|район|powiat|county|departa|rayon|kreis|ilçe|окруж|\boik\b"),
    ("constituency", r"constituenc|\bokw\b|округ|circonscription|wahlkreis"),
    ("region", r"region|област|регион|wojew|province|provincia|estado|\bedo\b|state|prefectur|land\b|\bil\b|vilayet"),
)


def role_of(header: str) -> str:
    """The role that a header's words suggest; empty where none does."""
    return next((role for role, words in ROLES if re.search(words, _spaced(header))), "")


def place_of(header: str) -> str:
    """The kind of place that a header's words suggest; empty where none does."""
    if re.search(r"\b(typ|type|kind|url|link|symbol)\b", _spaced(header)):
        return ""
    return next((kind for kind, words in PLACES if re.search(words, _spaced(header))), "")


def _spaced(header: str) -> str:
    return normal(header).replace("_", " ")
