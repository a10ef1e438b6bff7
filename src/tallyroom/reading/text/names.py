"""Who and what a text names: persons, bodies such as commissions and parties, and their short forms.

Names are told by their capital letters and by the words of offices and bodies around them; a later
surname or short form stands for the full one. With a record, its people and parties are known before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from babel import Locale

__all__ = ["BODY_WORDS", "TITLE", "Name", "Names", "is_land"]

_PARTICLES = (
    "de|da|das|do|dos|del|della|di|du|la|le|von|van|der|den|bin|bint|ibn|ben|al|el|ul|ud|y|ter|"
    "oglu|oghlu|ogly|kizi|qizi"
)
_CAP = r"[A-Z\u00c0-\u00de\u0100-\u024f](?:[^\W_]|['.&/-](?=\w)|(?<=[. ][A-Z])\.(?=\s[A-Z])|(?<=^[A-Z])\.(?=\s[A-Z]))*"
_RUN = re.compile(
    rf"\b{_CAP}(?:\s(?:{_CAP}|(?:{_PARTICLES})\b(?=\s(?:(?:{_PARTICLES})\s)?{_CAP})|(?:oglu|oghlu|ogly|"
    rf"kizi|qizi)\b))*"
)
_JOINED = re.compile(
    rf"\b{_CAP}'?(?:(?:\s|,\s(?=(?:{_CAP}\s)*and\s))(?:(?:of|for|on|and|to|in|with|"
    rf"&)\s(?:the\s)?(?={_CAP}))?{_CAP}|\s\([A-Z][A-Za-z]+\)(?=\sof\s))*"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BODY_WORDS = _words(
    """
    commission committee council court party center centre group league ministry union organization organisation
    assembly office institute institution agency mission association front movement bloc alliance coalition
    congress federation university foundation fund community parliament board bureau department company llc ltd
    inc house senate network society forum club chamber authority service media press radio television news
    tribunal secretariat administration delegation observatory monitor monitors observers democrats republicans
    initiative consortium republic kingdom states government embassy consulate register registrar directorate
    conference studies strategic
    """
)
_TITLES = _words(
    """
    president vice-president chairman chairwoman chairperson chair vice-chair co-chair head secretary general
    secretary-general director director-general minister prime deputy vice acting assistant former first foreign
    spokesman spokeswoman spokesperson leader commissioner mayor governor speaker ambassador senator mp lawmaker
    judge justice chief coordinator co-ordinator special representative mr mrs ms dr eng hon alhaji gen col capt
    prof professor sir dame
    lord lady king queen chancellor premier colonel captain major lieutenant rev reverend candidate
    incumbent opposition returning officer executive presidential parliamentary electoral election elections
    analyst observer expert co-chairman journalist attorney interior finance defence defense state central
    national supreme constitutional high federal early snap extraordinary preliminary official officials
    president-elect registrar-general prosecutor auditor member
    """
)
_PLAIN = _words(
    """
    the a an in on at by of for to from with without after before during against about according based while
    when where who which that this these those there here he she it they we i you his her its their our my your
    as if but and or not no nor so yet than then also only all some any each every both either neither other
    another more most many much few several turnout voting voters voter polls polling votes vote ballots ballot
    results result campaigning campaign observers stations station counting count registered registration exit
    final provisional early earlier late later last next first second third fourth fifth one two three four five
    six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
    thirty forty fifty sixty seventy eighty ninety hundred thousand across among over under up down out off
    since until till through
    throughout between within today tomorrow yesterday now already still even just nearly almost around however
    meanwhile moreover overall january february march april may june july august september october november
    december feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday
    sunday seats seat candidates voters' total totals figures independent rival rivals its reports report sheets
    article electoral districts district results' none nobody everyone women men people citizens rural urban per
    cent percent counted affairs rights relations protection research security cooperation
    development am pm gmt postal overseas domestic international local foreign long-term short-term
    whereas although though unlike despite because quoting citing unless whether asked given following
    self-nominated based part like remaining possible support
    """
)
TITLE = (
    r"(?:(?:[Dd]eputy|[Vv]ice|[Ff]irst|[Aa]cting|[Aa]ssistant|[Ff]ormer|[Ii]nterim|[Ee]xecutive|[Cc]hief|[Ss]pecial|"
    r"[Pp]rime|[Ff]oreign|[Ii]nterior|[Dd]efen[cs]e|[Ff]inance|[Jj]ustice|[Pp]ress|[Rr]eturning|"
    r"[Ee]lection|[Ee]lectoral)[ -])*"
    r"(?:[Pp]resident-elect|(?:[Vv]ice-)?[Pp]resident|(?:[Vv]ice-|[Cc]o-)?[Cc]hair(?:man|woman|person)?|[Hh]ead|"
    r"[Ss]ecretary[ -][Gg]eneral|[Ss]ecretary|(?:[Pp]rosecutor|[Aa]ttorney|[Aa]uditor)[ -][Gg]eneral|"
    r"[Dd]irector[ -][Gg]eneral|[Dd]irector|[Mm]inister|"
    r"[Pp]remier|[Cc]hancellor|"
    r"[Ss]pokes(?:man|woman|person)|[Ll]eader|[Cc]ommissioner|[Mm]ayor|[Gg]overnor|[Ss]peaker|[Aa]mbassador|[Ss]enator|"
    r"[Cc]hief [Oo]bserver|MP|MEP|[Jj]udge|[Cc]hief [Jj]ustice|[Cc]o-?ordinator|[Rr]epresentative|[Oo]fficer|"
    r"[Mm]ember|(?<=[a-z] )chief|chief(?= of\b)|[Ss]upervisor|[Ss]uperintendent|[Rr]egistrar|[Rr]apporteur|"
    r"[Oo]mbudsman|King|Queen)\b"
)
_JUST_TITLED = re.compile(rf"(?:{TITLE}|\b(?:Mr|Mrs|Ms|Dr|Prof)\b\.?|\b(?:boss|PM|[Jj]ustice|General|Colonel)\b)\s$")
_SHORT = re.compile(r"\(([A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z]{2,8})\)")
# Names of places begin so, and no names of persons do: `North Jeolla`, `San Marcos`.
_OF_PLACES = _words("""
    north south east west northern southern eastern western central north-east north-west south-east south-west
    northeast northwest southeast southwest upper lower new san santa port lake mount fort
