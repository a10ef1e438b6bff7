"""Statistical shapes of returns: what the figures look like, and what else may look so.

An anomaly is a deviation from a stated model. It says nothing about who meant what, and every method
here also finds shapes that have innocent reasons; each result carries them.
"""
