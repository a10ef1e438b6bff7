"""What courts decide: a court, a verb of ruling, and that the one does the other.

The court stands before the verb (`The court threw out the petition`), behind it (`was annulled by the court`), or at
the end (`X may stand, the court found`). In the sentences after one about a court, `the judges`, `its ruling` and
`the petition` are of that court. What is asked of a court, or expected from it, is no decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.scene import Found, Scene

__all__ = ["COURT", "rulings"]

COURT = re.compile(
    r"\b(?:(?:\w+\s)?(?:courts?|tribunals?)|constitutional council|plenum|bench|(?:the|chief|court|three|five|seven|"
    r"constitutional|"
    r"all|its|apex)\s(?:judges?|justices?)|judges|justices|chief justice)\b(?!\s(?:case|hearing|fees)|"
    r"'s\s(?:\w+\s)?(?:proposal|draft|president|head|chair))"
)
_RULED = re.compile(
    r"\b(?:approv(?:ed|es)|confirm(?:ed|s)|upheld|upholds|annul(?:led|s)|nullif(?:ied|ies)|void(?:ed|s)|"
    r"(?:in)?validat(?:ed|es)|"
    r"rule[sd]|ruling\sis|dismiss(?:ed|es)|reject(?:ed|s)|thr[eo]wn?\sout|throws\sout|turn(?:ed|"
    r"s)\s(?:\w+\s){0,5}?down|str(?:uck|ikes)\b|overturn(?:ed|s)|"
    r"overruled|quash(?:ed|es)|certif(?:ied|ies)|proclaim(?:ed|s)|declare[sd]|order(?:ed|s)|barred|bars|banned|bans|"
    r"allow(?:ed|s)|"
    r"let|lets|permit(?:ted|s)|clear(?:ed|s)|reinstate[sd]|restored|disqualif(?:ied|ies)|suspend(?:ed|s)|halt(?:ed|s)|"
    r"block(?:ed|s)|found|finds|held\sthat|held(?=[.,]|$|\sthe\s)|holds|decide[sd]|grant(?:ed|s)|refuse[sd]|"
    r"declin(?:ed|es)|cancel(?:led|ed|s)|"
    r"conclude[sd]|lift(?:ed|s)|(?:left|leaves|leaving)\s(?:\w+\s){0,6}?in\sforce|left in force|side[sd]\swith|"
    r"said\s(?:no|yes)\b|unanimous\w*|(?:in)?admissible|"
    r"unfounded|(?:no|without)\smerit|final\s(?:and|ruling)|(?:is|are)\sfinal|can(?:not|\snot)\sbe\sappealed|"
    r"can be appealed|(?:allows\s)?no\sappeal|"
    r"(?:made|took|reached)\sno\sdecision|verdict|judge?ment\s(?:is|was|said|came)|gave\s(?=the\s(?:commission|state|"
    r"government|parliament))|"
    r"had\staken\sfrom|deducted|granted|postponed|elected\spresident|had\s(?:\w+\s){1,4}sent\sto)\b"
)
# What governs the verb and makes it a wish, a plan or a law.
_PENDING = re.compile(
    r"\b(?:will|would|to|must|should|may|could|can|until|whether|if|unless|wanted|asked|"
    r"days)\s(?:be\s)?(?:\w+ly\s)?(?:\w+\sor\s)?$"
)
# `validated 1,523,120 ballots`, `cleared by the court: five candidates`
_COUNTED = re.compile(r"\w+\s\d|(?:validated|approved|cleared|admitted|certified)\b(?=[^;]*\bcandida)")
_LISTED = re.compile(r"[\w ]{0,40}:")
_ASKED = re.compile(
    r"\b(?:ask(?:s|ed)|petitioned|urge[sd]|seeks?|sought|wants?|appeal(?:s|ed)?\sto|appl(?:y|ied)\sto|go(?:es)?\sto|"
    r"went\sto|"
    r"sent\sto|passed\s(?:it|them)\sto|before)\s(?:\w+\s){0,3}?$|\bresults?\s(?:that|which)\sthe\s$"
)
_PARTY = re.compile(
    r"\bruling(?=\s(?:part|coalition|alliance|bloc|front|movement|\w+\s(?:party|front|coalition)|majority))"
)
_OF_IT = re.compile(
    r"(?:the|its|this|that|these|his|her|both|all)\s(?:\w+\s)?(?:ruling|decisions?|verdict|petitions?|appeals?|"
    r"challenges?|complaints?|suits?|cases?|"
    r"requests?|objections?|panel|council|judges?|justices?|bench|court)\b|that of\b|(?:for this reason|overall|"
    r"still|it)\b"
)
_WISHES = re.compile(
    r"\bthe (?:court|council|judges)\b[^.;]{0,20}\b(?:will ask|asks?|asked|wants?|is to|are to|"
    r"will)\b[^.;]*\bparliament\b"
)
_OTHERS = re.compile(r"\b(?:expert|analyst|lawyer|scholar|activist)s?\b|\bagrees? with\b|^article \d")
_NEAR = 6  # sentences


def rulings(scene: Scene) -> Iterator[Found]:
    """One decision for each part of a sentence in which a court decides."""
    low = _PARTY.sub(lambda found: " " * len(found[0]), scene.low)
    near = scene.number - scene.course.court_at <= _NEAR
    if COURT.search(low) and "court of public" not in low:
        scene.course.court_at = scene.number
    elif not near:
        return
    if _OTHERS.search(low):
        return
    at = 0
    for part in low.split(";"):
        if decided := _decided(scene, part, near):
            start = at + decided
            value = scene.text[start : start + 80]
            yield Found("court_decision", "election", value, "courts/ruling", by=_court_name(scene))
        at += len(part) + 1


def _decided(scene: Scene, part: str, near: bool) -> int:
    """Where in a part of a sentence a court decides; 0 where none does."""
    courts = [
        found
        for found in COURT.finditer(part)
        if part.startswith(", which", found.end()) or not _ASKED.search(part[: found.start()])
    ]
    of_it = near and _OF_IT.match(part.lstrip())
    if of_it and (wishes := _WISHES.search(part)):
        return wishes.start() or 1
    for verb in _RULED.finditer(part):
        if (
            _PENDING.search(part[: verb.start()])
            or _COUNTED.match(part, verb.start())
            or _LISTED.match(part, verb.end())
        ):
            continue
        if of_it or any(_does(scene, part, court, verb) for court in courts):
            return verb.start() or 1
    return 0


def _does(scene: Scene, part: str, court: re.Match[str], verb: re.Match[str]) -> bool:
    """Whether it is the court that decides."""
    if court.end() <= verb.start():
        gap = part[court.end() : verb.start()]
        tells = re.match(
            r"\s?(?:found|held|confirm\w+|decided|ruled|declared)?(?:\son\s\w+)?\.?$", part[verb.end() - len(verb[0]) :]
        )
        return len(gap) < 130 and not (scene.taken and court.start() > 40 and bool(tells))
    return bool(
        re.search(
            r"\b(?:by|in|at|under|of)\s(?:the\s|an?\s)?(?:[\w'-]+\s){0,3}$",
            part[verb.end() : court.start() + 1].rstrip() + " ",
        )
    )


def _court_name(scene: Scene) -> str:
    named = re.search(
        r"\b((?:[A-Z][\w'-]*\s)*(?:Court|Tribunal|Constitutional Council)(?:\sof\s(?:the\s)?[A-Z]\w+)?)", scene.text
    )
    if named:
        return named[1].removeprefix("The ")
    if small := re.search(r"\b(?:constitutional|supreme|high|electoral) (?:court|tribunal)\b", scene.low):
        return small[0].title()
    if re.search(r"\b(?:court|plenum|tribunal|judges|justices|bench)\b", scene.low):
        return scene.course.court or "court"
    return scene.speaker or scene.course.court
