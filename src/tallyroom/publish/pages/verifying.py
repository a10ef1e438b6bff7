"""How to verify the site: all of it with a command, and one row in the reader's own browser where there is a log."""

from __future__ import annotations

from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say
from tallyroom.publish.view import Page

__all__ = ["page"]


def page(edition: Edition) -> Page:
    """The page; every publication has one."""
    log = edition.log
    view: dict[str, object] = {"vkeys": log.vkeys if log else (), "origin": log.origin if log else ""}
    summary = say("How anyone verifies this site, offline, without trusting whoever serves it.")
    proves = log is not None
    return Page("verify.html", say("Verify"), "verify.html", view, say("Verify"), summary, proves=proves)
