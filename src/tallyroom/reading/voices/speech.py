"""How English says who says it: verbs of speech, sources, pronouns, and what an outlet reports.

Patterns only; `attribution.py` says what they mean, in its order.
"""

from __future__ import annotations

import re

from tallyroom.reading.voices.verbs import SAYING, TELLING

__all__ = [
    "ALONE",
    "ANAPHOR",
    "CITED",
    "DESCRIBED",
    "GIVEN",
    "HEADING",
    "HEADLINE",
    "IMPERSONAL",
    "ISSUED",
    "MEMBERS",
    "OF_RESULTS",
    "OUTLET",
    "OWN_FIGURES",
    "PHRASE",
    "RESULTS_OF",
    "ROLE_WORDS",
    "SAID",
    "SOURCE",
    "TOLD",
]

_WINNER = r"(?! (?:the |a )?(?:winner|elected|victor|president|invalid|valid))"
_SAYING = (
    rf"declare(?:s|d{_WINNER})|observed that|maintain(?:s|ed) that|points? (?:out|to)|pointed (?:out|to|at)|reads|"
    rf"informs(?=,)|(?:was|were|is) quoted as saying|(?<=[a-z] )goes on(?=,)|held(?=\.$| that\b)|stated|"
    rf"states(?= that|[:,])|{SAYING}"
)
_TELLING = (
    r"called(?! (?:the |an? |for )(?:\w+ ){0,2}(?:elections?|vote|referendum|polls?)(?: for\b| on\b| in\b|[,.]|$))|"
    r"calls|sp(?:oke|eaks?) of|(?:have )?cast|reports|set up|threw out|set aside|"
    r"had(?= [A-Z][\w .'-]{1,40} (?:at|on) \d)|"
    r"accepted(?= (?:the |his |her |their |\w+ )?(?:\w+ )?(?:candida|nomin|document|[A-Z]))|"
    rf"d(?:oes|o|id) not (?:accept|recogni[sz]e|believe|think)|{TELLING}"
)
_AUX = (
    r"(?:\b(?:has|have|had|also|later|then|further|earlier|already|repeatedly|officially|today|"
    r"yesterday|again|will|would|was|were|been|fully|still|jointly|previously|provisionally|"
    r"unanimously|formally|finally|initially|"
    r"(?:late |early )?(?:on )?(?:late )?[A-Z]\w+day(?: (?:night|morning|evening|afternoon))?|on [A-Z]\w+(?: \d+)?)\s)*"
)
SAID = re.compile(rf"(?P<aux>{_AUX})\b(?P<verb>{_SAYING})\b")
TOLD = re.compile(rf"(?P<aux>{_AUX})\b(?P<verb>{_TELLING})\b")
SOURCE = re.compile(
    r"\b(?P<how>[Aa]ccording to|[Bb]y (?:the )?(?:preliminary |final |official |latest )*(?:results|"
    r"data|figures|estimates|count) (?:of|from|by)|"
    r"[Bb]ased on(?: the)?(?: \w+){0,3} (?:results|data|figures)(?: of(?: the)? exit[- ]polls?)? (?:of|from|by)|"
    r"[Dd]ata (?:from|of)|[Ff]igures (?:from|of)|[Rr]esults (?:from|released by|announced by|"
    r"published by)|as per|[Pp]er(?!\s?cent)|"
    r"(?:view|opinion|words|assessment|eyes|verdict|judge?ment|conclusions?) of|"
    r"[Ff]rom an? (?:\w+ )?(?:statement|communiqu[eé]|letter|report|message|post|interview) (?:of|by|from|with)|"
    r"[Bb]y the (?:account|reckoning|estimate|estimates) of|"
    r"(?:been|were|was|are|is) (?:cleared|registered|approved|accredited|confirmed) by|(?:denounced|condemned|"
    r"criticised|criticized|praised) by|announced by|given by|"
    r"released by|published by|(?:processed|counted|tallied|identified|recorded|noted|found|observed|"
    r"was told|were told|been told) by|"
    r"(?:estimated|put|placed) at [\d.,]+ ?(?:%|per ?cent)? by|"
    r"reported by|issued by)\s"
)
CITED = re.compile(r"\b(?:[Cc]iting|[Ww]ith reference to|[Rr]eferring to|[Qq]uoting|cited|quoted|reports? via)\s")
OUTLET = re.compile(
    r"[,.]\s(?:the\s(?:website|site|newspaper|portal|agency|news agency|publication|channel|broadcaster|daily|"
    r"outlet)\s)?"
    r"(?P<name>[A-Z\u00c0-\u024f][\w.'-]*(?:\s[A-Z][\w.'-]*){0,3})(?:'s? \w+ "
    r"correspondent)?\s(?:reports|informs|writes|(?<=correspondent\s)reported)\b(?P<rest>[^.]*)\.?$|"
    r",\s(?:reports|informs|writes)\s\"?(?P<tail>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})\"?\.?$|"
    r"^(?P<lead>[A-Z][\w.]*(?:\s[A-Z][\w.'-]*){0,3}) reports that\b"
)
OF_RESULTS = re.compile(
    r"(?:the\s)?(?:(?:preliminary|final|official|provisional|latest|partial|exit[- ]poll|first|"
    r"early|full|published|new)\s)*(?:results?|data|figures?|information|statement|report|exit[- "
    r"]polls?|survey|polls?|count|calculations?|estimates?|announcement|website|statistics|"
    r"protocol)s?\s(?:released |published |announced |carried out |conducted |compiled )?(?:of|by|"
    r"from)\s(?:the\s)?(?:exit[- ]polls?\s(?:of|by)\s(?:the\s)?)?"
)
ANAPHOR = re.compile(
    r"\b(?:(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey|[Ii]t)|(?P<the>(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|"
    r"[Tt]hese|[Tt]hose)\s(?:(?!the\s)[a-z][\w-]*\s|[A-Z]{2,6}\s(?=(?:[A-Z]{2,6}\s)?[Cc]hair|[Ss]ecretary|[Hh]ead|"
    r"[Pp]resident)){0,3}?"
    r"(?:[Ss]ecretary(?:[- ][Gg]eneral)?|[Cc]hairman|chairwoman|chairperson|chair|ministry|minister|"
    r"statement|report|mission|commission|committee|source|"
    r"directorate|board|secretariat|service|bureau|authority|office|council|tribunal|association|foundation|movement|"
    r"publication|newspaper|website|broadcaster|outlet|portal|panel|poll body|electoral body|election body|watchdog|"
    r"missions|teams|groups|leaders|delegations|organi[sz]ations|parties|experts|analysts|pollsters|watchdogs|"
    r"activists|"
    r"spokesman|spokeswoman|spokesperson|monitors|observers|party|organi[sz]ation|group|agency|head|"
    r"official|officials|delegation|body|"
    r"coalition|court|commissioner|president|leader|document|league|cent(?:er|re)|company|diplomat|"
    r"pollster|institute|network|union|candidate|envoy|official)))\s*$"
)
PHRASE = re.compile(
    r"(?:[A-Z][\w'/-]*\s){1,4}(?:observer\s|observation\s)?(?P<noun>mission|delegation|party|league|"
    r"coalition|monitors|observers|office)\b|(?:[A-Z]\w+'s\s)?(?:national\s|central\s)?(?:electoral|"
    r"election)\s(?P<body>commission)\b"
)
GIVEN = re.compile(
    r"(?:This|(?:The|These|This|Such)\s(?:figures?|data|information|numbers?|announcement|"
    r"statement))\s[^.;]{0,40}?\b(?:stated|said|given|announced|released|provided|reported|"
    r"presented|made)\b[^,;]{0,60}?\sby\s(?:the\s)?"
)
ISSUED = re.compile(
    r"(?:has |have |had )?(?:made|issued|released|published|expressed|posted)\s(?:an?|the|its|"
    r"their)\s(?:\w+\s)?(?:statement|comment|commentary|communique|press release|declaration)\b"
)
# `It is noted that`, a quotation that stands alone: the speaker before.
IMPERSONAL = re.compile(
    r"(?:It (?:is|was) (?:also )?(?:noted|stressed|emphasi[sz]ed|stated|pointed out|added|recalled)|"
    r"The (?:statement|report|document|data|figures|numbers)\b|"
    r"The (?:[\w-]+ ){0,4}(?:results|tally|count|protocols?) (?:gives?|gave|shows?|showed|puts?)\b|"
    r"By the (?:preliminary|provisional|official|final|latest|partial) (?:results|count|figures|data),|\"[^\"]+\"?$)"
)


