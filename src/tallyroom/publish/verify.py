"""A published site, verified by whoever has it, trusting nobody: not the server, not the program that wrote it.

Every file against the manifest; the log from its entries up (`verifylog.py`); the manifest against the last
publication in the log; every row against its entry, and the results added up anew (`verifyrows.py`). It says what
it proved, what it could not, and names the first bad file and row.
"""

from __future__ import annotations

import hashlib
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
from tallyroom.publish.verifyreleases import RELEASES, verify_releases
from tallyroom.publish.verifyrows import RESULTS, Assembled, Rows, are_sliced, assemble, verify_results
from tallyroom.record.definition import FILE

__all__ = ["Asked", "verify"]

_LARGEST_MANIFEST = 1 << 28
_APART = (f"{LOG}/", RELEASES)
_SALTS = "data/forms/"
_SHOWN = 20


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
        self.complete = good == len(listed)
        if self.complete:
            self.verdict.proved.append(f"All {good:,} files of the manifest are as it lists them.")
        return True

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
        said = {MANIFEST: (last.manifest, hashlib.sha256(self.manifest).hexdigest())}
        for path, digest in ((RESULTS, last.results), (f"data/{FILE}", last.definition)):
            if path in self.files:
                said[path] = (digest, digest_of(self.files[path]))
        differ = [path for path, (logged, there) in said.items() if logged != there]
        for path in differ:
            says = f"not the one that publication {last.number} in the log is of."
            self.verdict.wrong.append(Wrong(path, says))
        if not differ:
            self.verdict.proved.append(f"This is publication {last.number} of the log, of {last.at}.")
        if last.sql != sql_hash():
            self.verdict.not_proved.append("The results were made by other queries than those of this program.")

    def _rows(self, log: VerifiedLog | None) -> None:
        """Every row against its entry, and the results against the rows."""
        salts = {
            path.removeprefix(_SALTS).removesuffix(".salt"): file
            for path, file in self.files.items()
            if path.startswith(_SALTS)
        }
        paths = list(self.files)
        ways = [True, False] if are_sliced(paths) and self._is_whole() else [are_sliced(paths)]
        for by_area in ways:
            folder = self.scratch / ("by-area" if by_area else "whole")
            folder.mkdir()
            assembled = assemble(self.files, folder, by_area=by_area)
            if not isinstance(assembled, Assembled):
                self.verdict.wrong += assembled
                return
            if log is not None:
                self._against(log, assembled, Rows(log.ledger, salts))
            self._results(assembled)

    def _releases(self, log: VerifiedLog | None) -> None:
        """The zips; behind a URL those that the history of publications names."""
        folder = self.site.folder if isinstance(self.site, FolderSite) and self.complete else None
        if self.names is not None:
            names = {name for name in self.names if name.startswith(RELEASES)}
        else:
            zips = [one for one in _released(self.files.get(HISTORY)) if one.startswith(RELEASES)]
            names = {name for one in zips for name in (one, f"{one.rpartition('/')[0]}/{MANIFEST}")}
        verify_releases(self.site, names, folder, self.manifest, log.ledger if log else None, self.verdict)

    def _is_whole(self) -> bool:
        return any(path in self.files for path in ("data/stations.csv", "data/stations.parquet"))

    def _against(self, log: VerifiedLog, assembled: Assembled, rows: Rows) -> None:
        wrong = rows.wrong(assembled)
        self.verdict.wrong += wrong
        if not wrong:
            self.verdict.proved.append(f"All {rows.checked:,} rows in the data files are as they were logged.")
        if rows.without_salt:
            says = f"{rows.without_salt:,} rows name a picture whose salt is not published: not compared with the log."
            self.verdict.not_proved.append(says)
        if log.ledger.hollow:
            says = f"What {len(log.ledger.hollow):,} entries said that were taken away, as later entries say."
            self.verdict.not_proved.append(says)

    def _results(self, assembled: Assembled) -> None:
        if RESULTS not in self.files:
            return
        wrong = verify_results(assembled, self.files[RESULTS].read_bytes())
        self.verdict.wrong += wrong
        if not wrong:
            self.verdict.proved.append("The results are what the rows add up to.")


def _released(history: Path | None) -> list[str]:
    """The zips that a site's history names."""
    if history is None:
        return []
    try:
        return [one.release for one in read_history(history.read_bytes()).publications if one.release]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []  # the manifest and the log say what they have to say of this file
