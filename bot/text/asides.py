"""Sentences among the prose that are not the story's: captions, prompts to the reader, credits.

For texts whose paragraphs are lost, where a caption reads like a sentence; what a line is by itself is told by
`furniture`. A sentence taken for an aside is never shown in a summary, but may still be quoted or give an answer.
"""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"(?:scroll (?:down|through)|click (?:here|on|the|to)|read (?:more|:|also|our|the full)|"
    r"watch(?: the| a| this)? (?:video|more)|"
    r"(?:photo|image|picture|video|file|credit|source|caption|illustration|graphic)s?\s*(?::|by\b|credit|/)|"
    r"see (?:also|more|below|the|inside|photos)|follow (?:us|@|him on|her on)|sign up|subscribe|(?:please )?share this|"
    r"(?:for )?more (?:on|from|information|stories|news|about)\b|related(?: stories)?:|copyright|all rights reserved|"
    r"this (?:story|article|transcript|report|page|post) (?:was|has been|is|originally|first|contains|appears)|"
    r"(?:the )?associated press (?:writers?|contributed)|(?:additional )?report(?:ing|ed) by|edit(?:ed|ing) by|"
    r"contributing:|advertisement|loading|please (?:enable|note|see)|\*+\s*(?:based|note|source)|"
    r"have you (?:got|been)|do you have|e-?mail (?:us|him|her|me)|contact (?:us|the)|"
    r"for confidential (?:support|help)|call the samaritans|getty images|updated?:?\s+\d|published:|last updated|"
    r"listen to|download|tap here|video:|file photo)",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"contributed to this (?:report|story|article)|scroll down for|click here|all rights reserved|"
    r"may not be (?:published|reproduced)|\((?:photo|image|picture|getty|ap photo|reuters)\s?(?:by|credit|/|:)|"
    r"getty images|»|sign up (?:for|to) (?:our|the)|follow us on|https?://|www\.|pic\.twitter|</?\w+>",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\((?:[^()]{0,40}\b)?(?:pictured|left|right|centre|center|above|below|top|bottom|front|back|inset|file)\b[^()]{0,40}\)|"
    r"\A(?:pictured|(?:file|undated) (?:photo|image|picture)|in this (?:\w+ ){0,4}(?:photo|image|picture|file)|"
    r"(?:this|the) (?:photo|image|picture|photograph)\b|[^.]{0,40}\b(?:photo|picture|image) (?:shows|taken)|"
    r"(?:left|right|above|below|top|inset)(?: and \w+)?:)|"
    r"\b(?:is|was|are|were) (?:pictured|seen here|shown here)\b|,\s?(?:pictured|seen|shown)(?: here)?\b|"
    r",\s(?:left|right|center|centre|second (?:from )?(?:left|right)),?\s",
    re.IGNORECASE,
)
_POSED = re.compile(
    r"(?:[A-Z][\w'’-]+\s){1,4}(?:\w+\s)?(?:celebrates?|poses?|gestures?|smiles?|waves?|looks? on|reacts?|embraces?|"
    r"hugs?|kiss(?:es)?|stands?|sits?|walks?|arrives?|holds? (?:aloft|up)|shakes? hands|takes? part)\b"
)
"""How captions tell what a picture shows, in the present tense; news has it in the past."""


def is_aside(text: str) -> bool:
    """Tell whether a sentence is a caption, a prompt to the reader, a credit or the like."""
    bare = text.lstrip("\"'“‘«*([ ")
    return bool(_OPENING.match(bare) or _INSIDE.search(text) or _CAPTION.search(text) or _POSED.match(text))


_SAYS_NOTHING = re.compile(
    r"\b(?:gave|giving|give|provided|provide|offered|released) no (?:\w+ )?"
    r"(?:details?|indication|comment|explanation|reason)"
    r"|\bdid not (?:immediately |directly )?(?:respond|comment|elaborate|reply|return (?:a |calls|messages))"
    r"|\b(?:declined|refused) to (?:comment|elaborate|give (?:details|further))"
    r"|\b(?:could|was|were) not (?:immediately )?(?:be )?(?:reached|available) (?:for comment|immediately)"
    r"|\bno (?:immediate|further) (?:comment|word|details|information)\b|\bhas yet to comment\b"
    r"|\bit (?:was|is) not (?:immediately |yet )?clear\b|\bno other details\b",
    re.IGNORECASE,
)


def says_nothing(text: str) -> bool:
    """Tell whether a sentence only says that something was not said: true, but of no use in a summary."""
    return bool(_SAYS_NOTHING.search(text))
