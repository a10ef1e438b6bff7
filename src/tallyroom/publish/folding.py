"""Words as people type them: without capitals, accents and marks, in the digits 0 to 9.

    words_of("Bakı, Gənclik №5")    # ["baki", "genclik", "5"]

`search.js` folds what is typed in the same way; a test in a browser holds the two against each other.
"""

from __future__ import annotations

import unicodedata

__all__ = ["words_of"]

_LONGEST, _MOST = 40, 24  # letters of a word, words of a text: beyond, nobody types them
# Letters that no decomposition takes to those that people type instead; apostrophes inside a word fall out of it.
_LETTERS = {
    **dict(zip("ıəøłđħŧŋðςىةکی", "ieoldhtndσيهكي", strict=True)),
    "þ": "th",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    **dict.fromkeys("'’ʼʻ`ـ", ""),
    **{digit: str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(digits)},
}


class _Folding(dict[int, str]):
    """Each letter → what becomes of it, found out once: marks go, and what is no letter or digit parts words."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)
        folded = letter if category[0] in "LN" else "" if category[0] == "M" or category == "Cf" else " "
        self[code] = _LETTERS.get(letter, folded)
        return self[code]


_FOLDING = _Folding()


def words_of(text: str) -> list[str]:
    """The words of a text, folded, each once, in its order."""
    # A number's sign would decompose into the letters No, and stick to the number.
    words = unicodedata.normalize("NFKD", text.replace("№", " ")).lower().translate(_FOLDING).split()
    return list(dict.fromkeys(word[:_LONGEST] for word in words))[:_MOST]