# Nouns of those who can speak: people by what they do, and bodies.
ROLE_WORDS = (
    r"offices?|boards?|bureau|courts?|councils?|agenc(?:y|ies)|embass(?:y|ies)|bod(?:y|ies)|tribunals?|registrar|"
    r"campaign team|campaign|chiefs?|boss(?:es)?|authorit(?:y|ies)|opposition|sides?|sources?|police|critics|"
    r"part(?:y|ies)|watchdogs?|government|television|tv|radio|registry|media|committees?|electoral body|missions?|"
    r"teams?|groups?|delegations?|commissions?|ministr(?:y|ies)|leagues?|departments?|institutes?|exit polls?|polls?|"
    r"surveys?|study|projection|forecast|judges?|rivals?|residents?|allies|diplomats?|delegates?|officials?|"
    r"heads?|aides?|envoys?|spokes(?:man|men|woman|person|people)|(?:ambassad|senat|govern|direct|may|observ)ors?|"
    r"(?!(?:numb|pap|ord|cent|matt|lett|pow|quart|bord|post|off|wat|regist|wint|summ|vot)ers?\b)[a-z]{2,}ers?|"
    r"(?!(?:fact|sect|err|do|flo)ors?\b)[a-z]{3,}tors?|(?!lists?\b)[a-z]{2,}(?:ists|ist)|[a-z]{3,}(?:icians?|crats?|"
    r"analysts?|experts?)|activists?|analysts?|experts?|applicants?|combatants?|agents?|presidents?|citizens|"
    r"candidates?|opponents?|people|many|others|some|both"
)
_NOT_OF_IT = (
    "in|at|from|of|for|to|with|by|near|on|and|or|over|the|that|which|who|whom|as|but|was|were|is|are|has|have|had|when|"
    "while|if|what|an?"
)
# `many international observers`, `her opponents`: who speaks is told by what they are.
DESCRIBED = re.compile(rf"(?<![\w'-])(?:(?!(?:{_NOT_OF_IT})\s)[a-z][\w'/-]*\s){{0,4}}(?:{ROLE_WORDS})$", re.I)
ALONE = re.compile(r"(?:^|[\"]|;\s|,\s)(?:The\s)?(?P<who>[A-Z]\w+(?:\s[A-Z]\w+)+)$")
# `The last provisional results of the Elections Office came out at 7am`
RESULTS_OF = re.compile(
    r"(?:The|Its|Their) (?:[a-z]+ ){0,3}(?:results|figures|data|count|tally|estimates?|projections?) (?:of|by|from) "
    r"(?:the )?(?=[A-Z])|The (?=[A-Z]{3,8} (?:count|tally|data|figures|results)\b)"
)
# `By his figures`, `By Elections Canada's preliminary estimates`
OWN_FIGURES = re.compile(
    r"\b(?:[Bb]y|[Ii]n) (?:(?P<pronoun>his|her|its|their)|"
    r"(?P<who>(?:the (?:[a-z]+ ){1,3}?|(?:the )?[A-Z])[^,.;:]{0,60}?)'s?) "
    r"(?:own )?(?:[a-z]+ ){0,2}"
    r"(?:account|figures|count|data|estimates?|reckoning|calculations?|tally|view|opinion|words|eyes|judge?ment)\b"
)
# Headlines: `Vote was democratic - observers`, `Election commission: turnout is 45%`
HEADLINE = re.compile(r"(?P<quote>\")?\s-\s(?:the\s)?(?P<who>[A-Za-z][^-.:;,!?]{2,70})\.?$")
# Each word but the first behind a space: else capitals in a row could be cut in every way.
_OF_A_HEADING = r"(?:[A-Z][\w'()-]*|of|for|the|and|election|electoral|observers|monitors|commission|mission|ministry)"
HEADING = re.compile(rf"(?P<who>{_OF_A_HEADING}(?:\s{_OF_A_HEADING}){{0,9}}):\s(?=[\w\"'])")
MEMBERS = re.compile(
    r"\b(?:[Oo]bservers|[Mm]onitors|[Mm]embers|[Oo]fficials|[Dd]iplomats|[Rr]epresentatives|"
    r"[Ll]awyers|[Ss]upporters)\s(?:of|from|for|at)\s(?:the\s)?[A-Z][^,;.]*$"
)
