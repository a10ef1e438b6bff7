"""Publishing a synthetic nation, and publishing again after 1 % new returns, as a ratio within one run.

    python benchmarks/publishing.py                 1,050,000 stations
    python benchmarks/publishing.py --stations 10500

The new returns come from five of the 500 constituencies. Prints how much longer a whole publication takes than the
next one; how many files that one wrote, and of which constituencies; how many files and bytes the site has; and the
peak memory. Times are of the processor, over all its cores.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.nation import CONSTITUENCIES, write_nation
from tallyroom.publish.site import Published, publish
from tallyroom.record.folder import read_record

_NIGHT = datetime(2026, 1, 4, 20, 0, tzinfo=UTC)


def timed(record: Path, site: Path, at: datetime) -> tuple[float, Published]:
    """Seconds of the processor that reading and publishing take."""
    start = time.process_time()
    published = publish(read_record(record), site, at)
    return time.process_time() - start, published


def without_some(returns: Path, constituencies: int) -> Iterator[bytes]:
    """The returns without those of 1 % of the constituencies; station n lies in that of n % constituencies."""
    with returns.open("rb") as lines:
        for number, line in enumerate(lines):
            if number == 0 or number % constituencies >= constituencies // 100:
                yield line


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stations", type=int, default=1_050_000)
    parser.add_argument("--constituencies", type=int, default=CONSTITUENCIES)
    asked = parser.parse_args()
    stations, constituencies = asked.stations, asked.constituencies
    with tempfile.TemporaryDirectory() as scratch:
        nation = write_nation(Path(scratch) / "nation", stations, constituencies=constituencies)
        returns, site = nation / "returns" / "president.csv", Path(scratch) / "site"
        whole = returns.read_bytes()
        some = b"".join(without_some(returns, constituencies))
        returns.write_bytes(some)
        full, first = timed(nation, site, _NIGHT)
        times = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
        # What came in stands at the end, as it came in.
        returns.write_bytes(some + b"".join(sorted(set(whole.splitlines(True)) - set(some.splitlines(True)))))
        again, second = timed(nation, site, _NIGHT + timedelta(minutes=10))
        files = [path for path in site.rglob("*") if path.is_file()]
        written = [path for path in files if path.stat().st_mtime_ns != times.get(path)]
        areas = {path.stem.partition("~")[0] for path in written if path.parent == site / "areas"}
        size = sum(path.stat().st_size for path in files)
    print(f"{stations:,} stations, seconds of the processor: whole {full:.1f}, after 1 % new returns {again:.1f}")
    print(f"next publication / whole            {again / full:.3f}")
    print(f"files written                       {len(written):,} of {len(files):,} ({second.written:,} said)")
    print(f"pages of areas written              {len(areas)}: {', '.join(sorted(areas))}")
    print(f"files, bytes of the first           {first.files:,} (at most 20,000), {size / 1e9:.2f} GB (at most 2)")
    print(f"peak memory of the whole run        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
