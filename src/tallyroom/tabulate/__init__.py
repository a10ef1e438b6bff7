"""Figures from returns: five tables made of the record, SQL files over them, and who won."""
