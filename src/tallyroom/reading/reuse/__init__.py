"""Same text, other paper: which documents repeat one another, and which of them was there first."""
