"""The record that `tallyroom new` writes: small, commented, and free of faults.

The returns are there with empty figures, which are stations without an act: nothing invented has to
be taken out again.
"""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

from tallyroom.errors import CannotWrite

__all__ = ["write_template"]

_ELECTION = """\
# The definition of an election: what is voted on, what the results form asks, and what it must fulfil.
# docs/record.md describes every key. Lines that begin with # are comments.

id = "{id}"
date = "{date}"            # polling day
timezone = "Etc/UTC"           # the zone of the place, such as "Europe/Vienna"
occasion = "regular"           # regular, extraordinary, repeat, second-round, by-election
stations = "all"               # "all": stations.csv lists every station, so one without a return is missing
synthetic = false              # true for a rehearsal: every page is then marked as one

[names]
en = "{name}"

# What is voted on. Each choice is the id of a person in people.csv (or of an organisation in
# organisations.csv); a choice that is neither is written {{ id = "yes", names = {{ en = "Yes" }} }}.
[[contests]]
id = "chair"
rule = "plurality"             # most votes; or "absolute-majority": more than half, else a second round
seats = 1
choices = ["candidate-a", "candidate-b"]
shares_of = "valid"            # printed shares are of the valid votes
majority_of = "valid"          # absolute-majority: more than half of valid, cast or registered

[contests.names]
en = "Chair"

# How the main figures are worked out from the form: an item of it, or an expression.
[contests.figures]
registered = "registered"
cast = "cast"
valid = "valid"
invalid = "invalid"

# The figures of your results form, in its order. Each is a column of returns/chair.csv.
[[form.items]]
id = "registered"
role = "registered"
names = {{ en = "Voters on the list" }}

[[form.items]]
id = "cast"
role = "cast"
names = {{ en = "Ballots in the box" }}

[[form.items]]
id = "invalid"
role = "invalid"
names = {{ en = "Invalid ballots" }}

[[form.items]]
id = "valid"
role = "valid"
names = {{ en = "Valid votes" }}

# What every form must fulfil. "hard" is an error; "soft" (often off by a few) is a warning.
[[form.checks]]
name = "every ballot is valid or invalid"
expression = "cast == valid + invalid"
severity = "hard"

[[form.checks]]
name = "the votes are the valid votes"
expression = "valid == sum(votes)"
severity = "hard"

[[form.checks]]
name = "no more ballots than voters"
expression = "registered >= cast"
severity = "hard"
"""

_FILES = {
    "people.csv": "id,name\ncandidate-a,Candidate A\ncandidate-b,Candidate B\n",
    "areas.csv": "id,parent,kind,name\nall,,nation,All stations\n",
    "stations.csv": (
        "id,area,name,kind,registered\n"
        "station-1,all,Station 1,permanent,\n"
        "station-2,all,Station 2,permanent,\n"
        "station-3,all,Station 3,permanent,\n"
    ),
    "returns/chair.csv": (
        "station,act,stage,status,reason,registered,cast,invalid,valid,votes.candidate-a,votes.candidate-b,source\n"
        "station-1,1,count,accepted,,,,,,,,\n"
        "station-2,1,count,accepted,,,,,,,,\n"
        "station-3,1,count,accepted,,,,,,,,\n"
    ),
    "sources.csv": "id,outlet,title,date,url\n",
}

_READ_ME = """\
# {name}

This folder is an election record. Open the CSV files in a spreadsheet, and save them as CSV (UTF-8).

1. `election.toml`: the election's name, date and zone; the choices; the figures of your results form.
2. `people.csv`: a line for each person who can be chosen. The `id` is what the other files call them.
3. `areas.csv`: the whole, and the regions or districts in it if there are any (`parent` is the area above).
4. `stations.csv`: a line for each polling station, with the voters on its register.
5. `returns/chair.csv`: the figures of each station's form, as it states them. Leave a cell empty if the form
   cannot be read there, and write `item:illegible` in a column `unread`; never write 0 for a figure that is
   not there. A correction is a new line for the station with the next number in `act`.
6. `sources.csv`: the documents your figures rest on, if you want to name them.

Format the columns of ids as text before you type, or the spreadsheet may turn them into dates.

    tallyroom check {folder}       everything that can be found wrong
    tallyroom tabulate {folder}    the results
    tallyroom publish {folder} --to site
"""


def write_template(folder: Path, today: date) -> list[Path]:
    """Writes a record to start from, and returns its files. Raises CannotWrite where something stands there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotWrite(f"{folder} is not empty. Name a folder that does not exist yet.")
    title = folder.resolve().name
    slug = re.sub(r"[^\w.\-]+", "-", title.lower()).strip("-._") or "my-election"
    name = title.replace("\\", "\\\\").replace('"', '\\"')
    texts = {
        "election.toml": _ELECTION.format(id=slug[:100], date=today.isoformat(), name=name),
        **_FILES,
        "README.md": _READ_ME.format(name=title, folder=shlex.quote(str(folder))),
    }
    for file, text in texts.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return [folder / file for file in texts]
