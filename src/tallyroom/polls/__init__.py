"""Exit polls and quick counts: estimates from a part, each with how far chance may have moved it.

What cannot be worked out is said so, and never printed as 0.
"""
