"""Every language says everything, in the right numbers and directions, and nothing stays English unmarked."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.publish import catalogues, numbers, words
from tallyroom.publish.language import ENGLISH, Language, language, languages, quoted, say, say_n, speaking
from tallyroom.publish.site import publish
from tallyroom.record.folder import read_record
from tests.publish.conftest import AT, TWELVE
from tests.publish.reading import VOID, Read, page, pages

CODES = ["ar", "az", "ru"]
BAKU = ZoneInfo("Asia/Baku")


def places(text: str) -> set[str]:
    """What stands in braces in a message."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


# Catalogues


def faults(path: Path) -> Iterator[str]:
    """What is wrong with a catalogue: messages without words, left over, in doubt, or with other places."""
    with path.open("rb") as file:
        said = read_po(file, locale=path.stem)
    wanted = {message.id: message for message in catalogues.messages() if message.id}
    there = {message.id: message for message in said if message.id}
    yield from (f"nobody says any more: {name}" for name in [*there.keys() - wanted.keys(), *said.obsolete])
    for name in wanted:
        one = there.get(name)
        string = one.string if one else ""
        forms = [str(form or "") for form in (string if isinstance(string, tuple | list) else [string])]
        if one is None or not all(forms) or len(forms) != (said.num_plurals if isinstance(name, tuple) else 1):
            yield f"not said: {name}"
        elif one.fuzzy:
            yield f"in doubt: {name}"
        else:
            asked = places(name if isinstance(name, str) else name[1])
            yield from (f"other places: {form}" for form in forms if places(form) != asked)


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_says_every_message_and_no_other(code):
    found = sorted(faults(catalogues.LANGUAGES / f"{code}.po"))
    assert not found, "run `python -m tallyroom.publish.catalogues` and translate:\n" + "\n".join(found)


def test_a_catalogue_that_lacks_a_message_is_found_out(tmp_path):
    path = tmp_path / "ru.po"
    text = (catalogues.LANGUAGES / "ru.po").read_text(encoding="utf-8")
    path.write_text(text.replace('msgstr "Явка"', 'msgstr ""', 1).replace("{name}, {number}", "{nome}", 1))
    assert any("not said" in fault for fault in faults(path))


def test_a_new_language_is_one_file_to_which_the_messages_are_added(tmp_path):
    path = tmp_path / "ka.po"
    catalogues.refresh(path)
    assert sum(fault.startswith("not said") for fault in faults(path)) > 400
    path.write_text(path.read_text().replace('msgid "Turnout"\nmsgstr ""', 'msgid "Turnout"\nmsgstr "აქტივობა"'))
    again = catalogues.refresh(path)
    assert again["Turnout"].string == "აქტივობა"


def test_a_catalogue_to_which_nothing_is_new_stays_as_it_is(tmp_path):
    path = tmp_path / "ru.po"
    path.write_bytes((catalogues.LANGUAGES / "ru.po").read_bytes())
    catalogues.refresh(path)
    once = path.read_bytes()
    catalogues.refresh(path)
    assert path.read_bytes() == once == (catalogues.LANGUAGES / "ru.po").read_bytes()


def test_what_an_f_string_says_is_a_message_too():
    assert catalogues.messages().get("Votes added up from the returns") is not None


# Plurals, numbers and dates


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ["1 station", "2 stations", "5 stations", "21 stations"]),
        ("az", ["1 seçki məntəqəsi", "2 seçki məntəqəsi", "5 seçki məntəqəsi", "21 seçki məntəqəsi"]),
        ("ru", ["1 участок", "2 участка", "5 участков", "21 участок"]),
        ("ar", ["١ مركز اقتراع", "٢ مركزا اقتراع", "٥ مراكز اقتراع", "٢١ مركز اقتراع"]),
    ],
)
def test_things_are_counted_by_the_plurals_of_each_language(code, said):
    with speaking(language(code)):
        assert [say_n("{n} station", "{n} stations", n) for n in (1, 2, 5, 21)] == said


@pytest.mark.parametrize(
    ("code", "count", "share", "when", "span"),
    [
        ("az", "4.977.693", "76,73%", "7 fevral 2024, 19:00", "1–8 yanvar 2024"),
        ("ru", "4\xa0977\xa0693", "76,73\xa0%", "7 февраля 2024\xa0г., 19:00", "1–8 января 2024\xa0г."),
        ("ar", "٤٬٩٧٧٬٦٩٣", "٧٦٫٧٣٪\u061c", "٧ فبراير ٢٠٢٤، ١٩:٠٠", "١–٨ يناير ٢٠٢٤"),
    ],
)
def test_numbers_and_dates_are_those_of_the_language(code, count, share, when, span):
    with speaking(language(code)):
        assert numbers.count(4_977_693) == count
        assert numbers.percent("76.73") == share
        assert numbers.when("2024-02-07T19:00+04:00", BAKU).replace("\u202f", "\xa0") == when
        assert numbers.when("2024-01-01/2024-01-08", BAKU).replace("\u202f", "\xa0") == span


