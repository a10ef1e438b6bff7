"""Every table of an election record: its columns, their types and units, the words they allow, and
which column points where.

This is the whole of the format. `docs/record.md` is generated from it (`record/document.py`), the
reader (`record/folder.py`) checks against it, and nothing else in Tallyroom lists columns.

An empty cell is unknown, never zero. Text is kept exactly as it was written.
"""

from __future__ import annotations

from tallyroom.record.columns import ANY, CHOICES, CONTESTS, COUNTRIES, ELECTIONS, Column, Kind, TableShape
from tallyroom.record.measures import MEASURES, QUALIFIERS

__all__ = ["COPIES", "RETURNS", "TABLES"]

_ID = Column("id", Kind.ID, "unique in the whole record; empty where nothing points to the row")
_NAMED = Column("id", Kind.ID, "unique in the whole record", required=True)
_SOURCE = Column("source", Kind.POINTER, "the documents that this row rests on", to=("sources",), many=True)
_CLAIM = Column("claim", Kind.POINTER, "the claim that it was taken from", to=("claims",))


def _supersedes(table: str) -> Column:
    return Column("supersedes", Kind.POINTER, "the row that this one corrects; both stay", to=(table,))


def _table(name: str, row: str, *columns: Column, named: bool = False, translated: tuple[str, ...] = ()) -> TableShape:
    # A source's own source is `derived_from`.
    source = () if name == "sources" else (_SOURCE,)
    first = _NAMED if named else _ID
    return TableShape(name, f"{name}.csv", row, (first, *columns, *source, _supersedes(name)), translated)


_NAME = Column("name", Kind.TEXT, "its name in the record's first language")

_ACTS = (
    Column("station", Kind.POINTER, "where", to=("stations",), required=True),
    Column("act", Kind.COUNT, "1 is the first; the highest one not withdrawn is in force", default="1"),
    Column(
        "stage",
        Kind.WORD,
        "in what examination the act was made",
        words=("count", "recount", "canvass", "ruling"),
        default="count",
    ),
    Column(
        "status",
        Kind.WORD,
        "only accepted acts count; a held or annulled one is listed",
        words=("accepted", "held", "annulled", "withdrawn"),
        default="accepted",
    ),
    Column("reason", Kind.TEXT, "why it is held, annulled, withdrawn, or a later act"),
    Column("at", Kind.DATE, "when the act was made or came in"),
    Column("form", Kind.SHA256, "the picture in forms/, by its SHA-256"),
    Column("unread", Kind.UNREAD, "items left empty because the form does not let them be read"),
)
_FIGURES = "one whole-number column per item of the form, and `votes.<choice>` per choice; empty is not stated"

