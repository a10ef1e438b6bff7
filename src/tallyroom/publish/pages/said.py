"""What was said: every claim that reading found, with its sentence, its document and how it stands to the rest.

Short quotations with their attribution only: a document is not published here. Without claims there is no page.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from tallyroom.check.agreement import Verdict
from tallyroom.check.announced import Announced
from tallyroom.check.claims import verdicts
from tallyroom.publish import words
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import marked, say, say_n
from tallyroom.publish.texts import harmless
from tallyroom.publish.view import Link, Page
from tallyroom.record.claim import Claim

__all__ = ["Said", "page"]

_LONGEST = 240  # letters of a quotation
# The gravest first: a claim with several verdicts shows the first.
_VERDICTS = {
    "impossible": marked("Impossible"),
    "conflicts": marked("Conflicts"),
    "stale": marked("Stale"),
    "superseded": marked("Superseded"),
    "truncated": marked("Truncated"),
    "rounded": marked("Rounded"),
    "agrees": marked("Agrees"),
}
# schema.org wants a number for how true a claim is: 1 is false, 5 is true.
_RATINGS = {"impossible": 1, "conflicts": 2, "stale": 3, "superseded": 3, "truncated": 4, "rounded": 5, "agrees": 5}


@dataclass(frozen=True)
class Said:
    """One claim as the page shows it. verdict: its word; empty where nothing could be compared with it."""

    anchor: str
    when: str
    day: str
    speaker: str
    office: str
    kind: str
    subject: str
    quote: str
    document: Link
    verdict: str
    says: str


def page(edition: Edition) -> Page | None:
    """The page, where the record has claims."""
    claims = [Claim.of_json(told) for told in edition.record.claims if told.get("review") != "rejected"]
    if not claims:
        return None
    found: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts(Announced(edition.record)):
        found[verdict.claim.id].append(verdict)
    days = {row.id: row["date"] for row in edition.record.current("sources")}
    claims.sort(key=lambda claim: (days.get(claim.document, "") or "9999", claim.document, claim.start))
    said = [_said(edition, claim, days.get(claim.document, ""), _gravest(found[claim.id])) for claim in claims]
    told = Counter(one.verdict for one in said)
    tally = [(say(word), told[say(word)]) for word in _VERDICTS.values() if told[say(word)]]
    view: dict[str, object] = {
        "said": said,
        "tally": tally,
        "without": told[""],
        "families": _families(edition),
        "reviews": _reviews(edition, claims, found),
    }
    summary = say_n(
        "{n} claim, with its words and its document.", "{n} claims, with their words and documents.", len(said)
    )
    return Page("said.html", say("What was said"), "said.html", view, say("What was said"), summary, script=True)


def _gravest(found: list[Verdict]) -> Verdict | None:
    order = list(_VERDICTS)
    known = [verdict for verdict in found if verdict.verdict in _VERDICTS]
    return min(known, key=lambda verdict: order.index(verdict.verdict), default=None)


def _said(edition: Edition, claim: Claim, day: str, verdict: Verdict | None) -> Said:
    return Said(
        claim.id,
        edition.when(day) if day else say("undated"),
        day,
        harmless(claim.attributed_to),
        harmless(claim.office),
        words.sentence(words.plain(claim.kind)),
        harmless(claim.subject),
        harmless(_short(claim.quote)),
        edition.source(claim.document),
        say(_VERDICTS[verdict.verdict]) if verdict else "",
        harmless(verdict.says) if verdict else "",
    )


def _short(quote: str) -> str:
    text = " ".join(quote.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _families(edition: Edition) -> list[tuple[Link, list[Link]]]:
    """Each document that others repeat, with those that do, as sources.csv has them."""
    rows = edition.record.current("sources")
    copies: dict[str, list[Link]] = defaultdict(list)
    for row in rows:
        for source in row.ids("derived_from"):
            copies[source].append(edition.source(row.id))
    return [(edition.source(row.id), copies[row.id]) for row in rows if copies[row.id]]


def _reviews(edition: Edition, claims: list[Claim], found: dict[str, list[Verdict]]) -> Markup:
    """ClaimReview of schema.org, as JSON-LD, for the claims that were compared with the record itself."""
    reviews = []
    for claim in claims:
        verdict = _gravest([one for one in found[claim.id] if one.row])
        if verdict is None:
            continue
        source = edition.record.named.get(claim.document)
        address = source["url"] if source is not None else ""
        reviews.append(
            {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "claimReviewed": _short(claim.quote),
                "url": f"{edition.address}said.html#{claim.id}",
                "itemReviewed": {"@type": "Claim", "appearance": {"@type": "CreativeWork", "url": address}}
                | ({"author": {"@type": "Thing", "name": claim.attributed_to}} if claim.attributed_to else {}),
                "reviewRating": {
                    "@type": "Rating",
                    "ratingValue": _RATINGS[verdict.verdict],
                    "bestRating": 5,
                    "worstRating": 1,
                    "alternateName": _VERDICTS[verdict.verdict],
                },
            }
        )
    text = json.dumps(reviews, ensure_ascii=True)
    # Within a script no text may end it.
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")) if reviews else Markup()
