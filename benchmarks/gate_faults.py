"""False shortenings of a sentence, each with a fault of a known kind: what the gate must stop.

Most are made by leaving words out, as a writer would, by patterns on the surface, so that they do not share the errors
of the gate's parser. Some are no fault in their sentence after all; a sample read by hand says how many.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_N = r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|a dozen|half|hundreds|thousands|millions|[£$€]\d)"
_NAME = r"(?:[A-Z][a-z]+(?: [A-Z][a-z]+)+)"
_CAP = r"(?:[A-Z][a-z]+(?: [A-Z][a-z]+)*)"
_SAID = r"(?:said|says|say|told \w+|added|claimed|claims|argued|believes?|reported|suggested)"
_TIME = (
    r"(?:(?:on|last|next) (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|last (?:week|month|year)|"
    r"(?:in|since|by|until) (?:(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)(?: (?:19|20)\d\d)?|(?:19|20)\d\d)|yesterday|in [A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)\b"
)
_ACT = (
    r"(?:tried|attempted|failed|refused|agreed|threatened|planned|intended|hoped|wanted|offered|promised|vowed|pledged|"
    r"declined|sought|voted|decided|expected|ordered|forced|urged|asked|meant|supposed|due|set|able|unable|likely|ready)"
)

_GROUPS = (
    r"(?:people|those|anyone|everyone|someone|workers|women|men|children|families|students|voters|companies|countries|"
    r"patients|players|states|residents|officers|members|users)"
)
_TOGETHER = (
    r"(?:met|married|agreed|clashed|split|divorced|separated|signed|are|were|have|share|shared|argued|fought|exchanged|"
    r"joined|collided|merged|debated|competed)\b"
)
_BOUND = (
    r"(?:at least|up to|nearly|almost|about|around|more than|less than|fewer than|over|some|roughly|under|as many as|"
    r"approximately|an estimated)"
)
_PART = r"(?:half|some|most|many|part|parts|several|few|a quarter|a third|two-thirds|a number)"
_NARROWING = (
    r"(?:former|then|ex|acting|deputy|vice|assistant|interim|would-be|fake|false|mock|so-called|self-proclaimed|"
    r"aspiring|failed|rejected|honorary|late|outgoing|incoming|retired|self-styled|unofficial)"
)
_DENIED = r"(?:\bnot|n['’]t|\bnever|\bno|\bonly) (?:[\w’'-]+ ){1,5}?[\w’'-]+"
_OWN = r"(?=(?:the|he|she|it|they|his|her|a|any|there|[A-Z]\w+)\b)"

_PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "negation": (
        (r"\b(do|did|does|has|have|had|is|are|was|were|would|could|should)(?: not|n['’]t) (?!only)", r"\1 "),
        (r"\b(?:wo)n['’]t ", "will "),
        (r"\b(?:can['’]t|cannot) ", "can "),
        (r"\bnever ", ""),
        (r"\b(has|have|had|is|are|was|were|with|found|see|saw) no (?!longer|one|more|matter)", r"\1 "),
        (r"\bno longer ", ""),
        (r"\bnot (?!only|just)", ""),
    ),
    "hedge": (
        (r"\b(?:may|might|could|would|should|must) (have)\b", r"\1"),
        (r"\b(?:may|might|could|would|should) be\b", "is"),
        (
            (r"\b(?:allegedly|reportedly|apparently|possibly|probably|likely|supposedly|potentially|perhaps|alleged|"
            r"suspected|possible|potential|unconfirmed|proposed|planned|attempted|expected|presumed|apparent) "),
            "",
        ),
        (r"\b(?:are|is|was|were) (?:expected|likely|thought|believed|said|reported|alleged|understood) to be\b", "is"),
        (r"\b(they|people|we|[a-z]{4,}s) (?:may|might|could|would|should) (?!be\b|have\b|not\b)", r"\1 "),
    ),
    "attribution": (
        (rf", (?:the )?(?:\w+ ){{0,4}}{_SAID}(?: (?:on|in|at) [^,.]+)?\.$", "."),
        (rf"^(?:The |A )?(?:[\w’'-]+ ){{1,4}}{_SAID} (?:that )?(?=(?:the|he|she|it|they|there|a|an|[A-Z])\b)", ""),
        (r"^According to [^,]+, ", ""),
        (r",? according to [^,]+\.$", "."),
        (rf", (?:the )?(?:\w+ ){{1,3}}{_SAID}, ", " "),
        (r"\b(?:accused|suspected) of\b", "for"),
        (r"^It is (?:claimed|alleged|thought|believed|understood|feared|reported) (?:that )?", ""),
    ),
    "condition": (
        (r",? (?:only )?(?:if|unless|provided|as long as) [^,.;]+(?=[.])", ""),
        (r",? (?:if|unless) [^,.;]+,", ""),
        (r"^(?:If|Unless|Once|Should) [^,.;]+, ", ""),
        (r"\b(?:if|unless) (?=(?:the|he|she|it|they|a) )", ""),
    ),
    "restrictive": (
        (rf"\b({_GROUPS}) (?:who|that|whose) [^,.;“”\"]+(?=[,.;])", r"\1"),
        (r"\b((?:all|any|every|most|many|some|few|no) \w+s?) (?:who|that|which) [^,.;“”\"]+(?=[,.;])", r"\1"),
    ),
    "bound": (
        (rf"\b{_BOUND} (?={_N})", ""),
        (r"\bone of (?=the|its|his|their)", ""),
        (rf"\b{_PART} of (?=the|its|his|their)", ""),
        (r"\b(?:some|most|many|several|few) (?=[a-z]+s\b)", ""),
        (r"\b(?:partly|partially|mostly|largely|mainly|almost|nearly) (?=[a-z])", ""),
    ),
    "narrowing": (
        (r"\bnot only ", ""),
        (r"\bonly (?!to\b)", ""),
        (rf"\b{_NARROWING}[ -](?=[a-zA-Z])", ""),
        (r"\b(the|his|her|its|their) first (?=[a-z])", r"\1 "),
    ),
    "list": (
        (r"\bboth ([A-Za-z’']+(?: [A-Z]\w+)?) and [A-Za-z’']+(?: [A-Z]\w+)?", r"both \1"),
        (r"\bbetween ((?:the )?[A-Za-z’']+) and (?:the )?[A-Za-z’']+", r"between \1"),
        (rf"\b({_N} [a-z]+s(?: \w+)*)( ?[:,–-]+) ({_CAP}), ({_CAP})(?:,? and) ({_CAP})", r"\1\2 \3 and \5"),
        (rf"\b(two \w+s)( ?[:,–-]+) ({_CAP}) and ({_CAP})", r"\1\2 \3"),
        (r"\beither ([A-Za-z’']+) or [A-Za-z’']+", r"\1"),
    ),
    "comparison": (
        ((r"\b((?:more|less|fewer|better|worse|higher|lower|larger|bigger|smaller|older|younger|faster|rather|other)"
         r"(?: [a-z]+){0,3}) than [^,.;]+(?=[,.;])"), r"\1"),
        (r"\b(twice|as) (as )?(\w+) as [^,.;]+(?=[,.;])", r"\1 \2\3"),
        (r"\bmore likely than [^,.;]+(?= to)", "more likely"),
    ),
    "superlative": (
        ((r"\b((?:the|its|his|her) (?:[a-z]{3,}est|most [a-z]+|worst|best|first|last|only|second)(?: [a-z]+){1,2})"
         r" (?:in|of|since|to|on|for|from|at) [^,.;]+(?=[,.;])"), r"\1"),
        (r"\b((?:the) \w+['’]s )(second|third|fourth)[ -](?=[a-z]+est)", r"\1"),
        (r"\bone of (the (?:[a-z]+est|most [a-z]+|best|worst) [a-z]+)s\b", r"\1"),
    ),
    "collective": (
        (rf"\b({_CAP}),? and {_CAP} (?={_TOGETHER})", r"\1 "),
        (rf"\b{_CAP} and ({_CAP}) (?={_TOGETHER})", r"\1 "),
    ),
    "bare act": (
        (rf"\b(?:has|have|had|is|are|was|were)? ?(?:not )?{_ACT} to (?=[a-z]+)", ""),
        (r"\b(?:has|have|had) been due to ", ""),
    ),
    "denial": (
        (rf"\b(?:has |have |had )?(?:denied|denies|deny|disputed|refuted|doubts?) (?:that )?{_OWN}", "said "),
        (r"^[^,.;“”\"]+ (?:denied|denies|rejected|dismissed|rejects|ruled out|doubt)(?: \w+)? that ", ""),
        (r"\b(?:denied|ruled out|rejected|refused|avoided|stopped|prevented) (?=[a-z]+ing\b)", "was "),
        (r"\b(?:denied|denies|rejected|dismissed) (?:claims|reports|suggestions|allegations) (?:that )?", "said "),
        (r"\b(?:denied|denies|rejected|dismissed|ruled out|refused|abandoned|cancelled|canceled) (?=\w+)", "made "),
    ),
    "question": (
        (r"\?(?=$|[”\"]$)", "."),
        (r"^[^,.;“”\"]+ (?:whether|if) (?=(?:the|he|she|it|they|a|[A-Z]\w+)\b)", ""),
        (r"\b(?:whether|if) (?=(?:the|he|she|it|they|a|[A-Z]\w+)\b)", "that "),
    ),
    "denied scope": (
        (rf"({_DENIED}) {_TIME}(?=\.| (?:to|that|and|but))", r"\1"),
        (rf"({_DENIED}) (?:in|on|at|with|from) [^,.;“”]+\.$", r"\1."),
    ),
    "quote": (
        (r"([“\"][^”\"]*?)\b(?:not|never|no) ([^”\"]*[”\"])", r"\1\2"),
        (r"([“\"][^”\"]*?\b\w+)n['’]t ([^”\"]*[”\"])", r"\1 \2"),
        (r"([“\"][^”\"]{20,}?) (?:\w+ ){3}([^”\"]{10,}[”\"])", r"\1 \2"),
    ),
    "broken": (
        (r"(?<=[a-z] )(?:the|a|an) (?=[a-z]+ )", ""),
        (r"^(?:The|A|An) (?=[a-z]+ (?:is|was|has|had|will|said|told)\b)", ""),
        (r" (?:is|was|were|are|has been|have been) (?=[a-z]+(?:ed|ing)\b)", " "),
    ),
    "dangling": (
        (r"\b(that|which|and|of|the|to|in|for|who|with|by|but|as|than|is|was|a)(?= ) [^“”\"()]+\.$", r"\1."),
        (r"[,.!?]?”(?! *$)", ""),
        (r"“", ""),
        (r"\)", ""),
        (r"\b(the|of|to|in|and|a|for) (?=\w+ )", r"\1 \1 "),
        (r", (?=\w+ [^,]+,)", ", , "),
    ),
}  # fmt: skip


def faults(sentence: str) -> Iterator[tuple[str, str]]:
    """Each kind of fault with a false shortening of `sentence`, of some kinds several, of most none."""
    for kind, patterns in _PATTERNS.items():
        for pattern, replacement in patterns:
            match = re.search(pattern, sentence)
            if match:
                yield kind, sentence[: match.start()] + match.expand(replacement) + sentence[match.end() :]
    for kind, make in _MAKERS.items():
        yield from ((kind, fault) for fault in make(sentence))


_JOINT = re.compile(
    r",? (?:after|before|when|while|because|since|as|who|which|whose|that|and|but|where|although|though) (?=[a-z])|"
    r", who |; "
)
_VERB = r"\b(?:\w{2,}ed|is|was|were|has|had|will|said|won|lost|met|took|made|went|came|held|left|found|led|gave)\b"


def _moved(sentence: str) -> Iterator[str]:
    """A time or place taken from one clause to the end of another."""
    parts = _JOINT.split(sentence.rstrip("."))
    with_verb = [part for part in parts if re.search(_VERB, part)]
    for home in with_verb:
        found = re.search(_TIME, home)
        others = [part for part in with_verb if part is not home and not re.search(_TIME, part)]
        if found and others and re.match(r"[A-Z“]", others[0]):
            yield f"{others[0].strip(' ,')} {found.group()}."


def _left_over(sentence: str) -> Iterator[str]:
    """The time or place of a clause left standing behind the clause before it."""
    for joint in _JOINT.finditer(sentence):
        time = re.compile(_TIME).search(sentence, joint.end())
        between = sentence[joint.end() : time.start()] if time else ""
        if time and re.search(_VERB, between) and re.search(_VERB, sentence[: joint.start()]) and "," not in between:
            tail = sentence[time.end() :]
            yield f"{sentence[: joint.start()]} {time.group()}{tail}"
            if tail[:1] == ",":
                yield f"{sentence[: joint.start()]} {time.group()}."
            return


def _subject(sentence: str) -> Iterator[str]:
    """A clause's subject before another clause's verb."""
    first = re.match(r"((?:The |A |An )?(?:[\w’'-]+ ){0,3}?[\w’'-]+) " + _VERB, sentence)
    if not first:
        return
    for other in re.finditer(
        rf"\b(?:after|before|when|while|because|that|as|and|but|where) ((?:the |a |his |her )?(?:{_CAP}|[a-z]+)) "
        rf"({_VERB} [^,.;]+)",
        sentence[first.end() :],
    ):
        if other[1].split()[-1] not in first[1] and other[1] not in {"he", "she", "it", "they", "who"}:
            yield f"{first[1]} {other[2]}."


def _roles(sentence: str) -> Iterator[str]:
    """Two names in each other's places, a verb between them."""
    names = [match for match in re.finditer(_CAP, sentence) if match.start() > 0 or " " in match.group()]
    for left, right in pairwise(names):
        between = sentence[left.end() : right.start()]
        apart = set(left.group().split()).isdisjoint(right.group().split())
        if apart and re.search(_VERB, between) and not re.search(r"[,;“”]", between) and len(between.split()) <= _NEAR:
            yield f"{sentence[: left.start()]}{right.group()}{between}{left.group()}{sentence[right.end() :]}"
            return