""")
_DIVISION = (
    "region|province|oblast|district|county|state|governorate|prefecture|municipality|city|raion|voivodeship|canton|"
    "department|constituency|island|islands"
)
_PLACE = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Aa]cross|[Tt]hroughout|[Nn]ear|[Aa]round)\s(?:the\s(?:(?:{_DIVISION}|town|village)\sof\s)?)?"
    rf"(?P<first>{_CAP}(?:\s{_CAP})?)(?P<more>(?:,\s{_CAP}(?:\s{_CAP})?)*\sand\s(?:[Ii]n\s)?{_CAP}(?:\s{_CAP})?)?|"
    rf"\b(?P<of>{_CAP}(?:\s{_CAP})?)\s(?:{_DIVISION})\b"
)


@cache
def _lands() -> tuple[frozenset[str], frozenset[str]]:
    """The English names of countries, in small letters, from CLDR, and the names of their peoples."""
    names = {str(name).lower() for code, name in Locale("en").territories.items() if code.isalpha()}
    names |= {"turkiye", "russian federation", "america", "britain", "england", "scotland", "wales", "u.s", "uk", "us"}
    whole = {name for name in names if name.isalpha() and len(name) > 3}
    stems = whole | {name[:-cut] for name in whole for cut in (1, 2) if len(name) - cut >= 4}
    peoples = {stem + end for stem in stems for end in _PEOPLE} | {
        name + end for name in whole for end in ("n", "ns", "i")
    }
    return frozenset(names), frozenset(peoples | {name.removesuffix("stan") for name in whole if name.endswith("stan")})


_PEOPLE = ("an", "ian", "ean", "ani", "ese", "ish", "ic", "nian", "ans", "ians")
_OWN_WAY = _words("french dutch greek swiss american british english western polish irish thai czech norwegian")


@cache
def is_land(words: str) -> bool:
    """Whether this is the name of a country, or the adjective of one."""
    names, peoples = _lands()
    low = words.lower().rstrip(".")
    return low in names or low in peoples or low in _OWN_WAY


@dataclass(frozen=True)
class Name:
    """A name in a sentence. text: without titles and possessive; person: else a body or anything else."""

    text: str
    start: int
    end: int
    person: bool = False


@dataclass
class Names:
    """The names of a document, as they become known.

    known: spelling in small letters → full name, from a record. people: surname → full names, counted.
    short: short form → full form of a body. bodies: full names in order. places: names that something happens in.
    seen: names that stand elsewhere than at the beginning of a sentence.
    """

    known: dict[str, str] = field(default_factory=dict)
    people: dict[str, Counter[str]] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    bodies: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    _full: dict[str, str] = field(default_factory=dict)  # names asked for since something was learnt
    seen: set[str] = field(default_factory=set)

    def learn(self, text: str) -> None:
        """Takes in the persons and the short forms of a sentence."""
        self._full.clear()
        for name in runs(text):
            if name.start:
                self.seen.add(name.text)
            if name.person and len(name.text.split()) > 1:
                self.people.setdefault(name.text.split()[-1], Counter())[name.text] += 1
            elif " " in name.text and name.text.split()[-1].lower() in BODY_WORDS:
                self.bodies.append(name.text)
        for match in _SHORT.finditer(text):
            full = _expanded(text[: match.start()].rstrip(), match[1])
            if full:
                self.short.setdefault(match[1], full)

    def learn_initials(self, text: str) -> None:
        """Takes in the bodies of a whole text whose initials it uses without saying so: ECP."""
        self._full.clear()
        unknown = set(re.findall(r"\b[A-Z]{2,6}\b", text)) - self.short.keys()
        for match in _JOINED.finditer(text) if unknown else ():
            words = match[0].split()
            words = words[:-1] if words[-1] in unknown else words
            # `The Chairman of the Independent Electoral Commission` holds the words of IEC.
            for first in range(min(len(words) - 1, 6)):
                initials = "".join(w[0] for w in words[first:] if w[0].isupper())
                if initials in unknown and words[first][0].isupper() and _names_body(words[first:]):
                    self.short.setdefault(initials, re.sub(r"(?:'s|')$", "", " ".join(words[first:])))

    def learn_places(self, text: str) -> None:
        """Takes in the places of a whole text: what something happens in, or is a region."""
        for match in _PLACE.finditer(text):
            told = [match["first"] or match["of"], *re.findall(rf"{_CAP}(?:\s{_CAP})?", match["more"] or "")]
            self.places.update(re.sub(r"(?:'s|')$", "", name) for name in told if self._may_be_place(name))

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a place, by what the text says of it or by how it begins: `North Jeolla`."""
        return name in self.places or name.split()[0].lower() in _OF_PLACES

    def _may_be_place(self, name: str) -> bool:
        words = name.lower().split()
        if any(w in BODY_WORDS or w in _PLAIN or w in _TITLES for w in words[1:] if w not in _OF_PLACES):
            return False
        if len(words) > 1:
            return words[0] in _OF_PLACES
        return not (name.isupper() or words[0] in BODY_WORDS | _PLAIN | _TITLES or name in self.people)

    def full(self, text: str) -> str:
        """The full name that a name stands for, where one is known."""
        if text not in self._full:
            self._full[text] = self._found(text)
        return self._full[text]

    def _found(self, text: str) -> str:
        bare = re.sub(r"\s*\([^)]*\)", "", text).strip()
        for form in (text, bare):
            if form.lower() in self.known:
                return self.known[form.lower()]
        if bare in self.short:
            return f"{self.short[bare]} ({bare})"
        for short, long in self.short.items():
            if bare == long and text == bare:
                return f"{long} ({short})"
        last = bare.split()[-1] if bare else ""
        for best, _ in self.people.get(last, Counter()).most_common():
            if best == bare or best.endswith(f" {bare}"):
                return self.known.get(best.lower(), best)
        if bare.lower() in BODY_WORDS:
            return next((full for full in reversed(self.bodies) if bare in full.split()), text)
        return text

    def person(self, text: str) -> bool:
        """Whether a single word is the surname of a person already named in full."""
        return text in self.people

    def in_sentence(self, text: str) -> list[Name]:
        """The names of a sentence in order: persons, surnames known by now, and what else is capitalised."""
        return [
            Name(n.text, n.start, n.end, True) if not n.person and (self.person(n.text) or _is_titled(text, n)) else n
            for n in runs(text)
        ]


