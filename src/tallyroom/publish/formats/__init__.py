"""A record and its results in the formats of other programs, one format a file.

Each function gives the bytes of a file, or its pieces one after another where it may be large.
"""