_NEAR = 6


def _number(sentence: str) -> Iterator[str]:
    """A number before what another number counts."""
    counted = list(re.finditer(rf"\b({_N}) ([a-z]+s)\b", sentence))
    for left, right in pairwise(counted):
        if left[1].lower() != right[1].lower() and left[2] != right[2]:
            yield f"{sentence[: left.start(2)]}{sentence[right.start(2) :]}"
            yield (
                f"{sentence[: left.start(1)]}{right[1]}{sentence[left.end(1) : right.start(1)]}{left[1]}"
                f"{sentence[right.end(1) :]}"
            )


def _speaker(sentence: str) -> Iterator[str]:
    """What one said in another's mouth."""
    found = re.search(rf"({_CAP}) (?:{_SAID})\b", sentence)
    others = [match.group() for match in re.finditer(_NAME, sentence) if found and found[1] not in match.group()]
    if found and others and others[0] not in found[1]:
        yield f"{sentence[: found.start(1)]}{others[0]}{sentence[found.end(1) :]}"
        if sentence.find(others[0]) < found.start():
            yield f"{sentence[: sentence.find(others[0])]}{others[0]}{sentence[found.end(1) :]}"


def _pronoun(sentence: str) -> Iterator[str]:
    """A pronoun left behind without the name before it, or behind another name."""
    joint = re.search(
        r", (?:and|but|while|as|after|when|because|who) (?=[^.]*\b(?:he|she|his|her|they|their)\b)", sentence
    )
    if (
        joint
        and re.match(_CAP, sentence)
        and re.search(rf"{_CAP}.*\b(?:he|she|his|her|him)\b", sentence[joint.end() :])
    ):
        rest = sentence[joint.end() :]
        yield rest[:1].upper() + rest[1:]
    told = re.match(
        rf"({_CAP}) (?:said|says|told \w+|denied) (?:that )?({_NAME}) (.*\b(?:he|she|his|her|him)\b.*)", sentence
    )
    if told:
        yield f"{told[2]} {told[3]}"


def _acted(sentence: str) -> Iterator[str]:
    """An act done that was only tried, planned, refused or agreed to."""
    for act in re.finditer(rf"\b(?:(?:has|have|had|is|are|was|were) )?(?:not )?{_ACT} to ([a-z]{{3,}})\b", sentence):
        verb = act[1]
        past = verb + ("d" if verb.endswith("e") else "ed")
        yield f"{sentence[: act.start()]}{past}{sentence[act.end() :]}"


_MAKERS = {
    "moved": _moved,
    "left over": _left_over,
    "subject": _subject,
    "roles": _roles,
    "number": _number,
    "speaker": _speaker,
    "pronoun": _pronoun,
    "bare act": _acted,
}
