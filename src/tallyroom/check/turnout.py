"""Is each printed turnout the share of the register that the voters counted make?

Every register that was announced is tried, since the printed share may tell rival registers apart,
or may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tallyroom.check.announced import Announced, Figure, percent
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, at_row, sources_of

__all__ = ["check", "prints", "share_with", "slips"]

CHECK = "turnout-of-register"


def slips(value: int) -> dict[int, str]:
    """What a count may have been before one slip of the pen or the keyboard: count → the slip."""
    text = str(value)
    found: dict[int, str] = {}
    for zeros in (1, 2, 3):
        if text.endswith("0" * zeros) and len(text) > zeros:
            found[int(text[:-zeros])] = f"{'a zero' if zeros == 1 else f'{zeros} zeros'} too many"
    for at in range(len(text) - 1):
        swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if swapped != text:
            found.setdefault(int(swapped), "two digits swapped")
    for at in range(len(text)):
        if len(text) > 1:
            found.setdefault(int(text[:at] + text[at + 1 :]), "a digit too many")
    found.pop(value, None)
    return found


def check(announced: Announced) -> Iterator[Outcome]:
    """One answer for all that fits, and one for each turnout that does not."""
    fits: list[tuple[Figure, list[int]]] = []
    for share in announced.find("turnout_share", when=lambda f: f.exact):
        count = _count_with(announced, share)
        if count is None:
            continue
        registers = list(announced.totals("registered_voters", share.place))
        if not registers:
            yield CannotCheck(CHECK, "registered voters of the place", at_row(share.row))
            continue
        if count.value > max(registers):
            continue  # `register.py` says so, with the count that would fit
        good = [r for r in registers if prints(count.value, r, share)]
        if good:
            fits.append((share, good))
        else:
            yield _finding(share, count, registers)
    if fits:
        yield _passed(announced, fits)


def _count_with(announced: Announced, share: Figure) -> Figure | None:
    together = announced.find(
        "turnout_count",
        when=lambda f: (
            f.row["announcement"] == share.row["announcement"]
            and f.place == share.place
            and f.exact
            and f.same_time(share)
        ),
    )
    return together[0] if together else None


def prints(count: int | Fraction, register: int, share: Figure) -> bool:
    """Whether this count of this register prints as the share, rounded or cut off."""
    if not register:
        return False
    exact = Fraction(100 * count, register)
    return exact in share.rounding() or exact in share.truncation()


def share_with(announced: Announced, count: Figure) -> Figure | None:
    """The turnout printed together with a count of voters; None where there is none."""
    together = announced.find(
        "turnout_share",
        when=lambda f: (
            f.row["announcement"] == count.row["announcement"]
            and f.place == count.place
            and f.exact
            and f.same_time(count)
        ),
    )
    return together[0] if together else None


def _finding(share: Figure, count: Figure, registers: list[int]) -> Finding:
    voters = int(count.value)
    likely = [(n, how) for n, how in slips(voters).items() if any(prints(n, r, share) for r in registers)]
    hint = f" {likely[0][0]:,} ({likely[0][1]}) would fit the printed share." if likely else ""
    cases = tuple(
        Case(
            at_row(count.row),
            f"{voters:,} of {register:,} is {percent(voters, register)} %, not {share.row['value']} %.",
            {
                "voters": voters,
                "registered": register,
                "share": percent(voters, register, 4),
                "printed": share.row["value"],
                **({"fits": likely[0][0]} if likely else {}),
            },
        )
        for register in registers
        if register
    )
    return Finding(
        CHECK,
        "warning",
        at_row(count.row),
        f"{voters:,} voters and a turnout of {share.row['value']} % were printed together, and fit no register "
        f"that was announced. {cases[0].says}{hint}",
        cases[0].numbers,
        f"{voters} / {registers[0]} = {percent(voters, 100 * registers[0], 4)}",
        sources_of([count.row, share.row]),
        "Look at the first publication of the count." + (f" It may be {likely[0][0]:,}." if likely else ""),
        cases if len(cases) > 1 else (),
    )


def _passed(announced: Announced, fits: list[tuple[Figure, list[int]]]) -> Passed:
    registers = list(dict.fromkeys(r for share, _ in fits for r in announced.totals("registered_voters", share.place)))
    both = [share for share, good in fits if len(good) > 1]
    says = f"{len(fits)} printed turnouts are the voters counted over a register that was announced."
    if both:
        these = " and ".join(f"{r:,}" for r in registers)
        says += f" {len(both)} of them fit {these} alike, so they cannot tell these registers apart."
    return Passed(CHECK, len(fits), says)
