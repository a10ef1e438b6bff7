"""The releases of a published site: each a zip of everything as it was then, and its manifest beside it.

    releases/<time>/<election>.zip
    releases/<time>/manifest

The zip of the publication that stands is made anew of the files and compared; of an earlier one every file in it
is held against its manifest, and that manifest against the log. Nothing is ever unpacked.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tallyroom.errors import CannotTrust
from tallyroom.publish.formats.bundle import UNREADABLE, compare
from tallyroom.publish.sitefiles import MANIFEST, Site, parse_manifest, read_of
from tallyroom.publish.verdict import Verdict, Wrong
from tallyroom.record.ledger import Ledger

__all__ = ["RELEASES", "time_of", "verify_releases"]

RELEASES = "releases/"
_FILE = re.compile(r"releases/([0-9]{8}T[0-9]{6}Z)/([^/]+)\.zip")
_TIME = "%Y%m%dT%H%M%SZ"
_HEADER, _END, _END_MARK = 30, 22, b"PK\5\6"  # of a file, and of the zip, as the format has them
_PLAIN = 0o100644 << 16  # what a file in a zip is, to Unix
_LARGEST_MANIFEST = 1 << 28
_MOST_TIMES_LARGER = 1100  # deflate cannot do better; what claims more is made to fill a disk
_SHOWN = 20


def verify_releases(
    site: Site, names: set[str], folder: Path | None, manifest: bytes, ledger: Ledger | None, verdict: Verdict
) -> None:
    """Adds to the verdict what is proved and what is wrong of the releases among `names`.

    folder: where the site's own files lie, for comparing; None behind a URL. manifest: of what stands now.
    """
    matches = [match for name in sorted(names) if (match := _FILE.fullmatch(name)) and _moment(match[1])]
    found = {match[1]: (match[0], match[2]) for match in matches}
    wanted = {name for time, (zipped, _) in found.items() for name in (zipped, f"{RELEASES}{time}/{MANIFEST}")}
    for name in sorted(names - wanted):
        verdict.wrong.append(Wrong(name, "not a file of a release."))
    logged = None if ledger is None else _logged(ledger)
    for time, (name, top) in found.items():
        wrong = list(_release(site, time, name, top, folder, manifest, logged, verdict))
        verdict.wrong += wrong[:_SHOWN]
        if not wrong:
            says = f"The zip of the release of {time_of(name)} holds the files that its manifest lists, and no others"
            verdict.proved.append(f"{says}; the log has that manifest." if logged is not None else f"{says}.")


def _logged(ledger: Ledger) -> dict[str, list[datetime]]:
    """When the manifests of all publications were published, to the second, as the folders of releases have it."""
    found: dict[str, list[datetime]] = {}
    for one in ledger.publications:
        at = datetime.fromisoformat(one.at).astimezone(UTC).replace(microsecond=0)
        found.setdefault(one.manifest, []).append(at)
    return found


def time_of(release: str) -> str:
    """When a release was published, as its folder's name says."""
    match = _FILE.fullmatch(release)
    moment = _moment(match[1]) if match else None
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else release


def _moment(time: str) -> datetime | None:
    try:
        return datetime.strptime(time, _TIME).replace(tzinfo=UTC)
    except ValueError:  # digits that are no date
        return None


def _release(
    site: Site,
    time: str,
    name: str,
    top: str,
    folder: Path | None,
    manifest: bytes,
    logged: Mapping[str, list[datetime]] | None,
    verdict: Verdict,
) -> Iterator[Wrong]:
    beside = f"{RELEASES}{time}/{MANIFEST}"
    zipped, listing = site.file(name), site.file(beside)
    if zipped is None or listing is None:
        yield Wrong(beside if zipped else name, "missing, or not a plain file.")
        return
    at = _moment(time)
    if at is None:
        yield Wrong(name, f"{time} is no time.")
        return
    of_release = read_of(listing, _LARGEST_MANIFEST)
    try:
        listed = parse_manifest(of_release)
    except CannotTrust as error:
        yield Wrong(beside, str(error))
        return
    when = None if logged is None else logged.get(hashlib.sha256(of_release).hexdigest(), [])
    if when == []:
        yield Wrong(beside, "no publication in the log is of this manifest.")
    elif when is not None and at not in when:
        yield Wrong(name, "the publication in the log that is of its manifest was made at another time.")
    if of_release == manifest and folder is not None:
        same = compare(zipped, folder, [*listed, MANIFEST], top, at)
        if same.same_bytes:
            return
        if same.same_files:
            verdict.not_proved.append(f"That {name} is, bit for bit, what these files make: another zlib packed it.")
    digests = {**listed, MANIFEST: hashlib.sha256(of_release).hexdigest()}
    yield from (Wrong(name, says) for says in _held(zipped, digests, top))


def _held(zipped: Path, digests: Mapping[str, str], top: str) -> Iterator[str]:
    """How the files in a zip are others than these digests say."""
    wanted = {f"{top}/{name}": digest for name, digest in digests.items()}
    try:
        with zipfile.ZipFile(zipped) as archive:
            about = archive.infolist()
            repeated = Counter(info.filename for info in about)
            inside = set(repeated)
            if sum(info.file_size for info in about) > _MOST_TIMES_LARGER * (zipped.stat().st_size + 1):
                yield "it claims to hold far more than it can."
                return
            yield from (f"{one} is in it, and not in its manifest." for one in sorted(inside - set(wanted)))
            yield from (f"{one} is not in it." for one in sorted(set(wanted) - inside))
            yield from (f"{one} is in it more than once." for one in sorted(wanted) if repeated[one] > 1)
            yield from (f"{info.filename} in it is no plain file." for info in about if info.external_attr != _PLAIN)
            yield from _ambiguous(zipped, archive)
            for info in about:
                if info.filename in wanted and _digest(archive, info) != wanted[info.filename]:
                    yield f"{info.filename} in it is not the file that its manifest lists."
    except UNREADABLE as error:
        yield f"it cannot be read: {error}."


def _ambiguous(zipped: Path, archive: zipfile.ZipFile) -> Iterator[str]:
    """Whether there is room for anything beside its files, which another program could take for what it holds."""
    end = 0
    with zipped.open("rb") as file:
        for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
            if info.header_offset != end:
                yield f"bytes before {info.filename} are of no file in it."
                return
            file.seek(end)
            header = file.read(_HEADER)
            name, extra = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
            end += _HEADER + name + extra + info.compress_size
        file.seek(-_END, os.SEEK_END)
        if archive.start_dir != end or not file.read().startswith(_END_MARK):
            yield "bytes after the last file in it are of none."


def _digest(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    digest = hashlib.sha256()
    with archive.open(info) as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
