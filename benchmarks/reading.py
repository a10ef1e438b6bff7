"""Reading documents into claims, against a blank spaCy pipeline that only finds the sentences of the same texts.

    python benchmarks/reading.py                    2,000 documents of about 2 kB, 10,000 for reuse
    python benchmarks/reading.py --documents 200

The texts are put together from sentences about invented elections, with other names and figures in each document.
spaCy's blank English pipeline with its rule-based sentence splitter tokenises and splits; ours does that and finds
every claim with its speaker. Prints documents a second on one core, the ratio of both, the ratio of reading ten
times the documents, and the seconds in which reuse is found among five times as many documents, a fifth of
them copies.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable

import spacy

from tallyroom.reading.reader import RuleReader
from tallyroom.reading.reuse.repeats import reused
from tallyroom.reading.text.document import document_of

_SENTENCES = (
    "According to the National Election Commission (NEC), {a} won the election with {p} percent of the vote.",
    "{a} received {n} votes, {b} {m} and {c} {k}.",
    "Turnout stood at {p} percent by 15:00, {b}, chairman of the commission, told reporters in {t}.",
    "A total of {k} polling stations opened for {n} registered voters.",
    "The observers of the Lakeside Union visited {k} polling stations and called the vote transparent.",
    "{c} of the {t} Party said the party does not recognize the results of the election of {d} May 2031.",
    "With {p} percent of the ballots counted, {b} is in the lead with {q} percent.",
    "The streets of {t} were quiet on the day after, and shops opened as they do on any other Monday.",
    "President {a} signed the decree on the election on {d} March, and {k} candidates were registered.",
    "The exit poll of the {t} Research Center gave {a} {p} percent and {b} {q} percent.",
    "\"We saw no serious violations,\" {c} said, and thanked the commission for its hospitality.",
    "The minister spoke about roads, schools and the harvest, and took no questions about anything else.",
)  # fmt: skip
_FIRST = [
    "Ada",
    "Ben",
    "Cleo",
    "Dino",
    "Ema",
    "Finn",
    "Gita",
    "Hugo",
    "Ines",
    "Jon",
    "Kira",
    "Leo",
    "Mina",
    "Noor",
    "Otto",
    "Pia",
]
_LAST = [
    "Abara",
    "Bolan",
    "Cerny",
    "Dorin",
    "Evans",
    "Farid",
    "Gomez",
    "Hanna",
    "Ibsen",
    "Jonas",
    "Kovac",
    "Lindt",
    "Moreau",
    "Novak",
    "Okoye",
    "Petri",
]
_TOWN = ["Tamo", "Velden", "Korra", "Lissa", "Barno", "Quint", "Sorel", "Mirna"]


def text(chance: random.Random, sentences: int = 19) -> str:
    """A document of about 2 kB."""

    def name() -> str:
        return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"

    def sentence() -> str:
        return chance.choice(_SENTENCES).format(
            a=name(), b=name(), c=name(), t=chance.choice(_TOWN), d=chance.randint(1, 28),
            p=chance.randint(1, 9999) / 100, q=chance.randint(1, 9999) / 100,
            n=f"{chance.randint(10**5, 10**7):,}", m=f"{chance.randint(10**4, 10**6):,}", k=chance.randint(30, 9999),
        )  # fmt: skip

    return "\n".join(" ".join(sentence() for _ in range(3)) for _ in range(sentences // 3))


def salads(chance: random.Random, count: int) -> list[str]:
    """Documents of words without sense, each with three of thirty shared paragraphs; the last fifth are copies."""
    words = [f"w{number}" for number in range(5000)]

    def sentence() -> str:
        return " ".join(chance.choices(words, k=18)).capitalize() + "."

    shared = [sentence() for _ in range(30)]
    own = ["\n".join([*(sentence() for _ in range(6)), *chance.sample(shared, 3)]) for _ in range(count * 4 // 5)]
    return own + [one.replace("w1", "v1") for one in own[: count // 5]]


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of this process."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=2000)
    count = parser.parse_args().documents
    chance = random.Random(6)
    texts = [text(chance) for _ in range(count)]
    size = sum(map(len, texts)) / count
    reader, pipeline = RuleReader(), spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    found = 0

    def read(some: list[str]) -> None:
        nonlocal found
        found = sum(len(reader.read(document_of(str(number), one))) for number, one in enumerate(some))

    def split(some: list[str]) -> int:
        return sum(len(list(document.sents)) for document in pipeline.pipe(some))

    read(texts[:5])
    split(texts[:5])
    tenth = seconds(lambda: read(texts[: count // 10]))
    whole, by_spacy = seconds(lambda: read(texts)), seconds(lambda: split(texts))
    print(f"{count:,} documents of {size:,.0f} characters, {found:,} claims")
    print(f"documents a second, one core               {count / whole:8.1f}   (wanted 50)")
    print(f"reading / spaCy, sentences only            {whole / by_spacy:8.2f}   ({whole:.2f} s / {by_spacy:.2f} s)")
    print(f"reading, ten times the documents           {whole / tenth:8.2f}   (linear is 10)")
    many = salads(chance, count * 5)
    documents = [document_of(str(number), one) for number, one in enumerate(many)]
    taken = seconds(lambda: reused(documents))
    print(f"reuse among {len(many):,} documents, seconds {taken:16.1f}   (wanted 60 for 10,000)")


if __name__ == "__main__":
    sys.exit(main())
