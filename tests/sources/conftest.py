"""The example of docs/how-to-import.md, and ways to import it with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tallyroom.errors import CannotImport
from tallyroom.sources.importing import Import, import_files
from tallyroom.sources.mapping_file import read_mapping

_REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Example:
    """A mapping and a file for it, as texts, and a folder to try them in."""

    mapping: str
    file: str
    folder: Path

    def run(self, *changes: tuple[str, str], file: str | bytes | None = None, name: str = "freedonia.csv") -> Import:
        """The import of the file, after replacements in the mapping; each must find its text."""
        text = self.mapping
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        (self.folder / "freedonia.toml").write_text(text, encoding="utf-8")
        data = self.file if file is None else file
        (self.folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        return import_files(read_mapping(str(self.folder / "freedonia.toml")), [self.folder / name])

    def refusal(self, *changes: tuple[str, str], file: str | bytes | None = None, name: str = "freedonia.csv") -> str:
        """What is said when nothing can be imported, with the folder's own name left out."""
        with pytest.raises(CannotImport) as refused:
            self.run(*changes, file=file, name=name)
        return str(refused.value).replace(f"{self.folder}/", "")

    def rows(self, edit: Callable[[list[str]], list[str]]) -> str:
        """The file with its lines changed."""
        return "\n".join(edit(self.file.splitlines())) + "\n"


@pytest.fixture(scope="session")
def how_to_import() -> str:
    """The text of docs/how-to-import.md."""
    return (_REPOSITORY / "docs" / "how-to-import.md").read_text(encoding="utf-8")


@pytest.fixture
def example(how_to_import: str, tmp_path: Path) -> Example:
    """The documented example."""
    blocks = {kind: re.findall(rf"```{kind}\n(.*?)```", how_to_import, re.DOTALL)[0] for kind in ("csv", "toml")}
    return Example(blocks["toml"], blocks["csv"], tmp_path)


def said(result: Import) -> str:
    """What an import reports of rows, a line each, by the file's bare name."""
    return "\n".join(re.sub(r"^\S*/", "", str(fault)) for fault in result.faults)
