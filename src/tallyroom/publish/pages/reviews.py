"""ClaimReview of schema.org, as JSON-LD, for the claims that were compared with the record's own figures.

Search engines ask for claimReviewed, url and a reviewRating with its words in alternateName; whose claim it is and
where it stood are added as far as they are known. Claims that were only compared with one another have none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from tallyroom.check.agreement import Verdict
from tallyroom.publish.edition import Edition
from tallyroom.publish.texts import web_address
from tallyroom.publish.verdictwords import VERDICTS, gravest
from tallyroom.record.claim import Claim

__all__ = ["reviews"]

# schema.org wants a number for how true a claim is: 1 is false, 5 is true.
_RATINGS = {"impossible": 1, "conflicts": 2, "stale": 3, "superseded": 3, "truncated": 4, "rounded": 5, "agrees": 5}
_LONGEST = 240


def reviews(edition: Edition, claims: Sequence[Claim], found: Mapping[str, Sequence[Verdict]]) -> Markup:
    """The reviews as a script holds them; empty where no claim was compared with the record."""
    told = []
    for claim in claims:
        verdict = gravest(one for one in found[claim.id] if one.row)
        if verdict is not None:
            told.append(_review(edition, claim, verdict))
    text = json.dumps(told, ensure_ascii=True)
    # Within a script no text may end it.
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")) if told else Markup()


def _review(edition: Edition, claim: Claim, verdict: Verdict) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": claim.words[:_LONGEST],
        "url": f"{edition.address}said.html#{claim.id}",
        "itemReviewed": _claim(edition, claim),
        "isBasedOn": f"{edition.address}figures.html#{verdict.row}",
        "reviewBody": verdict.says,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _RATINGS[verdict.verdict],
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": VERDICTS[verdict.verdict][1],
        },
    }


def _claim(edition: Edition, claim: Claim) -> dict[str, object]:
    """Whose claim it is, and in what document it stands."""
    told: dict[str, object] = {"@type": "Claim"}
    if claim.attributed_to:
        told["author"] = {"@type": "Thing", "name": claim.attributed_to}
    source = edition.record.named.get(claim.document)
    if source is None:
        return told
    known = {"url": web_address(source["url"]), "headline": source["title"], "datePublished": source["date"]}
    appearance: dict[str, object] = {"@type": "CreativeWork", **{name: text for name, text in known.items() if text}}
    if source["outlet"]:
        appearance["publisher"] = {"@type": "Organization", "name": source["outlet"]}
    return told | {"appearance": appearance}
