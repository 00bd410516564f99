"""Whether a sentence can be read away from its article: whole, prose, and not leaning on the one before.

Rules on the opening words, the marks and the pronouns, in the manner of the coherence constraints of extractive
summarisers (Durrett et al. 2016, "Learning-Based Single-Document Summarization with Compression and Anaphoricity
Constraints"). This module sees one sentence at a time and knows nothing of what is salient.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.article import Span
from bot.text.asides import is_aside, says_nothing
from bot.text.furniture import is_furniture


class Standing(StrEnum):
    """How a sentence reads when it stands alone."""

    ALONE = "alone"
    LEANING = "leaning"
    """It needs the sentence before it: an open pronoun, a connective, a quotation without its speaker."""
    UNFIT = "unfit"
    """A fragment, a caption or another line that no summary shows."""


_OPENERS = "\"'“‘«„([*"
_CLOSERS = "\"'”’»)]"
_WHOLE = re.compile(
    rf"[{re.escape(_OPENERS)}]*[A-Z0-9£$€À-Þ\u0370-\uffff].*[.!?…。！？][{re.escape(_CLOSERS)}]*\Z", re.DOTALL
)
_CONNECTIVE = re.compile(
    r"(?:but|and|so|or|yet|nor|however|also|then|thus|hence|instead|moreover|furthermore|nevertheless|nonetheless|"
    r"therefore|otherwise|besides|similarly|likewise|conversely|consequently|accordingly|afterwards?|later|"
    r"meanwhile|still|too|indeed|plus|not only that|for (?:example|instance|that|this)|"
    r"in (?:addition|contrast|fact|turn|response|that|this|other words|doing so)|as (?:a result|such|for|well as)|"
    r"at (?:the same time|that|this|one point)|on the other hand|by contrast|because of (?:this|that)|"
    r"here(?:['’]s| is| are)|despite (?:this|that)|after (?:that|this)|"
    r"since then|until then|even so|even then|of (?:those|these|them)|among (?:them|those|these)|"
    r"\w+ of (?:its|their|his|her|them|those|these)|according to (?:him|her|them|it))\b",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:he|she|they|him|them|his|hers|her|their|theirs|its|this|that|these|those|such|both|another|others|neither|"
    r"either|each|some|many|several|most|one|two|three|four|all|none)"
    r"(?:['’](?:s|d|ll|re|ve))?(?P<next>\s+[\w’']+)?",
    re.IGNORECASE,
)
_ALWAYS_POINTS = frozenset(
    "he she they him them his hers her their theirs its this these those such both neither".split()
)
_VERBS = frozenset(
    "is are was were has have had will would can could may might did does do said says say told added also later then "
    "came comes went goes made makes means meant shows showed and who".split()
)
_IT = re.compile(r"it(?:['’](?:s|d|ll))?\b", re.IGNORECASE)
_EMPTY_IT = re.compile(
    r"it(?:['’]s|\s+(?:is|was|will be|has been|would be|may be|seems|appears|emerged|remains|turns out|took|takes))\s"
    r".*?\b(?:that|to|whether|when|how|if|who|since|before|until)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"the (?:latter|former|couple|pair|duo|two|three|trio|other|others|same|move|incident|news|remarks?|comments?|"
    r"statement|announcement|decision|findings?|results?|figures?|ruling|attack|video|photo|image|footage|"
    r"[\w’'-]+-year-old)\b",
    re.IGNORECASE,
)
_OPENING_PHRASE = re.compile(
    r"[\s,]*(?P<phrase>(?:after|before|when|while|as|in|on|at|during|asked|with|by|for|although|though|if|since|despite|"
    r"from|until|upon|once|last|earlier|later|today|yesterday|\w+(?:day|ing|ed))\b[^,]{0,80}?),?\s(?:he|she|they)\b",
    re.IGNORECASE,
)
_SAID_LAST = re.compile(
    r"(?:[,?!]|\s)\s(?:he|she|they) (?:also )?(?:said|says|added|told|explained|wrote|tweeted|continued|recalled)"
    r"(?:\s(?:on|in|at|to|of|during|last|this|with|after|\w+day)\b[^,]{0,60}|\s(?:CNN|reporters)[^,]{0,40})?[.!?]\Z"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)[‘'][^’']*(?:(?<=\w)[’'](?=\w)[^’']*)*[’'](?!\w)")
_FIRST_PERSON = re.compile(r"(?<![\w.])(?:I|me|my|you|your|You|Your|My|myself)(?![\w.])")
_FIRST_PLURAL = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
_NAME = re.compile(r"(?<!\bin\s)(?<!\bat\s)(?<!\bof\s)(?<!\bon\s)(?<!\bfrom\s)(?<=\s)[A-Z][\w’'-]+")

_AGENCY = r"\((?:CNN|AP|AFP|BBC|UPI|PTI|ANI|Reuters|Bloomberg|Xinhua|[A-Z]\w+\.com)\)"
_DATELINE = re.compile(
    rf"(?:[A-ZÀ-Þ][\w.’'-]*,?\s+){{0,6}}{_AGENCY}\s*(?:[-–—]{{1,3}}\s*)?(?=\S)|"
    r"(?:[A-ZÀ-Þ]{2,}[\w.’'-]*,?\s+(?:[A-ZÀ-Þ][\w.’'-]*,?\s+){0,5})?\([A-Z][\w.&/ -]{1,30}\)\s*[-–—]{1,3}\s*(?=\S)|"
    r"[A-ZÀ-Þ][A-ZÀ-Þ.’' ]{2,30}(?:,\s[A-Z][\w. ]{1,20})?(?:,?\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?\s?[-–—]{1,3}\s+"
    r"(?=[“\"‘']?[A-Z])"
)
_OPEN_SINGLE = re.compile(r"(?<!\w)[‘'](?=\w)")
_CLOSE_SINGLE = re.compile(r"(?<=[\w.,!?…])[’'](?!\w)")
_LABEL = re.compile(r"[^\s:]+(?:\s[^\s:]+){0,4}:\s")
_STRAY_STOP = re.compile(r"(?<=[.!?])(?:\s+\.)+\Z")
_DATELINE_LENGTH = 100
_MIN_WORDS = 5
_MAX_WORDS = 90


def standing(text: str) -> Standing:
    """Tell how one sentence reads away from its article."""
    if not _MIN_WORDS <= len(text.split()) <= _MAX_WORDS or not _is_whole(text):
        return Standing.UNFIT
    if is_furniture(text) or is_aside(text) or says_nothing(text) or _FIRST_PERSON.search(_QUOTED.sub(" ", text)):
        return Standing.UNFIT
    return Standing.LEANING if _leans(text) else Standing.ALONE


def bare_span(text: str, span: Span) -> Span:
    """Narrow a sentence's span in `text` by the dateline that opens it, "(Reuters) -", and a stray stop at its end."""
    words = span.of(text)
    dateline = _DATELINE.match(words[:_DATELINE_LENGTH])
    stray = _STRAY_STOP.search(words)
    start = dateline.end() if dateline else 0
    return Span(span.start + start, span.start + max(start, stray.start() if stray else len(words)))


