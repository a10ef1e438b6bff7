"""From polling-station returns, and what is said about an election, to a result anyone can check.

What comes in becomes plain files, the record; everything that goes out is computed from them. Imports run
one way, towards the record; `pyproject.toml` holds the contract.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
