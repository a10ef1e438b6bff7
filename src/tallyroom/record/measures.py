"""What an announcement counts, and how exact its source says it is."""

from __future__ import annotations

__all__ = ["MEASURES", "QUALIFIERS"]

# The numeric claim kinds, and six that no claim kind covers. Each names its usual unit.
MEASURES: dict[str, str] = {
    "registered_voters": "persons on the register",
    "constituencies": "constituencies",
    "polling_stations": "polling stations",
    "candidates_registered": "candidates or lists",
    "turnout_count": "persons who voted, up to as_of",
    "turnout_share": "percent of the registered voters who voted, up to as_of",
    "stations_reporting": "stations that sent what the subject names: turnout-reports or protocols",
    "share_counted": "percent of what `counted` names that the figures given with it hold",
    "valid_votes": "valid votes",
    "invalid_votes": "invalid votes",
    "candidate_votes": "votes for the choice",
    "candidate_share": "percent of the votes for the choice",
    "seats": "seats for the choice",
    "exit_poll_share": "percent for the choice in the poll named in about",
    "exit_poll_design": "what the poll named in about rests on, as `counted` says",
    "observers": "observers, or what `counted` names",
    "media_accredited": "journalists, or what `counted` names",
    "webcams": "stations with webcams, or percent of the stations",
    "signatures": "signatures handed in for the choice",
    "ballots_printed": "ballots",
    "notifications_printed": "voter notifications",
    "stations_annulled": "stations whose result was annulled",
    "voters_per_station": "voters a station, on average",
}

QUALIFIERS = (
    "more than",
    "over",
    "at least",
    "about",
    "almost",
    "nearly",
    "nearly all",
    "at most",
    "up to",
    "less than",
    "within",
)