TABLES: dict[str, TableShape] = {
    table.name: table
    for table in (
        _table(
            "calendar",
            "a step of the election",
            Column("at", Kind.DATE, "when", required=True),
            Column(
                "event",
                Kind.WORD,
                "what step",
                words=(
                    "called",
                    "nomination",
                    "registration",
                    "campaign",
                    "poll",
                    "count",
                    "announcement",
                    "certified",
                    "inauguration",
                ),
                more_words=True,
                required=True,
            ),
            Column("by", Kind.POINTER, "whose step", to=("organisations", "people"), many=True),
            Column("about", Kind.POINTER, "whom or what it concerns", to=(ANY,), many=True),
            Column("says", Kind.TEXT, "the step in one sentence"),
        ),
        _table(
            "areas",
            "a territory",
            Column("parent", Kind.POINTER, "the area that it is a part of; empty for the whole", to=("areas",)),
            Column(
                "kind",
                Kind.WORD,
                "what it is; a group may overlap others: it is listed, and in no other area's sum",
                words=("nation", "region", "constituency", "district", "municipality", "group"),
                more_words=True,
                required=True,
            ),
            _NAME,
            named=True,
            translated=("name",),
        ),
        _table(
            "stations",
            "a polling station",
            Column("area", Kind.POINTER, "the smallest area that it lies in", to=("areas",), required=True),
            Column("groups", Kind.POINTER, "areas of kind group that it belongs to", to=("areas",), many=True),
            _NAME,
            Column(
                "kind",
                Kind.WORD,
                "what it is",
                words=("permanent", "temporary", "abroad", "institution", "electronic"),
                more_words=True,
            ),
            Column("registered", Kind.COUNT, "voters on its register", unit="persons"),
            Column("address", Kind.TEXT, "where it stands"),
            Column("lat", Kind.DECIMAL, "latitude", unit="degrees, WGS 84"),
            Column("lon", Kind.DECIMAL, "longitude", unit="degrees, WGS 84"),
            named=True,
            translated=("name",),
        ),
        _table(
            "organisations",
            "an organisation, or a body of people that is spoken of as one",
            _NAME,
            Column(
                "kind",
                Kind.WORD,
                "what it is",
                words=(
                    "commission",
                    "party",
                    "observer-mission",
                    "pollster",
                    "news-agency",
                    "government",
                    "parliament",
                    "community",
                    "court",
                    "group",
                ),
                more_words=True,
            ),
            Column("country", Kind.WORD, "ISO 3166-1 code of two capital letters; empty for an international one"),
            named=True,
            translated=("name",),
        ),
        _table("people", "a person", _NAME, named=True, translated=("name",)),
        _table(
            "offices",
            "an office that a person holds",
            Column("person", Kind.POINTER, "who", to=("people",), required=True),
            Column("office", Kind.TEXT, "its title", required=True),
            Column("organisation", Kind.POINTER, "where", to=("organisations",)),
            Column("from", Kind.DATE, "since when"),
            Column("until", Kind.DATE, "until when"),
        ),
        _table(
            "candidates",
            "a step of a candidacy or list",
            Column("candidate", Kind.POINTER, "who stands", to=("people", "organisations"), required=True),
            Column("contest", Kind.POINTER, "for what", to=(CONTESTS,), required=True),
            Column(
                "status",
                Kind.WORD,
                "the step",
                words=("nominated", "accepted", "registered", "refused", "withdrawn"),
                required=True,
            ),
            Column("at", Kind.DATE, "when"),
            Column(
                "party",
                Kind.POINTER,
                "who nominates; empty is self-nominated",
                words=("unknown",),
                to=("organisations",),
            ),
            Column("ballot", Kind.COUNT, "place on the ballot", unit="order"),
            _CLAIM,
        ),
        _table(
            "announcements",
            "one figure that somebody else gave",
            Column("announcement", Kind.ID, "rows given together share it", required=True),
            Column("election", Kind.POINTER, "of what election; empty is this one", to=(ELECTIONS,)),
            Column("at", Kind.DATE, "when it was given"),
            Column("as_of", Kind.DATE, "the moment that the figure stands for"),
            Column("by", Kind.POINTER, "the organisation whose figure it is", to=("organisations",), many=True),
            Column("said_by", Kind.POINTER, "the person who gave it", to=("people",)),
            Column("place", Kind.POINTER, "where the figure holds; empty is everywhere", to=("areas", "stations")),
            Column("contest", Kind.POINTER, "in what contest; empty where there is one", to=(CONTESTS,)),
            Column("choice", Kind.POINTER, "for whom", to=(CHOICES, "people", "organisations")),
            Column(
                "about",
                Kind.POINTER,
                "whose observers, which poll, which group",
                to=("organisations", "polls", "areas", COUNTRIES),
                many=True,
            ),
            Column("measure", Kind.WORD, "what is counted", words=tuple(MEASURES), required=True),
            Column(
                "subject",
                Kind.WORD,
                "which ones; empty is all",
                words=(
                    "permanent",
                    "other",
                    "turnout-reports",
                    "protocols",
                    "international",
                    "domestic",
                    "long-term",
                    "short-term",
                    "refused",
                ),
                more_words=True,
            ),
            Column(
                "counted",
                Kind.WORD,
                "in what; empty is the measure's own unit",
                words=("persons", "stations", "ballots", "organisations", "countries", "districts", "respondents"),
                more_words=True,
            ),
            Column("qualifier", Kind.WORD, "how exact the source is; empty is exact", words=QUALIFIERS),
            Column(
                "modality",
                Kind.WORD,
                "in what mood it was given",
                words=("planned", "expected", "projected", "preliminary", "final", "legal rule"),
            ),
            Column(
                "of",
                Kind.POINTER,
                "the row of which this is a part; rows with the same `of` claim to make up the whole",
                to=("announcements",),
            ),
            Column("printed", Kind.TEXT, "the figure as it was printed"),
            Column("value", Kind.DECIMAL, "the figure; a range is two rows, at least and at most", required=True),
            Column("unit", Kind.WORD, "count or percent", words=("count", "percent"), required=True),
            _CLAIM,
        ),
        _table(
            "polls",
            "a poll; its design and shares are announcements about it",
            Column("kind", Kind.WORD, "what poll", words=("exit-poll", "survey"), required=True),
            Column("pollster", Kind.POINTER, "who asked", to=("organisations",), many=True),
            Column("partner", Kind.POINTER, "with whom", to=("organisations",), many=True),
            Column("mode", Kind.TEXT, "how: in person, by telephone …"),
            Column("accredited", Kind.DATE, "when it was accredited"),
            named=True,
        ),
        _table(
            "samples",
            "a sample of stations drawn for a quick count; its figures are returns, or copies by those who drew it",
            Column("by", Kind.POINTER, "who drew it, and reads its stations", to=("organisations",), many=True),
            Column("contest", Kind.POINTER, "what is counted", to=(CONTESTS,), many=True, default="every contest"),
            Column(
                "rule",
                Kind.WORD,
                "how the seed gives the stations; the rule sha-256 is in docs/polls.md",
                words=("sha-256",),
                more_words=True,
            ),
            Column("seed", Kind.TEXT, "what the rule starts from, made in public"),
            Column("listed_at", Kind.DATE, "when the list of stations was fixed"),
            Column("seed_at", Kind.DATE, "when the seed was made"),
            Column("strata", Kind.TEXT, "the kind of area that makes strata", default="all stations are one stratum"),
            Column("size", Kind.COUNT, "how many were to be drawn", unit="stations"),
            Column("replacements", Kind.COUNT, "how many more of each stratum, to stand in", unit="stations"),
            named=True,
        ),
        _table(
            "drawn",
            "a station of a sample",
            Column("sample", Kind.POINTER, "of which sample", to=("samples",), required=True),
            Column("station", Kind.POINTER, "which station", to=("stations",), required=True),
            Column("stratum", Kind.TEXT, "the stratum that it was drawn in", required=True),
            Column("stratum_stations", Kind.COUNT, "how many the stratum has", required=True, unit="stations"),
            Column("order", Kind.COUNT, "1 is the first of its stratum; replacements go on counting", required=True),
            Column(
                "role",
                Kind.WORD,
                "a replacement stands in, in this order, for one that sends nothing",
                words=("sample", "replacement"),
                default="sample",
            ),
            Column("ticket", Kind.SHA256, "what it was drawn by, under the rule sha-256"),
        ),
        _table(
            "statements",
            "something said or done in public",
            Column("at", Kind.DATE, "when"),
            Column("person", Kind.POINTER, "who", to=("people",), many=True),
            Column("organisation", Kind.POINTER, "for whom, or who", to=("organisations",), many=True),
            Column(
                "kind",
                Kind.WORD,
                "what it is",
                words=(
                    "endorsement",
                    "congratulation",
                    "assessment",
                    "commitment",
                    "call",
                    "boycott",
                    "coverage",
                    "ruling",
                ),
                more_words=True,
                required=True,
            ),
            Column("stance", Kind.WORD, "towards what it is about", words=("favourable", "critical", "neutral")),
            Column(
                "about",
                Kind.POINTER,
                "whom or what it is about",
                words=("election", "process"),
                to=(ANY, COUNTRIES),
                many=True,
            ),
            Column("channel", Kind.TEXT, "how: telephone, press conference, report …"),
            Column("says", Kind.TEXT, "a paraphrase, in the record's first language"),
            _CLAIM,
        ),
        _table(
            "names",
            "another spelling of a name",
            Column("of", Kind.POINTER, "whose", to=(ANY,), required=True),
            Column("name", Kind.TEXT, "the name", required=True),
            Column("language", Kind.WORD, "BCP 47 tag, such as az or ru"),
            Column(
                "kind", Kind.WORD, "how it stands to the name", words=("official", "variant", "slip"), required=True
            ),
        ),
        _table(
            "sources",
            "a document that rows rest on",
            Column("outlet", Kind.TEXT, "who published it", required=True),
            Column("title", Kind.TEXT, "its title"),
            Column("date", Kind.DATE, "of the document"),
            Column("url", Kind.TEXT, "where it was read"),
            Column("sha256", Kind.SHA256, "of the file as it was read"),
            Column("derived_from", Kind.POINTER, "the documents that it repeats", to=("sources",), many=True),
            Column("licence", Kind.TEXT, "under which it may be published"),
            named=True,
        ),
    )
}

RETURNS = TableShape(
    "returns",
    "returns/<contest>.csv",
    "one act at one station, for one contest",
    (_ID, *_ACTS, _SOURCE),
    free=_FIGURES,
)
COPIES = TableShape(
    "copies",
    "copies/<organisation>/<contest>.csv",
    "the same form as an observer or a party read it",
    (_ID, *_ACTS, _SOURCE),
    free=_FIGURES,
)
