"""A published site, verified by whoever has it, trusting nobody: not the server, not the program that wrote it.

Every file against the manifest; the log from its entries up (`verifylog.py`); the manifest against the last
publication in the log; every row against its entry, and the results added up anew (`verifyrows.py`). It says what
it proved, what it could not, and names the first bad file and row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tallyroom.errors import CannotTrust, NotFound
from tallyroom.log.whole import Read
from tallyroom.publish.history import FILE as HISTORY
from tallyroom.publish.history import read_history
from tallyroom.publish.logbook import LOG, VKEY, sql_hash
from tallyroom.publish.sitefiles import MANIFEST, FolderSite, Site, UrlSite, digest_of, parse_manifest, read_of
from tallyroom.publish.verdict import Verdict, Wrong
from tallyroom.publish.verifylog import Asked, VerifiedLog, verify_log
from tallyroom.publish.verifyreleases import RELEASES, time_of, verify_releases
from tallyroom.publish.verifyrows import RESULTS, Assembled, Rows, are_sliced, assemble, verify_results
from tallyroom.record.definition import FILE

__all__ = ["Asked", "verify"]

_LARGEST_MANIFEST = 1 << 28
_APART = (f"{LOG}/", RELEASES)
_FORMS = "data/forms/"
_SQL = "data/sql/"
_WHOLE = ("data/stations.", "data/returns/", "data/copies/")
_CLAIMS = "data/claims.jsonl"
_DEFINITION = f"data/{FILE}"
_SHOWN = 20
_NOT_MADE_AGAIN = (
    "That pages, charts and files for other programs show what the tables and results.json say: "
    "they are as they were published, and not made again here."
)


def verify(where: str, asked: Asked) -> Verdict:
    """What can be said of the site in a folder or behind a URL. Raises NotFound where nothing can be read."""
    with TemporaryDirectory(prefix="tallyroom-") as scratch:
        site = _site(where, Path(scratch))
        return _Verification(site, Path(scratch), asked).verdict


def _site(where: str, scratch: Path) -> Site:
    if where.startswith(("http://", "https://")):
        (scratch / "fetched").mkdir()
        return UrlSite(where, scratch / "fetched")
    folder = Path(where)
    if not folder.is_dir():
        raise NotFound(f"{where} is no folder and no address of a site.")
    return FolderSite(folder)


class _Verification:
    """One site on its way to its verdict."""

    def __init__(self, site: Site, scratch: Path, asked: Asked) -> None:
        self.site = site
        self.scratch = scratch
        self.asked = asked
        self.verdict = Verdict(site.name)
        self.names = site.names()
        self.files: dict[str, Path] = {}
        self.complete = False
        manifest = site.file(MANIFEST)
        if manifest is None and not self._has_log():
            raise NotFound(f"{site.name} has no {MANIFEST} and no {LOG}/, so it is no published site of ours.")
        self.manifest = read_of(manifest, _LARGEST_MANIFEST) if manifest else b""
        self._run()

    def _run(self) -> None:
        if isinstance(self.site, UrlSite) and self.site.answers_anything():
            says = "the server has an answer even for files that cannot be there, so nobody can tell what it lacks."
            self.verdict.wrong.append(Wrong("", says))
        is_listed = self._listed()
        log = self._log()
        if log is not None:
            self._publication(log)
        if is_listed:
            self._rows(log)
            self._releases(log)
        if log is not None and _CLAIMS in self.files:
            self.verdict.not_proved.append(f"Since when {_CLAIMS} says what it says: claims are no rows of the log.")
        if self.complete:
            self.verdict.not_proved.append(_NOT_MADE_AGAIN)

    def _listed(self) -> bool:
        """Every file against the manifest, and no file beside it; False where there is no telling what it lists."""
        try:
            listed = parse_manifest(self.manifest)
        except CannotTrust as error:
            self.verdict.wrong.append(Wrong(MANIFEST, str(error)))
            return False
        good = sum([self._is_as_listed(path, digest) for path, digest in listed.items()])
        if self.names is None:
            self.verdict.not_proved.append("Whether files were added: what a server would answer nobody can list.")
        else:
            for path in sorted(self.names - set(listed) - {MANIFEST}):
                if not path.startswith(_APART):
                    self._say(Wrong(path, "not in the manifest."))
        self._pictures(listed)
        self.complete = good == len(listed)
        if self.complete:
            self.verdict.proved.append(f"All {good:,} files of the manifest are as it lists them, by their SHA-256.")
        return True

    def _pictures(self, listed: Mapping[str, str]) -> None:
        """Every picture of a form is the one that its name, and so the row that names it, says."""
        for path, digest in listed.items():
            if path.startswith(_FORMS) and not path.endswith(".salt") and Path(path).stem != digest:
                self._say(Wrong(path, "not the picture that the rows name: its SHA-256 is not its name."))

    def _is_as_listed(self, path: str, digest: str) -> bool:
        file = self.site.file(path)
        if file is None:
            self._say(Wrong(path, "missing, or not a plain file."))
            return False
        self.files[path] = file
        if digest_of(file) == digest:
            return True
        self._say(Wrong(path, "not the file that the manifest lists: its SHA-256 is another."))
        return False

    def _say(self, wrong: Wrong) -> None:
        if len(self.verdict.wrong) < _SHOWN:
            self.verdict.wrong.append(wrong)

    def _has_log(self) -> bool:
        below = self.names is not None and any(name.startswith(f"{LOG}/") for name in self.names)
        return below or self.site.file(f"{LOG}/checkpoint") is not None

    def _log(self) -> VerifiedLog | None:
        if not self._has_log():
            if self.asked.anything or VKEY in self.files:
                says = "missing, though the site has a verifier key for it." if VKEY in self.files else "missing."
                self.verdict.wrong.append(Wrong(f"{LOG}/checkpoint", says))
            self.verdict.not_proved.append("That nothing was changed since: this site has no log.")
            return None
        names = None if self.names is None else {n[len(LOG) + 1 :] for n in self.names if n.startswith(f"{LOG}/")}
        return verify_log(self._read_log(), names, self.asked, self.verdict)

    def _read_log(self) -> Read:
        def read(path: str, most: int) -> bytes | None:
            file = self.site.file(f"{LOG}/{path}")
            return None if file is None else read_of(file, most)

        return read

    def _publication(self, log: VerifiedLog) -> None:
        """What the last publication in the log says of the files."""
        if not log.ledger.publications:
            self.verdict.wrong.append(Wrong(f"{LOG}/checkpoint", "no entry of the log says that this was published."))
            return
        last = log.ledger.publications[-1]
        said = {
            MANIFEST: (last.manifest, hashlib.sha256(self.manifest).hexdigest()),
            RESULTS: (last.results, self._digest(RESULTS)),
            _DEFINITION: (last.definition, self._digest(_DEFINITION)),
        }
        if VKEY in self.files:
            keys = "".join(f"{key}\n" for key in log.ledger.vkeys)
            said[VKEY] = (hashlib.sha256(keys.encode()).hexdigest(), self._digest(VKEY))
        if queries := {Path(path).name: digest_of(self.files[path]) for path in self.files if path.startswith(_SQL)}:
            said[_SQL] = (last.sql, sql_hash(queries))
        differ = [path for path, (logged, there) in said.items() if logged != there]
        for path in differ:
            one = "ones" if path == _SQL else "one"
            says = f"not the {one} that publication {last.number} in the log is of."
            self.verdict.wrong.append(Wrong(path, says if said[path][1] else f"missing, and {says}"))
        if not differ:
            says = f"This is publication {last.number} of the log, of {last.at}: its {MANIFEST}, {RESULTS} and rules."
            self.verdict.proved.append(says)
        if last.sql != sql_hash():
            self.verdict.not_proved.append("That the queries of this publication make these results: ours are others.")
        self._rules(log)

    def _digest(self, path: str) -> str:
        return digest_of(self.files[path]) if path in self.files else ""

    def _rules(self, log: VerifiedLog) -> None:
        """Whether the election and its rules are those that the log was opened for."""
        opened = log.ledger.opened.text("definition") if log.ledger.opened else ""
        later = [one for one in log.ledger.publications if one.definition != opened]
        if later:
            says = f"{_DEFINITION} is not what the log was opened with; it was another one first in publication"
            self.verdict.not_proved.append(f"That the rules stayed what they were: {says} {later[0].number}.")

    def _rows(self, log: VerifiedLog | None) -> None:
        """Every row against its entry, and the results against the rows."""
        salts = {
            path.removeprefix(_FORMS).removesuffix(".salt"): file
            for path, file in self.files.items()
            if path.startswith(_FORMS) and path.endswith(".salt")
        }
        paths = list(self.files)
        if RESULTS not in self.files:
            self.verdict.not_proved.append(f"The results: there is no {RESULTS}.")
        ways = [True, False] if are_sliced(paths) and self._is_whole() else [are_sliced(paths)]
        for by_area in ways:
            which = "the data files" if by_area == ways[0] else self._whole_tables()
            folder = self.scratch / ("by-area" if by_area else "whole")
            folder.mkdir()
            assembled = assemble(self.files, folder, by_area=by_area)
            if not isinstance(assembled, Assembled):
                self.verdict.wrong += assembled
                return
            if log is not None:
                self._against(log, assembled, Rows(log, salts), which)
            self._results(assembled, which)

    def _releases(self, log: VerifiedLog | None) -> None:
        """The zips; behind a URL those that the history of publications names."""
        folder = self.site.folder if isinstance(self.site, FolderSite) and self.complete else None
        zips = [one for one in _released(self.files.get(HISTORY)) if one.startswith(RELEASES)]
        if self.names is not None:
            names = {name for name in self.names if name.startswith(RELEASES)}
        else:
            names = {name for one in zips for name in (one, f"{one.rpartition('/')[0]}/{MANIFEST}")}
        for gone in sorted(set(zips) - names):
            self.verdict.wrong.append(Wrong(gone, f"missing, though {HISTORY} has this release."))
        for one in sorted(names - set(zips)):
            if one.endswith(".zip"):
                self.verdict.wrong.append(Wrong(one, f"{HISTORY} has no such release."))
        verify_releases(self.site, names, folder, self.manifest, log.ledger if log else None, self.verdict)

    def _is_whole(self) -> bool:
        """Whether any table of stations is there as a whole, which then must all be what the rows by area are."""
        return any(path.startswith(_WHOLE) for path in self.files)

    def _whole_tables(self) -> str:
        """What the whole tables are called: only a release has them beside those by area."""
        released = _released(self.files.get(HISTORY))
        return f"the whole tables of the release of {time_of(released[-1])}" if released else "the whole tables"

    def _against(self, log: VerifiedLog, assembled: Assembled, rows: Rows, which: str) -> None:
        wrong = rows.wrong(assembled)
        self._tell(wrong)
        if log.ledger.opened and (election := log.ledger.opened.text("election")) != assembled.record.election.id:
            says = f"it is of {assembled.record.election.id}, and the log is of {election}."
            self.verdict.wrong.append(Wrong(_DEFINITION, says))
        if not wrong:
            says = f"All {rows.checked:,} rows in {which} are as they were logged, and no logged row is missing."
            self.verdict.proved.append(says)
        if rows.without_salt:
            says = f"Whether {rows.without_salt:,} rows name the pictures that were logged: their salts are not here."
            self.verdict.not_proved.append(says)

    def _results(self, assembled: Assembled, which: str) -> None:
        if RESULTS not in self.files:
            return
        wrong = verify_results(assembled, self.files[RESULTS].read_bytes())
        self._tell(wrong)
        if not wrong:
            says = f"The results are what the rows in {which} add up to: {RESULTS}, byte for byte, by {_DEFINITION}."
            self.verdict.proved.append(says)

    def _tell(self, wrong: list[Wrong]) -> None:
        """Takes in what is wrong, once: the rows of a release are told by area and as whole tables."""
        told = {one.says for one in self.verdict.wrong}
        self.verdict.wrong += [one for one in wrong if one.says not in told]


def _released(history: Path | None) -> list[str]:
    """The zips that a site's history names."""
    if history is None:
        return []
    try:
        return [one.release for one in read_history(history.read_bytes()).publications if one.release]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []  # the manifest and the log say what they have to say of this file
