"""Pictures beside the map: seats as dots, and polls with what is known of their error."""

from __future__ import annotations

import re
import shutil
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tallyroom.check.findings import Report
from tallyroom.publish.charts.polls import Dots, DotsRow, dots
from tallyroom.publish.charts.seats import Seats, seats_chart
from tallyroom.publish.edition import Edition
from tallyroom.publish.pages import polls as polls_page
from tallyroom.publish.pages.seats import seats
from tallyroom.publish.view import Chart
from tallyroom.record.folder import read_record
from tallyroom.tabulate.results import tabulate
from tests.publish.conftest import AT, TWELVE
from tests.publish.reading import page


def edition(folder: Path) -> Edition:
    record = read_record(folder)
    return Edition(record, tabulate(record), Report("twelve-stations", [], [], []), AT)


def circles(svg: str) -> list[tuple[float, float, float]]:
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', svg)
    return [(float(x), float(y), float(r)) for x, y, r in found]


# Seats


@given(st.lists(st.integers(0, 260), min_size=1, max_size=9))
def test_every_seat_is_a_dot_and_no_two_touch(numbers):
    rows = [Seats(f"List {n}", count, str(count)) for n, count in enumerate(numbers)]
    drawn = seats_chart("seats", "Seats", "…", rows)
    for svg, width in ((str(drawn.wide), 720), (str(drawn.narrow), 340)):
        found = circles(svg)
        assert len(found) == sum(numbers)
        assert len({(round(x), round(y)) for x, y, _ in found}) == len(found)
        assert all(x - r >= 0 and x + r <= width for x, y, r in found)


def lists(tmp_path: Path, rule: str, count: int) -> Path:
    """The council of the twelve stations, as an election of lists."""
    folder = tmp_path / "record"
    shutil.copytree(TWELVE, folder)
    definition = folder / "election.toml"
    text = definition.read_text(encoding="utf-8")
    definition.write_text(
        text.replace('rule = "plurality"\nseats = 2', f'rule = "{rule}"\nseats = {count}'), encoding="utf-8"
    )
    (folder / "returns" / "council.csv").write_text(
        re.sub(r",held,", ",accepted,", (folder / "returns" / "council.csv").read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    return folder


def test_the_seats_of_lists_are_shown_with_their_table(tmp_path):
    shown = edition(lists(tmp_path, "sainte-lague", 15))
    contest = shown.record.election.contests[1]
    view = seats(shown, contest)
    assert view is not None
    assert view.chart.says.startswith("Most seats by these figures: ")
    assert sum(int(str(line.cells[0].parts[0])) for line in view.table.lines) == 15
    assert len(circles(str(view.chart.wide))) == 15


def test_choices_elected_themselves_have_no_picture_of_seats():
    shown = edition(TWELVE)
    assert [seats(shown, contest) for contest in shown.record.election.contests] == [None, None]


# Polls


def test_a_stated_error_is_drawn_as_far_as_it_reaches():
    ends = ((Fraction(48), Fraction(52)), None)
    rows = (
        DotsRow("A", Fraction(52), (Fraction(50), Fraction(51)), ends),
        DotsRow("B", Fraction(48), (Fraction(50), None), ends),
    )
    drawn = dots("polls", "Polls", "…", Dots(rows, ("One", "Two"), "Result"))
    found = r'<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)" class="whisker"'
    whiskers = re.findall(found, str(drawn.wide))
    across = [(float(x1), float(x2)) for x1, y1, x2, y2 in whiskers if y1 == y2]
    assert len(across) == 2  # of the first poll only
    marks = sorted(x for x, _, _ in circles(str(drawn.wide)))
    assert [round((a + b) / 2, 1) for a, b in across] == marks
    assert len({round(b - a, 1) for a, b in across}) == 1


def with_rows(tmp_path: Path, *rows: str) -> Path:
    folder = tmp_path / "record"
    shutil.copytree(TWELVE, folder)
    with (folder / "announcements.csv").open("a", encoding="utf-8", newline="") as file:
        file.writelines(f"{row}\n" for row in rows)
    return folder


_POLL = ",exit,2031-05-18T20:05,,askers,,,president,,exit-poll"
_ERROR = f"{_POLL},exit_poll_design,margin-of-error,,,,,± 3.5,3.5,percent,paper,"


def chart_of(shown: Edition) -> Chart:
    made = polls_page.page(shown)
    assert made is not None
    contests = made.view["contests"]
    assert isinstance(contests, list)
    chart = contests[0]["chart"]
    assert isinstance(chart, Chart)
    return chart


def test_the_error_that_a_poll_states_stands_beside_its_name(tmp_path):
    chart = chart_of(edition(with_rows(tmp_path, _ERROR)))
    assert [text for _, text in chart.key][1:] == ["The Askers, ± 3.5 points"]
    assert 'class="whisker"' in chart.wide
    assert 'class="whisker"' not in chart_of(edition(TWELVE)).wide


def test_without_announced_shares_polls_stand_beside_our_own_result(counted):
    text = page(counted, "polls.html").text
    assert "Beside the result added up here" in text
    assert "For Ada Lund the polls have 51\u202f%; added up here it is 50.32\u202f%." in text
