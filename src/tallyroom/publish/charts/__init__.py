"""The pictures of a site, drawn here as SVG: bars, turnout through the day, the count, polls.

Each is drawn twice, for wide and for narrow pages, since text that shrinks with a picture cannot be
read on a phone. All are in one ink, told apart by place, shape and label, never by colour alone.
"""
