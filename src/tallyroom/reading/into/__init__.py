"""Claims into a record: proposed rows, what a person accepts of them, and a first record from documents alone."""
