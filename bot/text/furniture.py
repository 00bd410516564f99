"""Tell from one line alone that it is a page's furniture and not its story: captions, credits, buttons, calls to act.

Only cues that a sentence of a story hardly ever holds are listed, since a line taken for furniture is left out of
summaries. What a line is by its place on the page is `line_model`'s affair.
"""

from __future__ import annotations

import re

_NETWORK = (
    "facebook|twitter|pinterest|whatsapp|linkedin|reddit|instagram|youtube|tiktok|flipboard|telegram|tumblr|messenger|"
    "e-?mail|print|copy link|share|tweet|rss"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = rf"{_MONTH} \d{{1,2}},? (?:19|20)\d\d|\d{{1,2}}\.? {_MONTH},? (?:19|20)\d\d"
_CLOCK = r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?,? ?(?:[a-z]{1,4})?"
_STAMP = "(?:first |last |originally )?(?:published|updated|posted|modified)(?: on| at)?"
_WHOLE = (
    r"advert(?:ise?ments?|ising)?|ad|sponsored(?: content)?|promoted(?: content)?|story continues below.*",
    r"(?:article|story) continues (?:below|after).*|scroll down (?:for|to) .*",
    r"media playback is (?:not supported|unsupported).*|(?:read|see|show|load|view|learn) more\b.{0,3}",
    r"(?:read|see|view) (?:full|all) .{0,20}|click here\b.{0,60}|share|share (?:this|on|via|to)\b.{0,60}",
    r"(?:copy|copied) link|link copied|print(?: this)?(?: article| page)?|follow us\b.*|next in .{1,60}",
    r"others also read|most (?:read|popular|viewed)\b.{0,40}|related(?: \w+)?|more (?:from|on|in) .{1,60}",
    r"you (?:may|might) also .{1,30}|recommended(?: (?:for you|reading|stories))?|trending(?: now)?",
    r"(?:view |show |leave |post |\d+ )?(?:a )?comments?(?: \(?\d+\)?)?|(?:log|sign) ?in(?: to .{1,40})?",
    r"subscribe(?: now)?|sign up|photo of the day|getty(?: images)?|ap photo|file photo|image|video|play video",
    r"loading\b.{0,5}|close|menu|skip to .{1,30}|tags?|topics|filed under|categories|_{3,}|\*{3,}|-{3,}|={3,}",
    r"(?:previous|next|older|newer) (?:post|article|story|page|podcast|episode)s?|explore further|order reprints",
    r"up next|don.t miss|top stories|latest (?:news|stories|posts)|must reads?|editor.?s.? picks?|what to read next",
    r"(?:about|contact) us|privacy policy|terms (?:of|and) \w+|cookie policy|site ?map|advertise with us",
    r"(?:about|meet) the authors?|leave a (?:comment|reply)(?: cancel reply)?|reply|permalink|back to top",
    r"careers|feedback|\d+ min(?:ute)? read",
    r"\d+ (?:shares?|likes?|views?|repl(?:y|ies)|responses?)|sponsored by .{1,40}|by|also on .{1,60}|table of contents",
    rf"(?:(?:{_NETWORK})[ ,|/·•]*)+",
    rf"(?:{_STAMP}:? )?(?:on |at )?(?:\w+day,? )?(?:{_DAY}),? ?(?:(?:at |\| |- )?{_CLOCK})?",
    r"[A-Z][\w ,.]{2,40} CNN(?: Business)? [—–-]|CNN(?: Business)? [—–-]",
)
_REVISED = "(?:updated|corrected|republished|and will be updated|(?:originally |first )?published (?:by|in|on))"
_START = (
    r"contribut(?:ing|ors?)\s?:|(?:read|see|watch|listen|learn)(?: more| also)?:|also read:|related(?: \w+)?:",
    r"must read:|(?:photo|image|picture)s?(?: (?:credits?|source|copyright|caption|courtesy of)|:| by )",
    r"(?:photograph|illustration) by |file (?:photo|picture|image)[:.]|media caption|credits?:|filed under:",
    r"source: (?:reuters|afp|ap|getty)|sign[ -]?up (?:for|to|here|now)|subscribe (?:to|now|here|today)",
    r"(?:get|download) (?:the|our) .{1,40}\b(?:app|newsletter)\b|©|copyright (?:©|\(c\)|\d{4})|all rights reserved",
    r"this material may not be published",
    r"\(?this (?:story|article|post|report|page)(?: and (?:its )?headline)? (?:has been|was|is)(?: \w+)? " + _REVISED,
    r"this (?:story|article) (?:(?:also|first|originally) appeared|is (?:republished|part of)|will be updated)",
    r"a version of this (?:story|article|piece) (?:first )?(?:appeared|was)",
    r"(?:editor.s note: )?a version of this story",
    r"\(?(?:additional |writing and )?(?:reporting|writing|editing) by ",
    r"\(?with (?:inputs|agency inputs|reporting) from|compiled by ",
    r"(?:reach|contact|follow|email)(?: [\w.'’-]+){1,7} (?:at|on)\b.{0,60}(?:@|\d{3}[-.) ]|twitter)",
    r"e-?mail: ?\S+@|follow (?:us|me|him|her|them|@|[\w ]{2,30} on (?:twitter|x|instagram|facebook|linkedin)\b)",
    r"(?:need|want) a (?:news )?break\?|prefer to listen\?|enjoying this (?:story|article)\?",
    r"don.t miss\b.{0,60}(?:newsletter|sign up)|for more .{2,60}(?:sign up|subscribe|newsletter|follow|visit)",
    r"to get .{2,80}(?:sign up|inbox)|more ap \w+:|support (?:local|independent|quality) journalism",
    r"(?:never|don.t) miss a story|unable to view our",
    r"by (?:subscribing|signing up|submitting|clicking|using)\b.{0,80}\b(?:agree|consent|accept)",
    r"join our (?:whatsapp|telegram|facebook|newsletter|free)|(?:we|this (?:site|website)) uses? cookies",
    r"(?:prices|availability) (?:were|was|are) accurate|was this article|please support the work|for subscribers\b",
    r"looking for a .{2,30}\? play\b|related:|to find more .{2,80} visit ",
)
_ROLE = "(?:reporter|correspondent|writer|columnist|editor|journalist)"
_ANYWHERE = (
    r"/ ?(?:getty images|ap photo|associated press|reuters|afp|epa|shutterstock|istock|usa today sports)\)?\s*\Z",
    r"\(ap photo/|\((?:photo|image|picture|credit|image credit|photo credit)s?:? [^)]{2,60}\)\s*\Z",
    r"\b(?:photo |image |picture )?credits? ?: ?[\w/.’' -]{2,40}\Z|\((?:image|photo|credit)s?: ",
    r"via getty images\)?\s*\Z|\ball rights reserved\.?\s*\Z",
    r"\bthis material may not be published\b|\bclick here to (?:see|view|read|sign|subscribe|join|donate)\b",
    r"\b(?:reach|contact|e-?mail|follow) (?:him|her|them|me|us|the (?:reporter|author|writer)) (?:at|on|by|via)\b",
    r"\bfollow (?:him|her|them|me|us)\b.{0,30}@|\bcan be reached at\b",
    r"\bsend (?:him|her|them|us|me|story|news) .{0,20}tips?\b",
    r"\b(?:we|publish\w* partners?) may (?:earn|receive|get) (?:us |a |an )?.{0,30}commission",
    r"\bearn (?:us )?a commission\b|\bpurchases (?:you make|made) through\b|\bindependently chosen by\b",
    rf"\b(?:is|was) an? (?:[\w'’-]+ ){{0,5}}{_ROLE}\b.{{1,60}}(?:for|at|covering)\b.{{0,80}}(?:follow|@|reach|contact)",
    r"\b(?:contact|reach|e-?mail(?:ed)?|follow|tips?|ideas?|on (?:x|twitter))\b.{0,120}(?:[\w.]@\w+\.|\s@\w{3})",
    r"\b(?:delivered|right|straight|sent) (?:directly )?(?:in)?to your (?:email )?inbox\b|\bin your inbox\b",
    r"\bsign up (?:here|now|today|for free|for (?:our|the|his|her|their|its) (?:[\w’'-]+ ){0,3}newsletter)",
    r"\bsubscribe to (?:our|his|her) \w+|\bcontributed to this (?:report|story|article)\.?\s*\Z",
    r"\bcovers .{2,60} for (?:the )?(?:[A-Z]{2,}|usa today)\b.{0,60}(?:reach|follow|@)",
)
_BYLINE = re.compile(
    r"(?:(?:Written |Words |Story |Posted |Reviewed )?[Bb]y|BY):? [A-Z][\w.'’-]+"
    r"(?: (?:[A-Z][\w.'’-]*|de|da|van|von|al|bin)){1,3}(?:(?:,| and| &| \|) [^.!?]{2,60}(?:\.com)?)?"
)
_LINE = re.compile(f"(?:{'|'.join(_WHOLE)})[.:!]?\\Z|(?:{'|'.join(_START)})", re.IGNORECASE)
_INSIDE = re.compile("|".join(_ANYWHERE), re.IGNORECASE)
_LONGEST = 450


def is_furniture(line: str) -> bool:
    """Tell whether a stripped line is furniture whatever stands around it."""
    if len(line) > _LONGEST:
        return False
    return bool(_LINE.match(line) or _BYLINE.fullmatch(line) or _INSIDE.search(line))
