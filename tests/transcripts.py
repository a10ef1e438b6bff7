"""Transcripts in documents, run as a reader would run them.

In a block ```console, a line `$ ./tallyroom …` is a command, and the lines below it are its output; a line
`…` stands for lines left out. All commands of a document run in one empty folder, in order.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = [sys.executable, "-P", "-m", "tallyroom"]


def transcripts(document: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Each command's words, and the lines that the document prints below it."""
    for block in _BLOCK.findall(document.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.rstrip("\n").split("\n")
            program, *words = command.split()
            assert program in ("./tallyroom", "tallyroom"), f"{document.name}: {command}"
            yield words, lines


def output_of(words: list[str], folder: Path) -> list[str]:
    """What a command prints, line by line, without spaces at the end. A server is stopped once it serves."""
    if words[0] != "demo":
        done = subprocess.run([*_COMMAND, *words], cwd=folder, capture_output=True, text=True, timeout=120)
        assert done.returncode in (0, 1), done.stderr
        return [line.rstrip() for line in done.stdout.splitlines()]
    lines = []
    with subprocess.Popen(
        [*_COMMAND, *words, "--no-browser"], cwd=folder, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            # Port 8000 may be taken where the test runs.
            lines.append(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8000", line.rstrip()))
            if line.startswith("Serving"):
                process.send_signal(signal.SIGINT)
                break
    return lines


def is_told_by(printed: list[str], output: list[str]) -> bool:
    """Whether the printed lines are the output, with gaps only where it says `…`."""
    at, gap = 0, False
    for number, line in enumerate(printed):
        if line == "…":
            gap = True
            continue
        rest = printed[number : printed.index("…", number)] if "…" in printed[number:] else printed[number:]
        if gap:
            found = [i for i in range(at, len(output)) if output[i : i + len(rest)] == rest]
            if not found:
                return False
            at = found[0]
        if at >= len(output) or output[at] != line:
            return False
        at, gap = at + 1, False
    return gap or at == len(output)
