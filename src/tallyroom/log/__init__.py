"""A tamper-evident log as plain files: Merkle trees, tiles, signed notes, proofs. It knows nothing of elections.

Formats: RFC 6962 (hashes and proofs) and, of C2SP (c2sp.org), signed-note, tlog-checkpoint, tlog-tiles,
tlog-cosignature, tlog-witness and tlog-proof. Whatever is malformed or does not hold raises `CannotTrust`.
"""
