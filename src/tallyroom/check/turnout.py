"""Is each printed turnout the share of the register that the voters counted make?

Every register that was announced is tried, since the printed share may tell rival registers apart,
or may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tallyroom.check.announced import Announced
from tallyroom.check.figure import Figure, listed, percent
from tallyroom.check.findings import CannotCheck, Case, Finding, Outcome, Passed, sources_of

__all__ = ["check", "prints", "slips"]

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
    fits: list[tuple[Figure, Figure, list[int]]] = []
    for share in announced.find("turnout_share", when=lambda f: f.exact and f.plain):
        count = announced.given_with(share, "turnout_count")
        if count is None:
            continue
        registers = announced.registers(share)
        if not registers:
            yield CannotCheck(CHECK, "registered voters of the place", share.where)
            continue
        if count.value > max(registers):
            continue  # `register.py` says so, with the count that would fit
        good = [r for r in registers if prints(count.value, r, share)]
        if good:
            fits.append((share, count, good))
        else:
            yield _finding(announced, share, count, registers)
    if fits:
        yield _passed(fits)


def prints(count: int | Fraction, register: int, share: Figure) -> bool:
    """Whether this count of this register prints as the share, rounded or cut off."""
    if not register:
        return False
    exact = Fraction(100 * count, register)
    return exact in share.rounding() or exact in share.truncation()


def _finding(announced: Announced, share: Figure, count: Figure, registers: list[int]) -> Finding:
    voters = int(count.value)
    likely = [(n, how) for n, how in slips(voters).items() if any(prints(n, r, share) for r in registers)]
    hint = f" {likely[0][0]:,} ({likely[0][1]}) would fit the printed turnout." if likely else ""
    cases = tuple(
        Case(
            count.where,
            f"{voters:,} of {register:,} are {percent(voters, register)} %, not {share.row['value']} %.",
            {
                "voters": voters,
                "registered": register,
                "share": percent(voters, register, 4),
                "printed": share.row["value"],
                **({"fits": likely[0][0]} if likely else {}),
            },
        )
        for register in registers
    )
    where = f"{announced.record.name_of(count.place)}: " if count.place else ""
    return Finding(
        CHECK,
        "warning",
        count.where,
        f"{where}{voters:,} voters and a turnout of {share.row['value']} % were printed together, and fit no register "
        f"that was announced. {cases[0].says}{hint}",
        cases[0].numbers,
        f"{voters} / {registers[0]} = {percent(voters, 100 * registers[0], 4)}",
        sources_of([count.row, share.row]),
        "Look at the first publication of the count." + (f" It may be {likely[0][0]:,}." if likely else ""),
        cases if len(cases) > 1 else (),
    )


def _passed(fits: list[tuple[Figure, Figure, list[int]]]) -> Passed:
    exact = [
        f"{int(count.value):,} of {good[0]:,} are {percent(count.value, good[0], share.digits + 2)} %, "
        f"printed as {share.row['value']}"
        for share, count, good in fits
    ]
    says = f"Each printed turnout is the voters counted, over a register that was announced: {listed(exact)}."
    alike = [good for _, _, good in fits if len(good) > 1]
    if alike:
        these = " and ".join(f"{r:,}" for r in dict.fromkeys(r for good in alike for r in good))
        how_many = f"All {len(fits)}" if len(alike) == len(fits) else f"{len(alike)} of the {len(fits)}"
        says += f" {how_many} fit the registers of {these} alike, and cannot tell them apart."
    return Passed(CHECK, len(fits), says)
