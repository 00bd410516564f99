"""The cue words and shapes that a line of a page can show.

They are evidence to be weighed (the learned weights say by how much), not rules: "watch" stands in stories too.
"""

from __future__ import annotations

import re

_WORD_GROUPS = {
    "social": "facebook twitter pinterest whatsapp linkedin reddit instagram youtube tiktok flipboard telegram tumblr "
    "messenger threads bluesky snapchat",
    "share": "share shares sharing tweet print email e-mail link copy copied save bookmark like pin send",
    "subscribe": "subscribe subscribed subscribers subscription subscriptions subscribing newsletter newsletters inbox "
    "login register unsubscribe membership member members account password username",
    "comment": "comment comments commenting reply replies respond responses discussion disqus akismet upvote",
    "ad": "advertisement advertisements advertise advertising sponsored sponsor affiliate commission promoted promo",
    "related": "related recommended trending popular latest previous next featured picks must-read recent",
    "legal": "privacy cookie cookies terms policy policies disclaimer disclosure license licence licensed permission "
    "gdpr consent copyright",
    "site": "contact careers sitemap help faq faqs rss home homepage menu search navigation toggle categories archive "
    "archives download hotline shop cart store skip",
    "photo": "photo photos photograph image images picture pictured getty shutterstock istock unsplash credit courtesy "
    "caption gallery illustration afp reuters ap epa",
    "call": "click tap watch listen join book try buy view see show load request schedule apply order free",
    "media": "video videos podcast podcasts episode live transcript audio",
    "said": "said says told added wrote explained",
    "i": "i i'm i’m i've i’ve my me",
    "you": "you your you’re you're",
}
GROUP_OF_WORD = {word: group for group, words in _WORD_GROUPS.items() for word in words.split()}

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}\.?\s+{_MONTH}|"
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d)"
)
_STAMP = (
    r"(?:published|updated|posted|last\s\w+|first\s\w+|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
)
_ROLES = (
    "reporter|writer|editor|journalist|author|correspondent|columnist|contributor|producer|freelancer?|blogger|fellow|"
    "professor|founder|co-founder|director|analyst|manager|specialist|strategist|photographer|consultant"
)