def _names_body(words: list[str]) -> bool:
    return any(w.lower() in BODY_WORDS for w in words)


def _is_titled(text: str, name: Name) -> bool:
    """Whether one word is a surname by the title before it: `commission head Bolan`, `Mr Evans`."""
    if " " in name.text or not name.text[1:].islower() or is_land(name.text):
        return False
    if text.startswith(' "', name.end):  # `Mayor Francisco "Isko Moreno" Domagoso` has more of a name
        return False
    return _JUST_TITLED.search(text[max(0, name.start - 24) : name.start]) is not None


def _expanded(before: str, short: str) -> str:
    """The words before a bracket whose initials are the short form: Central Election Commission (CEC)."""
    words = before.split()
    letters = [c.lower() for c in short if c.isupper()] or [c.lower() for c in short]
    for length in range(len(letters), min(len(words), len(letters) + 5) + 1):
        part = words[-length:]
        if part[0][:1].lower() == letters[0] and part[0][:1].isupper():
            initials = [w[0].lower() for w in part if w[0].isupper()]
            if initials == letters:
                return " ".join(part)
    # Short forms of other languages (YAP of the New Azerbaijan Party): the capitalised words before.
    run = re.search(rf"((?:{_CAP})(?:\s(?:(?:of|for|and|the)\s)*{_CAP})+)$", before)
    found = re.split(r"\sand (?:the )?", run[1])[-1] if run else ""
    return found if any(w.lower() in BODY_WORDS for w in found.split()) else ""


