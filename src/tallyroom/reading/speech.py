"""How English says who says it: verbs of speech, sources, pronouns, and what an outlet reports.

Patterns only; `attribution.py` says what they mean, in its order.
"""

from __future__ import annotations

import re

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
    "OFFICE",
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

# Verbs of saying; and verbs whose subject speaks where nobody is said to.
_SAYING = (
    "said|says|say|told|tells|noted|notes|stated|states|announced|announces|stressed|stresses|specified|clarified|"
    "reminded|reiterated|assured|asserted|cautioned|conceded|pointed at|"
    "emphasi[sz]ed|emphasi[sz]es|"
    "added|adds|claimed|claims|concluded|concludes|declared(?! (?:the |a )?(?:winner|elected|victor|president|"
    "invalid|valid))|declares|tweeted|mentioned|mentions|explained|explains|"
    "wrote|writes|argued|argues|estimated|estimates|predicted|projected|projects|"
    "warned|warns|recalled|pointed (?:out|to)|points (?:out|to)|underlined|underscored|underscores|"
    "complained|alleged|alleges|"
    "acknowledged|admitted|observed that|commented|insisted|insists|maintained (?=that)|remarked|disclosed|"
    "revealed|reported|reads|informs(?=,)|(?:was|were|is) quoted as saying|(?<=[a-z] )goes on(?=,)|held(?=\\.$|"
    " that\\b)"
)
_TELLING = (
    "believes|believed|confirmed|confirms|called(?! (?:the |an? |for )(?:\\w+ ){0,2}(?:elections?|vote|referendum|"
    "polls?)(?: for\\b| on\\b| in\\b|[,.]|$))|"
    "ruled|decided|congratulated|created|cleared|"
    "described|describes|calls|praised|praises|praise|regretted|regrets|"
    "deplored|recogni[sz]ed|highlighted|lauded|applauded|congratulates|hailed|lamented|laments|decried|slammed|"
    "criticized|"
    "criticised|condemned|condemns|spoke of|speaks of|expressed|voiced|found|finds|assessed|"
    "assesses|rated|rates|judged|"
    "questioned|doubted|doubts|commended|welcomed|welcomes|thanked|cast|put|puts|showed|shows|show|reports|have cast|"
    "informed|indicated|registered|registers|accredited|set up|sees|saw|asked|urged|urges|blamed|accused|accuses|"
    "approved|counted|recorded|published|released|gave|gives|denounced|rejected|rejects|considers|"
    "considered|regards|permitted|designated|ordered|named|names|had(?= [A-Z][\\w .'-]{1,40} (?:at|on) \\d)|"
    "accepted(?= (?:the |his |her |their |\\w+ )?(?:\\w+ )?(?:candida|nomin|document|[A-Z]))"
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
    r"[Ii]n the (?:view|opinion|words|assessment|eyes) of|[Bb]y the (?:account|reckoning|estimate|estimates) of|"
    r"(?:been|were|was|are|is) (?:cleared|registered|approved|accredited|confirmed) by|(?:denounced|condemned|"
    r"criticised|criticized|praised) by|announced by|given by|"
    r"released by|published by|(?:processed|counted|tallied|identified|recorded|noted|found|observed|"
    r"was told|were told|been told) by|"
    r"(?:estimated|put|placed) at [\d.,]+ ?(?:%|per ?cent)? by|"
    r"reported by|issued by)\s"
)
CITED = re.compile(r"\b(?:citing|with reference to|referring to|quoting|cited|quoted|reports? via)\s")
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
    r"[Tt]hese|[Tt]hose)\s(?:[a-z][\w-]*\s|[A-Z]{2,6}\s(?=(?:[A-Z]{2,6}\s)?[Cc]hair|[Ss]ecretary|[Hh]ead|"
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


ROLE_WORDS = (
    "campaign team|chief|chiefs|boss|monitors|observers|officials|authorities|opposition|side|source|sources|police|"
    "parties|"
    "watchdogs|activists|critics|spokesperson|spokesman|spokeswoman|analysts|experts|campaign|"
    "government|party|television|"
    "radio|broadcaster|authority|registry|media|committee|electoral body|"
    "missions|teams|groups|delegations|mission|commission|ministry|league|department|institute|"
    "exit poll|poll|survey"
)
DESCRIBED = re.compile(
    rf"(?:(?-i:[A-Z])[\w'/-]*\s|(?:the\s)?(?:election|electoral|opposition|ruling|international|domestic|independent|"
    rf"local|party|diplomatic|state|foreign|embassy|senior|state "
    rf"department)\s){{0,4}}\b(?:{ROLE_WORDS})$",
    re.I,
)
OFFICE = re.compile(
    r"\b(?:[Oo]pponents|[Ss]upporters|[Cc]ritics|[Rr]esidents|[Aa]llies)(?:\sof\s(?:the\s)?[\w-]+)?$|"
    r"(?:[\w']+\s){1,4}(?:office|embassy|department|bureau|board|spokes\w+)$"
)
ALONE = re.compile(r"(?:^|[\"]|;\s|,\s)(?:The\s)?(?P<who>[A-Z]\w+(?:\s[A-Z]\w+)+)$")
# `The last provisional results of the Elections Office came out at 7am`
RESULTS_OF = re.compile(
    r"(?:The|Its|Their) (?:[a-z]+ ){0,3}(?:results|figures|data|count|tally|estimates?|projections?) (?:of|by|from) "
    r"(?:the )?(?=[A-Z])|The (?=[A-Z]{3,8} (?:count|tally|data|figures|results)\b)"
)
# `By his figures`, `By Elections Canada's preliminary estimates`
OWN_FIGURES = re.compile(
    r"\b[Bb]y (?:(?P<pronoun>his|her|its|their)|(?:the )?(?P<who>[A-Z][^,.;]{2,60}?)'s?) (?:own )?(?:[a-z]+ ){0,2}"
    r"(?:account|figures|count|data|estimates?|reckoning|calculations?|tally)\b"
)
# Headlines: `Vote was democratic - observers`, `Election commission: turnout is 45%`
HEADLINE = re.compile(r"\s-\s(?:the\s)?(?P<who>[A-Za-z][^-.:;,!?]{2,70})$")
# Each word but the first behind a space: else capitals in a row could be cut in every way.
_OF_A_HEADING = r"(?:[A-Z][\w'()-]*|of|for|the|and|election|electoral|observers|monitors|commission|mission|ministry)"
HEADING = re.compile(rf"(?P<who>{_OF_A_HEADING}(?:\s{_OF_A_HEADING}){{0,9}}):\s(?=[\w\"'])")
MEMBERS = re.compile(
    r"\b(?:[Oo]bservers|[Mm]onitors|[Mm]embers|[Oo]fficials|[Dd]iplomats|[Rr]epresentatives|"
    r"[Ll]awyers|[Ss]upporters)\s(?:of|from|for|at)\s(?:the\s)?[A-Z][^,;.]*$"
)
