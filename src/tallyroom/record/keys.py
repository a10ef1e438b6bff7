"""How the keys of an `election.toml` are written: each type refuses what is not written so."""

from __future__ import annotations

import difflib
import functools
import re
import zoneinfo
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from tallyroom.record.dates import read_date

__all__ = ["ID_PATTERN", "Date", "DateOrEmpty", "Id", "Names", "Strict", "Zone"]

ID_PATTERN = re.compile(r"[^\W_][\w.\-]{0,99}")


class Strict(BaseModel):
    """A part of the definition: an unknown key is a fault, and no value is taken for another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _is_id(text: str) -> str:
    if not ID_PATTERN.fullmatch(text):
        raise ValueError("an id: letters, digits, and . _ - inside, at most 100")
    return text


def _is_date(text: str) -> str:
    read_date(text)
    return text


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())  # looks at some six hundred files


def _is_zone(text: str) -> str:
    if text not in _zones():
        near = difflib.get_close_matches(text, sorted(_zones()), 1)
        raise ValueError("a zone of the IANA time zone database" + (f", such as {near[0]}" if near else ""))
    return text


Id = Annotated[str, AfterValidator(_is_id)]
Date = Annotated[str, AfterValidator(_is_date)]
DateOrEmpty = Annotated[str, AfterValidator(lambda text: text and _is_date(text))]
Zone = Annotated[str, AfterValidator(_is_zone)]
Names = dict[str, str]  # language → name