def _is_whole(text: str) -> bool:
    """Opens like a sentence, ends like one, and closes what it opens."""
    return bool(_WHOLE.match(text)) and ":." not in text and text.count("(") == text.count(")") and _quotes_close(text)


def _quotes_close(text: str) -> bool:
    if text.count("“") != text.count("”") or text.count('"') % 2:
        return False
    opens = len(_OPEN_SINGLE.findall(text))
    closes = len(_CLOSE_SINGLE.findall(text))
    if text[0] in "'‘" and not closes:
        return False
    return bool(opens) or not (text[-1] in "'’" and closes)


def _leans(text: str) -> bool:
    bare = text.lstrip(_OPENERS + " ")
    if _CONNECTIVE.match(bare) or _DEFINITE.match(bare) or _LABEL.match(bare) or _points(bare):
        return True
    outside = _QUOTED.sub(" ", text)
    spoken = len(text) - len(outside)
    if spoken > len(text) * 0.9 or _FIRST_PLURAL.search(outside):
        return True
    return _pronoun_before_name(outside)


def _points(bare: str) -> bool:
    """Tell whether the first word is a pronoun, or a number or quantity that stands for a noun."""
    if _IT.match(bare):
        return not _EMPTY_IT.match(bare)
    match = _POINTER.match(bare)
    if match is None or re.match(r"[\w-]", bare[match.end() :]):
        return False
    first = re.split(r"['’]", match[0].split()[0])[0].lower()
    following = (match["next"] or "").strip().lower()
    return first in _ALWAYS_POINTS or following in _VERBS


def _pronoun_before_name(outside: str) -> bool:
    """Tell whether he or she is the subject, or the one who said it, with no name or noun before to stand for."""
    if _SAID_LAST.search(outside):
        return True
    opening = _OPENING_PHRASE.match(outside)
    return opening is not None and not _NAME.search(outside, 0, opening.end("phrase"))