@pytest.mark.parametrize("code", ["en", *CODES])
@given(value=st.integers(-(10**30), 10**30), decimals=st.text("0123456789", max_size=30))
def test_no_language_changes_a_digit_of_a_number(code, value, decimals):
    text = f"{value}.{decimals}" if decimals else f"{value}"
    tongue = language(code)
    with speaking(tongue):
        said = numbers.text_of(text)
    back = (
        said.replace(tongue.group, "").replace(tongue.point, ".").translate(str.maketrans(tongue.digits, "0123456789"))
    )
    assert Fraction(back) == Fraction(text)
    assert back.partition(".")[2] == decimals


def test_an_azerbaijani_sentence_begins_with_a_dotted_i():
    with speaking(language("az")):
        assert words.sentence("imzalar") == "İmzalar"
        assert words.small("İlkin") == "ilkin"
    assert words.sentence("signatures") == "Signatures"


def test_a_latin_name_does_not_turn_an_arabic_sentence_around():
    with speaking(language("ar")):
        assert "\u2068Ada Lund\u2069" in say("votes for {name}", name="Ada Lund")
        assert "\u2068" not in say("votes for {name}", name="آدا لوند")


def test_a_text_in_another_language_than_the_page_says_so():
    with speaking(language("ru")):
        assert quoted("a <b>", "en") == '<span lang="en" dir="auto">a &lt;b&gt;</span>'
        assert quoted("по-русски", "ru") == "по-русски"


# Pages


