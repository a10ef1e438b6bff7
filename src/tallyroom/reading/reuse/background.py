"""Where a report's own news ends, and the background that an agency puts under all its reports begins.

Behind the news a report turns to the vote itself, as to something that its reader may not know: when it takes or
took place, by whose decree, that it is over; or it goes back to what happened days before. What follows is told of
the vote, whatever the news was. A text that begins so, as statements do, has that for its news and no such turn.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from tallyroom.reading.text.document import Document
from tallyroom.reading.text.times import dates_in

__all__ = ["news_ends"]

_VOTE = r"(?:elections?|vote|voting|referendum|polls)"
_TURNS = re.compile(
    rf"\b{_VOTE}\b(?:\s(?:in|of|to|for)\b[^,;]{{0,60}}?)?\s(?:(?:took|takes|will take|is taking)\splace|"
    r"(?:was|were|is|are|will be|being|to be|has been|have been)\s(?:held|over|scheduled|under\s?way)|"
    r"(?:has|have)\sended|ended|is set)\b|"
    r"\b(?:candidates|contenders)\s(?:ran|run|are running|stood|stand|compete|competed|took part|take part)\b"
    rf".{{0,40}}\b{_VOTE}\b|"
    rf"\b(?:called|signed|issued|announced|set|scheduled)\b.{{0,60}}\b{_VOTE}\b.{{0,60}}\b(?:decree|order|for|on)\b",
    re.I,
)
_WHEN = re.compile(
    r"\d{4}-\d\d|\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|tomorrow|over|ended|\w+day)\b", re.I
)
_TELLS_IT_FIRST = 60  # letters before what it is about
_BACK = timedelta(days=3)
_BEGINS = 25  # letters in which a sentence that goes back says to when


def news_ends(document: Document, lead: int) -> int:
    """The number of the first sentence behind the lead that is background; the number of sentences where none is."""
    for number in range(lead + 1, len(document.sentences)):
        text = document.sentences[number].text
        turn = _TURNS.search(text)
        if (turn and turn.start() <= _TELLS_IT_FIRST and _WHEN.search(text)) or _goes_back(text, document):
            return number
    return len(document.sentences)


def _goes_back(text: str, document: Document) -> bool:
    """Whether a sentence begins with a day well before the report's own: `On December 19 the commission …`."""
    if not document.date or not re.match(r"(?:On|Since|By)\s", text):
        return False
    days = [m.value for m in dates_in(text[:_BEGINS], document.date, document.anchor) if m.is_day]
    try:
        return bool(days) and date.fromisoformat(days[0]) + _BACK < date.fromisoformat(document.date)
    except ValueError:
        return False
