"""Names for findings that stay from one publication to the next, for anchors, feeds and histories."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter

from tallyroom.check.findings import Finding, Report

__all__ = ["finding_ids"]

_ON_RETURNS = ("returns/", "copies/", "stations.")


def finding_ids(report: Report) -> list[str]:
    """A name for each finding, in order, each once in the report."""
    seen: Counter[str] = Counter()
    names = []
    for finding in report.findings:
        name = _name(finding)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names


def _name(finding: Finding) -> str:
    """Made of what it says of what place; one on returns that stands for stations keeps it as their number changes."""
    where = finding.where
    gathered = finding.cases and where.file.startswith(_ON_RETURNS)
    place = ["", "", ""] if gathered else [where.area, where.station, finding.says]
    what = [finding.check, finding.severity, where.file, where.contest, *place]
    check = re.sub(r"[^a-z0-9]+", "-", finding.check.casefold()).strip("-")[:40] or "finding"
    return f"{check}-{hashlib.sha256(json.dumps(what).encode()).hexdigest()[:8]}"