@pytest.fixture(params=["announced", "counted"])
def folder(request: pytest.FixtureRequest) -> Path:
    """A site that was only announced, and one with returns."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Path)
    return found


def alternates(read: Read) -> dict[str, str]:
    """The addresses of a page in each language, as it says."""
    links = [attrs for tag, attrs in read.tags if tag == "link" and attrs.get("rel") == "alternate"]
    return {attrs["hreflang"]: attrs["href"] for attrs in links if "hreflang" in attrs}


def test_every_page_says_its_language_and_direction_and_leads_to_itself_in_every_language(folder):
    for read in pages(folder):
        code = read.path.relative_to(folder).parts[0]
        code = code if code in CODES else "en"
        html = next(attrs for tag, attrs in read.tags if tag == "html")
        assert (html["lang"], html["dir"]) == (code, "rtl" if code == "ar" else "ltr")
        found = alternates(read)
        if not found:  # a further page of stations, or one for other sites, is in one language
            continue
        assert set(found) == {"en", "x-default", *CODES}
        for other, address in found.items():
            path = (read.path.parent / address).resolve()
            assert page(folder, str(path)).language == (other if other != "x-default" else "en")
            assert path.name == read.path.name


def test_the_switch_names_each_language_in_itself(folder):
    text = page(folder, "index.html").text
    for name in ("English", "Azərbaycan", "Русский", "العربية"):
        assert name in text
    named = {a["lang"] for tag, a in page(folder, "ru/index.html").tags if tag == "a" and "hreflang" in a}
    assert named == {"en", *CODES}


def test_addresses_are_whole_where_the_sites_own_is_known(tmp_path):
    publish(read_record("azerbaijan-2024"), tmp_path / "site", AT, address="https://example.org/result/")
    read = page(tmp_path / "site", "ru/turnout.html")
    assert alternates(read)["az"] == "https://example.org/result/az/turnout.html"
    assert alternates(read)["x-default"] == "https://example.org/result/turnout.html"
    canonical = next(attrs["href"] for tag, attrs in read.tags if attrs.get("rel") == "canonical")
    assert canonical == "https://example.org/result/ru/turnout.html"


def test_names_are_those_of_the_pages_language_where_the_record_has_them(announced, counted):
    assert "Ильхам Алиев" in page(announced, "ru/index.html").text
    assert "İlham Əliyev" in page(announced, "az/index.html").text
    assert "آدا لوند" in page(counted, "ar/index.html").text
    assert "Ben Okoro" in page(counted, "ar/index.html").text


def test_stations_stand_on_the_english_pages_and_other_languages_lead_there(counted):
    read = page(counted, "ru/areas/north.html")
    assert "../../areas/north.html" in read.links
    assert not {"north-1", "north-2"} & set(read.ids)
    assert "1\xa0" in read.text


def test_the_smallest_of_very_many_areas_are_on_english_pages_alone(tmp_path, monkeypatch):
    monkeypatch.setattr("tallyroom.publish.addresses._AREAS_A_LANGUAGE", 2)
    folder = tmp_path / "site"
    publish(read_record(TWELVE), folder, AT)
    assert (folder / "areas/north.html").exists()
    assert not (folder / "ru/areas/north.html").exists()
    assert (folder / "ru/areas/talvia.html").exists()
    assert "../../areas/north.html" in page(folder, "ru/areas/talvia.html").links
    assert not alternates(page(folder, "areas/north.html"))
    assert "../ru/areas/talvia.html" in page(folder, "areas/north.html").links


def test_the_first_page_is_there_as_text_to_copy(counted):
    for name, said in (("index.html", "8 of 12 stations counted"), ("ru/index.html", "учтено 8 из 12 участков")):
        text = (counted / name).read_text(encoding="utf-8")
        assert said in text[text.index("<pre") : text.index("</pre>")].replace("Учтено", "учтено")


# Nothing of ours is left in English


class Bracketed(Mapping[str, tuple[str, ...]]):
    """A catalogue that says every message in English between brackets, its places outside of them."""

    def __getitem__(self, message: str) -> tuple[str, ...]:
        if message == "0123456789":
            return (message,)
        parts = (f"⟦{text}⟧{f'{{{name}}}' if name else ''}" for text, name, _, _ in Formatter().parse(message))
        return ("".join(parts),) * 2

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


# What stands in every language as it is: formats, programs, hashes, units of the record, and languages' own names.
AS_IT_IS = {
    "Tallyroom",
    "SHA",
    "CSV",
    "JSON",
    "TOML",
    "UTC",
    "HTML",
    "PDF",
    "XML",
    "NIST",
    "Parquet",
    "Markdown",
    "manifest",
    "SQL",
}
AS_IT_IS |= {name for tongue in languages() for name in tongue.name.split()}


def of_the_record(folder: Path) -> set[str]:
    """The words of a record that are names, ids, dates and file names: those stand without a mark."""
    record = read_record(folder)
    election = record.election
    texts = [election.name, election.id, election.timezone, *election.names, *election.names.values()]
    for contest in record.election.contests:
        texts += [contest.id, *contest.names.values()]
        texts += [text for choice in contest.choices for text in (choice.id, *choice.names.values())]
    texts += [item.id for item in record.election.form.items]
    for table in record.tables.values():
        names = [n for n in table.columns.column_names if n.partition(".")[0] in NAMED]
        texts += [table.file, table.name]
        texts += [cell or "" for name in names for cell in table.columns[name].to_pylist() if isinstance(cell, str)]
    return {word for text in texts for word in WORD.findall(text)}


NAMED = {"id", "name", "outlet", "station", "area", "source", "announcement", "language", "url", "of"}
WORD = re.compile(r"[^\W\d_]{2,}")


class Unmarked(HTMLParser):
    """The words of a page that stand outside the brackets and in the page's own language."""

    def __init__(self, path: Path, code: str) -> None:
        super().__init__()
        self.code = code
        self.open: list[bool] = []
        self.found: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        apart = given.get("lang", self.code) != self.code or tag in ("code", "pre", "title", "script")
        if tag not in VOID:
            self.open.append(apart)
        if not any(self.open):
            for name in ("aria-label", "alt", "data-label", "placeholder"):
                self.handle_data(given.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open):
            self.found += WORD.findall(re.sub(r"⟦[^⟦⟧]*⟧|[\w.~-]+/[\w./~-]*|[\w.~-]+\.[a-z]{2,5}\b", " ", data))


def test_no_text_of_the_site_escaped_marking(tmp_path, monkeypatch):
    bracketed = Language("az", Bracketed())
    asking = [module for name, module in sys.modules.items() if name.startswith("tallyroom.publish.")]
    for module in asking:
        if getattr(module, "languages", None) is languages:
            monkeypatch.setattr(module, "languages", lambda: (ENGLISH, bracketed))
    publish(read_record(TWELVE), tmp_path / "site", AT)
    months = {word for name in bracketed.locale.months["format"]["wide"].values() for word in WORD.findall(name)}
    months |= {
        word for name in bracketed.locale.months["format"]["abbreviated"].values() for word in WORD.findall(name)
    }
    known = {word.lower() for word in of_the_record(TWELVE) | AS_IT_IS | months | {"və", "yaxud"}}
    left: dict[str, set[str]] = {}
    for path in sorted((tmp_path / "site/az").rglob("*.html")):
        for word in Unmarked(path, "az").found:
            if word.lower() not in known:
                left.setdefault(word, set()).add(path.relative_to(tmp_path).as_posix())
    assert not left, "words of ours without `say`: " + "; ".join(
        f"{w} ({', '.join(sorted(p))})" for w, p in left.items()
    )
