"""What a verification says: what it proved, what it could not, and what is wrong, with the first bad file first."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Verdict", "Wrong"]


@dataclass(frozen=True)
class Wrong:
    """One thing that differs. file: in the site; line: 0 is the file as a whole; says: one sentence."""

    file: str
    says: str
    line: int = 0

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.says}" if where else self.says

    def as_json(self) -> dict[str, str | int]:
        """As `--json` prints it."""
        return {"file": self.file, "line": self.line, "says": self.says}


@dataclass
class Verdict:
    """Grows as the verification goes on. It is good only while nothing is wrong."""

    site: str
    proved: list[str] = field(default_factory=list)
    not_proved: list[str] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong

    def as_json(self) -> dict[str, object]:
        """As `--json` prints it."""
        return {
            "site": self.site,
            "good": self.good,
            "proved": self.proved,
            "not_proved": self.not_proved,
            "wrong": [wrong.as_json() for wrong in self.wrong],
        }