# Found whatever the case.
_CUES = {
    "date": rf"\b{_DAY},?(?:\s+(?:19|20)\d\d)?\b",
    "date_start": rf"\A(?:{_STAMP}\W+)*(?:on\s)?{_DAY}",
    "clock": r"\b\d{1,2}[:.]\d\d\s*(?:[ap]\.?m|[ecmp][sd]?t|gmt|bst|cet|ist)\b",
    "ago": r"\b\d+\s*(?:s|sec|m|min|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?)\s+ago\b",
    "stamp": r"\b(?:published|updated|posted|last modified)\b\s*(?::|on\b|at\b|\w{3,9}\.?\s\d)",
    "reading_time": r"\b\d+\s*-?\s*min(?:ute)?s?\b.{0,6}\bread\b|\bread(?:ing)? time\b",
    "byline": r"\A\W*(?:(?:words|written|reviewed|posted|story|text) by|by|author)\b:?\s+\S",
    "by_only": r"\A\W*(?:by|von|par|por)\W*\Z",
    "url": r"https?://|\bwww\.|\.com\b",
    "copyright": r"©|\(c\)\s*\d{4}|\bcopyright\b|all rights reserved",
    "more_read": r"\b(?:most (?:read|popular|viewed)|also (?:read|like|on)|you m(?:ay|ight)|read (?:more|next|also))\b",
    "more_of": r"\b(?:(?:more|next) (?:from|on|stories|news|in)|others also|up next|top stories|see also|explore)\b",
    "more_links": r"\b(?:picks?|(?:recent|related) (?:posts|articles|stories)|(?:further|keep) reading)\b",
    "sign_up": r"\b(?:sign(?:ing)?[ -]?(?:up|in)|log ?in|create (?:an )?account|free trial|your (?:e-?mail|inbox))\b",
    "follow": r"\b(?:follow (?:us|him|her|them|me|@)|follow [a-z]+ (?:[a-z]+ )?on|(?:like|join) us|connect with)\b",
    "join_in": r"\b(?:leave a|join the conversation|post a comment|notify me|your email address|log in to)\b",
    "role": rf"\b(?:is|was) (?:an?|the) (?:[\w'’-]+ ){{0,5}}(?:{_ROLES})\b|\babout the author",
    "covers": r"\b(?:covers|is (?:covering|reporting|writing)|writes for|reports on|reach (?:him|her|them|me))\b",
    "staff": r"\b(?:contribut(?:ed to|ing:)|(?:reporting|compiled|edited|editing|translated) by|with inputs)\b",
    "this_story": r"\bthis (?:story|article|post|page|(?:web)?site)\b|\b(?:originally|first) (?:published|appeared)\b",
    "act_now": r"\b(?:click here|learn more|find out|get started|(?:book|buy|shop|order|play|apply) now)\b",
    "act_on": r"\b(?:(?:view|see|show|load) (?:all|more|full)|call us|free (?:quote|estimate|trial|demo))\b",
    "tags": r"\A(?:tags?|topics?|filed under|categor(?:y|ies)|keywords|posted in|tagged|labels|(?:read )?more about)\b",
    "contents": r"\b(?:table of contents|jump to|in this article|on this page)\b",
    "agency_photo": r"getty(?: images)?|ap photo|reuters|afp|shutterstock|istock",
    "photo_credit": r"\b(?:credits?:|photo by|photograph(?:s|y)? by|image (?:credit|caption|source)|file photo)",
    "scene": r"\b(?:(?:is|are) seen|poses?|posing|pictured|from left|looks on)\b|\((?:left|right)\)|, (?:left|right),",
    "scene_of": r"\b(?:arrives? (?:at|for)|speaks (?:at|during|to)|attends?|celebrates?)\b",
    "count": r"\b\d[\d,.]*[km]?\s+(?:views?|likes?|shares?|comments?|votes?|reviews?|followers|replies|posts?)\b",
    "says": r"\A[\w .'-]{2,30} says:?\s*\Z",
}
# Found only in the case given.
_SHAPES = {
    "address": r"\S@\S+\.\w",
    "handle": r"(?:\A|\s|\()@\w",
    "price": r"[$£€]\s?\d",
    "pipe": r"\s[|•·»›/]\s",
    "arrow": r"[›»→▸►▶✕×]|>>",
    "hash": r"\A#\w|\s#\w+\s#\w",
    "markup": r"</?\w+[^<>]*>|&lt;|&amp;|[{}\[\]]{2}|\w\(\w*\);",
    "bullet": r"\A(?:[-*•·–▪●‣◦✓✔]|\(?\d{1,2}[.)])\s+\S",
    "colon_end": r":\s*\Z",
    "label": r"\A[A-Z][\w’' ]{1,28}:\s",
    "kicker": r"\A[A-Z][A-Z’'&. -]{5,}:\s",
    "dash_start": r"\A[—–―]",
    "quote_start": "\\A[\"“‘'«]",
    "quoted": '[“"].{8,}[”"]',
    "question": '\\?["”’)]*\\Z',
    "exclaim": r"!\s*\Z",
    "number": r"\A\W*\d[\d.,:%/ ]*\W*\Z",
    "no_letters": r"\A[\W\d_]*\Z",
    "agency": r"\A\(?(?:Reuters|AP|AFP|CNN|Bloomberg|Associated Press)\)?\W|\b(?:Reuters|AP|AFP|CNN)\)?\s*(?:[-–—]|\Z)",
    "name": r"\A[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}\Z",
}
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _CUES.items()),
    *((name, re.compile(pattern)) for name, pattern in _SHAPES.items()),
)
