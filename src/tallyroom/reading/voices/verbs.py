"""The verbs by which English lets somebody speak or judge, in the forms in which a report uses them.

A verb stands here once; its forms are made: `note` gives note, notes, noted. What a verb alone does not tell
(`called an election`, `was declared the winner`) stands in `speech.py`.
"""

from __future__ import annotations

__all__ = ["SAYING", "TELLING"]

_VOWELS = "aeiou"
_DOUBLING = frozenset(("admit", "regret", "slam", "quip", "bar", "permit"))
_PAST = {
    "say": "said", "tell": "told", "write": "wrote", "see": "saw", "find": "found", "give": "gave", "put": "put",
    "cast": "cast", "think": "thought", "speak": "spoke", "read": "read", "feel": "felt", "show": "showed",
    "swear": "swore", "hold": "held",
}  # fmt: skip


def _forms(verb: str) -> tuple[str, str]:
    """The forms for `he now` and for the past: `denies`, `denied`."""
    if verb[-1] == "y" and verb[-2] not in _VOWELS:
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    else:
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
        past = verb + ("d" if verb[-1] == "e" else verb[-1] + "ed" if verb in _DOUBLING else "ed")
    return third, _PAST.get(verb, past)


def _family(now_and_past: str, past: str = "", plain: str = "") -> str:
    """Alternatives for a pattern. now_and_past, past: verbs in these forms; plain: verbs as after `they`."""
    forms = [form for verb in now_and_past.split() for form in _forms(verb)]
    forms += [_forms(verb)[1] for verb in past.split()]
    return "|".join(dict.fromkeys(sorted(forms + plain.split(), reverse=True)))


# Verbs whose subject speaks.
SAYING = _family(
    "say tell note announce stress specify clarify remind reiterate assure assert caution concede emphasise "
    "emphasize add claim conclude explain argue estimate predict warn underline underscore complain allege "
    "acknowledge admit insist remark disclose reveal affirm contend mention write tweet recount enthuse quip "
    "exclaim retort deplore lament promise pledge vow guarantee reckon recall summarise summarize",
    "comment report project object",
    "say tell note argue insist warn allege admit claim contend reckon",
)
# Verbs whose subject speaks where nobody is said to.
TELLING = _family(
    "believe confirm congratulate describe praise regret recognise recognize highlight laud applaud hail "
    "decry slam criticise criticize condemn express voice find assess rate judge question doubt commend welcome "
    "put show see ask urge blame accuse register approve publish release give denounce reject consider "
    "regard order name dismiss brand label deem fault credit award forecast think fear deny "
    "disqualify certify invalidate nullify annul overturn uphold contest bemoan refute demand",
    "rule decide create clear inform indicate accredit count record designate thank permit place set term",
    "believe describe praise regret think find see show put give reject condemn doubt call",
)
