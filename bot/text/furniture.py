"""Tell from one line alone that it is a page's furniture and not its story: captions, credits, buttons, calls to act.

Only cues that a sentence of a story hardly ever holds are listed, since a line taken for furniture is left out of
summaries. What a line is by its place on the page is `clean`'s affair.
"""

from __future__ import annotations

import re

_WHOLE = re.compile(
    r"(?:advertisement|advertising|ad|sponsored(?: content)?|scroll down for video.*|(?:read|see|show|load) more|share"
    r"|share (?:this|on|via|to) .{0,60}|follow us.*|next in .{1,60}|others also read|more from .{1,60}|most (?:read|popular|viewed)"
    r"|related (?:articles?|stories|topics|content|news)|you (?:may|might) also (?:like|be interested in)|recommended(?: for you)?"
    r"|story continues below.*|article continues below.*|media playback is (?:not supported|unsupported).*"
    r"|_{3,}|\*{3,}|-{3,})[.:!]?",
    re.IGNORECASE,
)
_START = re.compile(
    r"(?:contributing:|read more:|read also:|also read:|see also:|related:|more:|watch:|listen:|photos?:|pictures?:"
    r"|photo(?:graph)?(?:s)? (?:by|courtesy)|image (?:credit|source|copyright|caption)|(?:image|photo|picture) credit|file (?:photo|picture)[:.]"
    r"|sign up (?:for|to|here)|subscribe (?:to|now|here|today)|©|copyright (?:©|\(c\)|\d{4})|all rights reserved"
    r"|click here|download (?:the|our) .{1,40} app"
    r"|(?:\()?this (?:story|article|post|page)(?: and headline)? (?:has been|was|is being) (?:updated|corrected|republished)"
    r"|\(?(?:additional )?reporting by |\(?editing by |\(with (?:inputs|agency inputs))",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"/(?:getty images|ap photo|reuters|afp|epa|shutterstock|istock)\)?\s*$|\(ap photo/|\ball rights reserved\.?\s*$"
    r"|\bthis material may not be published\b|\b(?:reach|contact|email) (?:him|her|them|me|the (?:reporter|author|writer)) at\b",
    re.IGNORECASE,
)
_LONGEST = 400


def is_furniture(line: str) -> bool:
    """Tell whether a stripped line is furniture whatever stands around it."""
    if len(line) > _LONGEST:
        return False
    return bool(_WHOLE.fullmatch(line) or _START.match(line) or _ANYWHERE.search(line))
