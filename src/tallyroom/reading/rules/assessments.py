"""What is thought of an election: words of judgement about the vote, its preparation or its count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.scene import Found, Scene

__all__ = ["assessments"]

_ABOUT = re.compile(
    r"\b(?:elections?|vote|votes|voting|ballot|ballots|polls?|polling|campaign\w*|process|run-?off|"
    r"referendum|count|counting|tallying|tabulation|"
    r"preparations?|turnout|media|observers?|protocol|commission|candidates?|results?|democracy|"
    r"electoral|voters?|stations?|tally|registration|contest|outcome|violations|irregularities|fraud|rigging|assessments?|environment|"
    r"atmosphere|"
    r"competition|majority|electoral code|cec|day|verdict)\b"
)
_GOOD = (
    r"transparen\w+|openness|democratic (?:expression|principles|norms|standards|election|process|"
    r"manner|choice|conditions)|(?:free|fair) and|free,? fair|fairly|fairness|free election|"
    r"credib\w+|competitive|competition|"
    r"well[- ](?:organi[sz]ed|run|managed|administered|conducted|prepared)|well-run|(?:best|"
    r"excellently|efficiently|smoothly|properly|professionally|perfectly|exemplar\w+) "
    r"?(?:organi[sz]ed|run|conducted|managed|administered)?|"
    r"exemplary|high (?:standards?|level)|highest (?:standards?|level)|peaceful\w*|orderly|calm\b|"
    r"calmly|favou?rable|successful(?:ly)? (?:\w+ ){0,2}?(?:holding|conduct\w*|elections?|vote|polls?|organi[sz]\w+|"
    r"held|"
    r"complet\w+|process|referendum)|success of|legitima\w+|"
    r"(?:largely|generally|fully|were|was|broadly) respected|satisf(?:ied|action) (?:with|at|over)\b|(?:progress\w*|"
    r"go\w+|"
    r"went) (?:very )?well\b|"
    r"(?:met|meets?|fully met|in line with|accordance with|complied with|complies with|"
    r"corresponded? to|correspond to|consistent with|conform\w*|respected|adher\w+|agrees? with|"
    r"followed)\b[^.;]{0,60}\b(?:standards?|norms|requirements|principles|law|laws|legislation|code|"
    r"constitution|commitments|obligations)|"
    r"(?:fully|well|thoroughly) (?:prepared|ready)|"
    r"(?:every|all)(?: the)?(?: \w+)? (?:steps?|measures?|conditions?|requirements?)\b|"
    r"fair (?:fight|contest|election|vote|process|result|play)|every (?:ballot|vote) (?:was|has been|"
    r"is) (?:accounted for|counted)|"
    r"democratic spirit|hard work|(?:massive|broad|strong|wide) participation|maturity|"
    r"no (?:impact|effect|influence) on|nothing that could (?:change|affect|influence)|only minor|informed well|"
    r"well[- ]informed|"
    r"positively|positive (?:assessment|impression|evaluation)|freely express\w*|express(?:ed)? (?:their|the) will|"
    r"democratic(?! (?:(?:\w+ ){0,2}party|institutions|people|front|alliance|republic|union|movement))\b|"
    r"well[- ](?:equipped|attended)|(?:great|keen|high|strong) (?:interest|activity)|active participation|"
    r"informed choice|"
    r"(?<!not )reflect(?:s|ed)? (?:the|\w+|the \w+'s) will|(?<!in)adequate|satisfied|"
    r"not (?:\w+ ){0,2}any (?:\w+ ){0,2}(?:violations|irregularities|"
    r"incidents)|"
    r"festive|impressed|lawful\w*|objective\w*|inclusive|trustworthy|reliable|genuine (?:election|"
    r"contest|pluralism)|no "
    r"(?:[\w-]+ ){0,3}?(?:violations?|irregularities|incidents|complaints|"
    r"problems)|no cases? of|(?:is|are|was|were|be) valid\b(?! (?:votes?|if|only|where|when))|"
    r"without (?:serious |major |"
    r"any )?(?:incidents?|violations|"
    r"irregularities|problems)|"
    r"high (?:voter )?turnout|large (?:voter )?turnout|historic|(?<=election )free|(?<=vote )free|"
    r"(?<=elections )free|turnout (?:is|was) (?:very |"
    r"extremely |quite )?(?:high|low|large|record|massive|brisk|heavy)|praise[sd]?|commend\w*|"
    r"hailed|convincing|technically (?:sound|well)|independently|efficient\w*|efficiency|"
    r"well[- ]coordinated|(?:choose|chose|vote|voted|choice) (?:their \w+ )?freely|relaxed|"
    r"without (?:a |any )?(?:mishaps?|hitch\w*|"
    r"hindrance|obstacles)|accurate|spirit of|vindicat\w+|valid (?=vote|election|polls)|"
    r"(?:consider|recogni[sz]|deem|call|judg|declar)\w*\b[^.;]{0,40}\bvalid|vote valid$|crucial|milestone|"
    r"quick(?:ly)?(?! count)|swift(?:ly)?|brisk|impeccabl\w+|excellent|perfect(?:ly)?|accessible|"
    r"remarkabl[ey]|dedication|"
    r"(?:equal|wide) (?:and (?:equal|wide) )?access|is ready|are ready|well advanced|earned the|"
    r"without (?:major |serious )?(?:setbacks?|delays?|hindrance)|"
    r"professional\w*|smooth\w*|sound\b|robust|vibrant|pluralis\w+|effective\w*|confidence in"
)
_BAD = (
    r"charade|masquerade|mockery|travesty|fiasco|circus|cheating|cheated|null and void|robbery|theft|handouts|"
    r"insufficient\w*|inadequate\w*|poorly|compromised|unjustified|will (?:\w+ ){0,5}altered|at variance|"
    r"kept out|keeping \w+ away|"
    r"closed to|absent|fatigue|could not express|"
    r"biased|bias\b|unfair\w*|not (?:free|fair|democratic|transparent|credible)|neither free|"
    r"fake|pseudo-\w+|dirt(?:y|ier|iest)|not (?:be )?(?:\w+ )?(?:legitimate|valid)|(?:low|lower|poor) (?:\w+ )?turnout|"
    r"(?:lower|less|worse) than (?:was )?(?:expected|hoped)|could (?:\w+ )?be (?:more|better)|"
    r"not know how|could not see|"
    r"undemocratic|restrict\w+|lack(?:ed|s|ing)?\b|absence of|devoid|fraud\w*|rigg\w+|falsif\w+|"
    r"manipulat\w+|irregularit\w+|(?<!no )(?<!any )violations?\b|"
    r"violat(?:ed|es|ing)|"
    r"ballot[- ]stuffing|stuff(?:ed|ing)|multiple voting|carousel|intimidat\w+|pressure\w*|coerc\w+|"
    r"vote[- ]buying|misuse\w*|abuse\w*|doubt\w*|question(?:ed|able|s)|concern\w*|flaw\w*|marred|"
    r"undermin\w+|discredit\w*|sham\b|farce|illegitimate|imitation|"
    r"inflated|uneven|unequal|unlevel|level playing field|shortcoming\w*|deficien\w+|problem\w*|"
    r"burden\w*|confus\w+|fatigue|messy|negligence|shortages?|isolated cases|accus\w+|denounced|untransparent|"
    r"one-sided|unbalanced|imbalance\w*|not reflect the will|discrepanc\w+|negatively|discriminatory|blurr\w+|"
    r"unaddressed|limited (?:confidence|trust)|unauthori[sz]ed|not allowed|"
    r"offensive|hostile|toxic|failed to|(?:steal|stole|stealing) (?:the|an|this|our) (?:election|vote)|stolen|"
    r"anxiety|tensions?|"
    r"late (?:start|opening|arrival)|"
    r"(?:start\w*|open\w*|arriv\w+|came|began) late|failure\w*|fell short|short of|did not meet|least (?:fair|free)|"
    r"do not meet|not meet|broke (?:national|"
    r"international|the|its|rules|laws)|breach\w*|"
    r"contrary to|contraven\w+|repress\w+|persecut\w+|crackdown|arrests?|censor\w*|"
    r"no (?:genuine|real|meaningful|serious) (?:choice|competition|alternative\w*|challenge\w*)|"
    r"genuine (?:choice|competition|pluralism|alternative)|disinformation|chaotic|chaos|delay(?:s|"
    r"ed)|violen\w+|tense|disenfranchis\w+|negative(?:ly)?|critici[sz]\w+|condemn\w*|weak\b|hard "
    r"for|difficult\w*|obstruct\w*|prevented|hinder\w*|opaque|contested|serious"
)
_GOOD_WORDS, _BAD_WORDS = re.compile(rf"\b(?:{_GOOD})(?![\w-])"), re.compile(rf"\b(?:{_BAD})(?![\w-])")
_JUDGED = re.compile(rf"\b(?:{_GOOD}|{_BAD})(?![\w-])")
_STRONG = re.compile(
    r"\b(?:charade|masquerade|mockery|travesty|cheating|null and void|at variance|"
    r"transparen\w+|openness|biased|fraud\w*|rigged|free and fair|free,? fair|neither free|"
    r"credible|democratic (?:principles|expression|standards|norms)|competitive|restrictive|"
    r"ballot[- ]stuffing|legitimate|illegitimate|"
    r"irregularities|international standards|fell short|did not meet|least (?:fair|free)|well[- "
    r"]organi[sz]ed|professionally|(?<=election )free|"
    r"(?<=vote )free|exemplary|genuine|"
    r"lack of|lacked|imitation|sham|farce|high standards?|success of|positive assessment|"
    r"successful (?:\w+ )?(?:holding|conduct|"
    r"elections?|vote|polls?)|festive|unfair|undemocratic|"
    r"fell short|did not meet|not be considered|least (?:fair|free)|intimidation|vote[- ]buying|"
    r"doubts?|imitation|discredit\w*|flawed|marred|falsif\w+|"
    r"violat\w+|fake|pseudo-\w+|(?:consider|recogni[sz])\w*\b[^.;]{0,40}\bvalid|vote valid)\b"
)
_NONE = re.compile(
    r"\b(?:asked (?:\w+ ){1,2}to|appeal\w* (?:to|for)|(?:about|towards|promot\w+) (?:a )?(?:free|fair|credible|"
    r"transparent|peaceful)|invited|registered to|accredited to|will (?:observe|follow|give|present|publish|assess)|"
    r"aims? to|in order to|committed to|pledg\w+|promis\w+|hopes?|to ensure|ensuring|call(?:s|ed|ing)? (?:on|"
    r"for)|urged|whether|yardstick|if the|should)\b"
)
_WELCOMES = re.compile(
    r"\b(?:welcom|prais|hail|commend|applaud)\w*\b.{0,60}\b(?:conduct|organi[sz]ation|peaceful\w*|calm|orderly|vote|"
    r"voting)\b|"
    r"\b(?:peaceful|calm|orderly|smooth)\w*\b"
)
_WIN = re.compile(r"\b(?:convincing|landslide|victory|won|results (?:of the vote )?(?:fully )?confirm)\b")


_CONGRATULATES = re.compile(
    r"\bcongratulat\w+(?!.{0,60}\b(?:on|for) (?:the|an?|its|their) [^,;]{0,60}?\b(?:" + _GOOD + "))"
)


def assessments(scene: Scene) -> Iterator[Found]:
    """One assessment for a sentence that judges, with the words that do so."""
    # Nobody judges here.
    if not scene.speaker and not scene.course.own_voice and not _SAID.search(scene.low):
        return
    if named := _called(scene) or _judging(scene):
        yield named
        return
    if not _ABOUT.search(scene.low) and not (scene.speaker and _SO_JUDGED.search(scene.low)):
        return
    words = _judgements(scene.low)
    if not words:
        return
    strong = _STRONG.search(scene.low) is not None or (scene.course.own_voice and not scene.taken)
    none = _NONE.search(scene.low)
    # `condemns the vote as fraudulent and calls for a new one` has judged before it calls.
    judged_first = none and any(m.start() < none.start() for m in _STRONG.finditer(scene.low))
    if none and not judged_first and not re.search(r"\b(?:found|concluded|noted that|were|was)\b", scene.low):
        return
    if not strong and not scene.speaker:
        return
    welcomed = scene.speaker and _WELCOMES.search(scene.low)
    if not strong and (_WIN.search(scene.low) or (scene.taken and not welcomed)):
        return
    if re.search(r"\bfactors?\b", scene.low) and not strong:
        return
    # `congratulated the people on the success of the election` judges; `congratulated him on his victory` does not.
    if not strong and _CONGRATULATES.search(scene.low):
        return
    about = _about(scene)
    # Preparations are judged as they stand on the day of the report.
    as_of = scene.course.date if about == "pre-election preparations" else ""
    yield Found("assessment", about, "; ".join(words[:5]), "assessments/words", "", _stance(scene.low), as_of)


# A judgement that nobody is said to make is an account of what happened: `violations were recorded`.
_SAID = re.compile(r"\b(?:said|says|stated|assess\w*|according|called|found|concluded)\b")

# `called the election a farce`, `described them as democratic`, `found Tamo's poll at variance with the law`
_OF_AN_ELECTION = (
    r"elections?|vote|ballot|polls?|polling|voting|process|campaign|results?|count|referendum|run-?off|turnout|contest|"
    r"outcome|figures?|tally|preparations?|decision|round"
)
_CALLED = re.compile(
    r"\b(?:call(?:s|ed|ing)?|describ(?:es?|ed|ing)|denounc(?:es|ed|ing)|brand(?:s|ed)|label(?:s|led|ed)|dismiss(?:es|ed)|"
    r"term(?:s|ed)|slam(?:s|med)|characteri[sz](?:es|ed)|hail(?:s|ed)|regard(?:s|ed)?|view(?:s|ed)?|sees?|saw|found|finds|"
    r"judg(?:es|ed)|deem(?:s|ed)|consider(?:s|ed)?)\s"
    r"(?:(?P<what>it|them|this|(?:the|these|this|that|[\w-]+'s)\s(?:[\w'-]+\s){0,3}?"
    rf"(?:{_OF_AN_ELECTION}))(?:,\s[^,]{{3,30}},)?\s(?:as\s)?|(?=\"|an?\s(?:[a-z]+\s)?(?:{_BAD})))"
    r"(?P<how>(?!(?:for|in|on|by|to|off|after|earlier|at (?!variance)|an? (?:year|month|week|day)|held|that|which|and|"
    r"early|is|was|were|of|start|begin|take|ineligible|eligible|guilty|\d+)\b)[a-z\"'][^.;,]{2,80})"
)
# Verbs that judge by themselves: `praised the work of the officials`, `faults the tally centre`.
_JUDGES = re.compile(
    r"\b(?:prais(?:es?|ed)|lauds?|lauded|commend(?:s|ed)|applaud(?:s|ed)|deplor(?:es?|ed)|lament(?:s|ed)|regret(?:s|ted)?|"
    r"critici[sz](?:es|ed)|faults|faulted|decri(?:es|ed)|bemoan(?:s|ed)|flag(?:s|ged)|complain(?:s|ed) (?:of|about)|"
    r"notes? (?:with concern|on the positive side)|noted (?:with concern|on the positive side)|sp(?:eaks?|oke) of|"
    r"accus(?:es|ed) the|(?:point(?:s|ed) (?:also )?to|also pointed to|reported) (?:the )?(?:high|low))\s"
    r"(?P<how>[^.;]{3,90})"
)
_PEOPLE = re.compile(r"\b(?:people|officials|citizens|documents|authorities|staff|delays?|candidates|access)\b")


def _judging(scene: Scene) -> Found | None:
    """What somebody praises, deplores or criticises: the verb is the judgement."""
    match = _JUDGES.search(scene.low) if scene.speaker else None
    if match is None or _CONGRATULATES.search(scene.low[: match.start()]):
        return None
    about = _ABOUT.search(match["how"]) or _PEOPLE.search(match["how"]) or _JUDGED.search(match["how"])
    if about is None or re.search(r"\d", match["how"][:20]):
        return None
    words = scene.text[match.start("how") : match.end("how")]
    return Found("assessment", _about(scene), words, "assessments/verb", "", _by_verb(match))


_FAVOURS = re.compile(r"prais|laud|commend|applaud|.*positive|(?:also )?point\w* (?:also )?to (?:the )?high")


def _by_verb(match: re.Match[str]) -> str:
    """Praise is favourable; what somebody regrets, faults or speaks of is critical, unless its words are not."""
    if _FAVOURS.match(match[0]):
        return "favourable"
    return "favourable" if _stance(match["how"]) == "favourable" and match[0].startswith("sp") else "critical"


# What is only feared, alleged, or to be hindered: `to deter fraud`, `would make it more legitimate`.
_UNREAL = re.compile(
    r"\b(?:deter|prevent|avoid|combat|against|(?:the|of) alleged|suspected|possible|potential|"
    r"would make|may|might|if|annulled for|"
    r"known by|complaints? (?:\w+ ){0,5}about)\b[^.;]{0,24}$"
)


def _judgements(low: str) -> list[str]:
    """The words that judge, but for those that say what is not so, or not yet."""
    found = (m for m in _JUDGED.finditer(low) if not _UNREAL.search(low[max(0, m.start() - 60) : m.start()]))
    return list(dict.fromkeys(m[0] for m in found))


# `It was lower than expected`: what is spoken of stands in the sentence before.
_SO_JUDGED = re.compile(
    r"^(?:it|that|this|they) (?:was|were|is|are) (?:\w+ )?(?:lower|higher|less|worse|better) than\b"
)


def _called(scene: Scene) -> Found | None:
    """The name that somebody gives an election: `a farce`."""
    match = _CALLED.search(scene.low) if scene.speaker else None
    if match is None or not (match["what"] or _ABOUT.search(scene.low)):
        return None
    words = scene.text[match.start("how") : match.end("how")]
    return Found("assessment", _about(scene), words, "assessments/called", "", _stance(match["how"]))


def _stance(low: str) -> str:
    """Favourable or critical, by which words are more; neutral where neither are."""
    bad = len(_BAD_WORDS.findall(low)) + len(re.findall(r"\b(?:not|neither|nor|no)\b", low))
    good = len(_GOOD_WORDS.findall(low))
    return "neutral" if good == bad else "favourable" if good > bad else "critical"


def _about(scene: Scene) -> str:
    match = re.search(
        r"\bpre-election preparations|assessments? (?:of|from)[^,.;]{0,60}|media\b|protocol[^,.;]{0,40}|"
        r"campaign|polling stations|count\b",
        scene.low,
    )
    if match and not re.search(r"\belections? (?:was|were|met|lack|corresp|took)", scene.low):
        return match[0]
    return scene.course.election or "election"