@lru_cache(maxsize=4096)
def runs(text: str) -> tuple[Name, ...]:
    """Every run of capitalised words, without the titles, lands and beginnings of sentences in front."""
    return tuple(_runs(text))


def _runs(text: str) -> Iterator[Name]:
    for match in _RUN.finditer(text):
        words = [(m[0], m.start() + match.start()) for m in re.finditer(r"\S+", match[0])]
        owner = _owner(words)
        words = [(re.sub(r"(?:'s|')$", "", w), at) for w, at in words]
        for part in (words[:owner], words[owner:]) if owner else (words,):
            yield from _split(part, [n for n, (w, _) in enumerate(part) if w.lower() in BODY_WORDS])


def _owner(words: list[tuple[str, int]]) -> int:
    """How many words name whose the rest is, as in `Levica's Ana Novak`; none in `People's Front Party`."""
    ends = [n + 1 for n, (w, _) in enumerate(words[:-1]) if w.endswith("'s")]
    if not ends or any(w.lower().removesuffix("'s") in BODY_WORDS for w, _ in words):
        return 0
    return ends[-1]


def _split(words: list[tuple[str, int]], bodies: list[int]) -> Iterator[Name]:
    cut = max(
        (
            n + 1
            for n, (w, _) in enumerate(words)
            if _is_no_name(w) or w.lower() in BODY_WORDS or (n < len(words) - (1 if n else 2) and is_land(w))
        ),
        default=0,
    )
    tail, head = words[cut:], words[:cut]
    while head and (head[0][0].lower() in _PLAIN or head[0][0].lower() in ("president", "chairman")):
        head = head[1:]
    while head and (head[-1][0].lower() in _TITLES) and head[-1][0].lower() not in BODY_WORDS:
        head = head[:-1]
    if head and any(w.lower() in BODY_WORDS or not _is_no_name(w) for w, _ in head):
        yield _name(head, person=False)
    if tail:
        lone_acronym = (
            len(tail) > 1
            and tail[0][0].isupper()
            and len(tail[0][0]) > 1
            and not tail[1][0].isupper()
            and "." not in tail[0][0]
        )
        if lone_acronym:
            yield _name(tail[:1], person=False)
            tail = tail[1:]
        yield _name(tail, person=_like_a_person(tail))


def _is_no_name(word: str) -> bool:
    low = word.lower().rstrip(".")
    return low in _PLAIN or low in _TITLES


def _like_a_person(words: Iterable[tuple[str, int]]) -> bool:
    told = [w for w, _ in words]
    joined = " ".join(told)
    if is_land(joined) or any(c.isdigit() for c in joined) or "/" in joined:
        return False
    if len(told) == 1:
        return bool(re.fullmatch(r"(?:(?:[A-Z]|Ch|Dz|Gh|Kh|Sh|Ts|Ya|Yu|Zh)\.){1,3}[A-Z][\w'-]+", told[0]))
    if told[0].lower() in _OF_PLACES:
        return False
    return len(told) <= 5 and not all(w.isupper() and len(w) > 2 for w in told[:1]) and not is_land(told[-1])


def _name(words: list[tuple[str, int]], person: bool) -> Name:
    start, (last, at) = words[0][1], words[-1]
    return Name(" ".join(w for w, _ in words), start, at + len(last), person)


def body_at(text: str, at: int) -> str:
    """The name of a body that starts at a place: `Central Election Commission of Azerbaijan`."""
    match = _JOINED.match(text, at)
    return re.sub(r"(?:'s|')$", "", match[0]) if match else ""
