"""Whether a shortening is still a sentence: nothing that its grammar needs was left out, and its marks are in order.

The rules compare with the source, since what the source leaves out or doubles may stand. What a sentence says is not
its business.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from bot.text.case import Problem, ProblemKind, written
from bot.text.omission import FINITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.text.case import Case
    from bot.text.clause import Clause
    from bot.text.omission import Gap, Shortening

_DETERMINERS = frozenset("the a an his her its their this that these those".split())
_AUXILIARIES = frozenset("is was are were be been being has have had will would do does did".split())
_ALONE = frozenset("IN TO CC WP WDT WRB PRP PRP$ MD POS".split())
_MAY_GO_ALONE = frozenset("that also".split())


def check_marks(case: Case) -> Iterator[Problem]:
    """Find marks out of order, a word twice, and an end that is none."""
    text = written(case.statement.tokens)
    is_open = any(text.count(opening) != text.count(closing) for opening, closing in _PAIRS) or text.count('"') % 2
    if is_open or (_leaves_open(text) and not any(map(_leaves_open, case.texts))):
        yield Problem(ProblemKind.FORM, text)
    found = _BAD_MARKS.search(text)
    if found and not any(_BAD_MARKS.search(one) for one in case.texts):
        yield Problem(ProblemKind.FORM, found.group())
    yield from _words(case)
    yield from _capitals(case)


def check_claim(case: Case) -> Iterator[Problem]:
    """Find a claim that was a question, and a statement that lost its main verb."""
    if case.statement.tokens[-1].text != "?" and any("?" in text[-_END:] for text in case.texts):
        yield Problem(ProblemKind.FORM, "?")
    if FINITE.isdisjoint(node.tag for node in case.statement.nodes) or (
        any(map(_has_main_verb, case.sources)) and not _has_main_verb(case.statement)
    ):
        yield Problem(ProblemKind.FORM, written(case.statement.tokens))


_END = 3
_RELATIVE = frozenset({"WDT", "WP"})


def _has_main_verb(parsed: Clause) -> bool:
    """Tell whether the root of the tree is a finite verb, or one with an auxiliary."""
    root = next((at for at, node in enumerate(parsed.nodes) if node.head < 0 and node.label != "punct"), -1)
    if root < 0:
        return False
    below = [parsed.nodes[child] for child in parsed.children[root]]
    if (
        any(node.tag in _RELATIVE and node.label.startswith("nsubj") for node in below)
        and parsed.nodes[0].tag not in _RELATIVE
    ):
        return False  # ", which closed in May": a clause that hangs on what was left out
    return not {parsed.nodes[root].tag, *(node.tag for node in below)}.isdisjoint(FINITE)


def check_form(shortening: Shortening) -> Iterator[Problem]:
    """Find what was left out although the grammar of what is kept needs it."""
    for gap in shortening.gaps:
        if _breaks_phrase(shortening, gap) or _takes_joint(shortening, gap):
            yield Problem(ProblemKind.FORM, shortening.text(gap))
        elif _bares_verb(shortening, gap) or _ends_open(shortening, gap):
            yield Problem(ProblemKind.CUT, shortening.text(gap))
    yield from _lone_commas(shortening)


_CIRCUMSTANCE = frozenset("in on at during after before since amid near outside inside following as when while".split())


def _bares_verb(shortening: Shortening, gap: Gap) -> bool:
    """Find "was charged [with fraud]" and "a man running [for office] has": a verb without what it is about."""
    before, word = gap.first - 1, shortening.word(gap.first)
    if not shortening.tag(before).startswith("VB") or before not in shortening.kept or shortening.is_set_off(gap):
        return False
    if shortening.tag(before) in {"VBG", "VBN"} and shortening.tag(gap.end) in FINITE:
        return True
    is_about = shortening.tag(gap.first) in {"IN", "TO", "RB", "WDT"} and word not in _CIRCUMSTANCE | _ADVERBS
    is_about = is_about or shortening.source.nodes[before].label == "acl" or shortening.word(gap.first + 1) == "least"
    return shortening.is_last(gap) and is_about


_SAYS = frozenset("said says say reported reports announced added claimed confirmed wrote told".split())


def _ends_open(shortening: Shortening, gap: Gap) -> bool:
    """Find "Keller said[, …]." and "won, lost [and drew].": an end that lets wait for more."""
    if not shortening.is_last(gap):
        return False
    commas = [at for at in shortening.kept if at < gap.first and shortening.word(at) in _PAUSES]
    if shortening.word(gap.first - 1) in _SAYS and not commas:
        return True
    if shortening.word(gap.first) == ":" and any(shortening.word(at) in _SAYS for at in range(gap.first)):
        return True
    after = max(commas, default=-2) + 1
    joined = {shortening.word(at) for at in range(after, gap.first)}
    is_same = shortening.tag(after) == shortening.tag(gap.first + 1) and shortening.tag(after).startswith("VB")
    return shortening.word(gap.first) in {"and", "or"} and is_same and "and" not in joined


_PAUSES = frozenset([",", "”", '"'])
_ADVERBS = frozenset("again too also now then later earlier today yesterday already here there".split())


def _lone_commas(shortening: Shortening) -> Iterator[Problem]:
    """Find a comma left out where it closed an insertion that was kept: "Kraft, a painter left"."""
    for at in range(1, len(shortening.words) - 1):
        is_alone = at not in shortening.kept and {at - 1, at + 1} <= shortening.kept
        if is_alone and shortening.words[at] == "," and shortening.tag(at + 1) in FINITE:
            yield Problem(ProblemKind.FORM, f"{shortening.words[at - 1]}, {shortening.words[at + 1]}")


def _breaks_phrase(shortening: Shortening, gap: Gap) -> bool:
    """Find a determiner or auxiliary left out before the noun or verb that needs it."""
    last = gap.end - 1
    if gap.put_in or not shortening.word(gap.end)[:1].isalnum():
        return False
    word, following = shortening.word(last), shortening.tag(gap.end)
    if word in _AUXILIARIES and following in {"VBN", "VBG", "VB"}:
        return True
    at = last
    while at > gap.first and shortening.tag(at) in {"JJ", "CD", "NN", "VBN", "NNP", "POS"}:
        at -= 1
    opens = shortening.word(at) in _DETERMINERS and shortening.tag(at) in {"DT", "PRP$"}
    opens = opens and (at == last or shortening.source.nodes[at].head in shortening.kept)
    return opens and following in {"NN", "JJ", "NNS"} and not _has_determiner(shortening, gap)


def _has_determiner(shortening: Shortening, gap: Gap) -> bool:
    return shortening.tag(gap.first - 1) in {"DT", "PRP$", "CD", "POS", "JJ"}


def _takes_joint(shortening: Shortening, gap: Gap) -> bool:
    """Find a preposition, conjunction or relative left out alone between words that were kept."""
    words = [at for at in range(gap.first, gap.end) if shortening.source.tokens[at].is_word]
    if len(words) != 1 or shortening.is_last(gap) or gap.first == 0:
        return False
    word = shortening.word(words[0])
    if word in {"whether", "if"}:
        return True
    if word in {"who", "which"} and shortening.is_last(shortening.gaps[-1]):
        return False  # "The museum[, which] reopened in May[, …]": its own subject now.
    return not gap.put_in and shortening.tag(words[0]) in _ALONE and word not in _MAY_GO_ALONE


_SINGLE_MARK = re.compile(r"(?P<opens>(?:^|(?<=[\s(]))['‘](?=[^\W\d]))|(?P<floats>(?<=\s)['’](?=[\s.,]|$))|['’](?!\w)")


def _leaves_open(text: str) -> bool:
    """Tell whether a quotation in single marks does not end; a mark that stands alone opens or closes in turn."""
    is_open = False
    for mark in _SINGLE_MARK.finditer(text):
        is_open = not is_open if mark["floats"] else bool(mark["opens"])
    return is_open


def _capitals(case: Case) -> Iterator[Problem]:
    """Find a name written in other capitals: "O'malley"."""
    for token, place in zip(case.statement.tokens, case.links, strict=True):
        source = case.evidence[place].text if place is not None else token.text
        if token.text.lower() == source.lower() and token.text[1:] != source[1:] and not source.isupper():
            yield Problem(ProblemKind.FORM, token.text)


_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"))
_BAD_MARKS = re.compile(r"[,;:]\s*[,;:.]|\.\s*,|\(\s*\)|“\s*”|[,;:–—-]\s*\Z|\s,\S")


_OPEN_ENDS = frozenset(
    "the a an of to for and or but nor with by at from as than that which who whose whom if when while because "
    "although his her its their my our your is was were are be been has have had will would can could may might "
    "into onto against between among towards toward without despite not no very this these those".split()
)
_CLOSING = frozenset([".", ",", "”", '"', "?", "!"])


def _words(case: Case) -> Iterator[Problem]:
    words = [token for token in case.statement.tokens if token.is_word]
    evidence = [token.lower for token in case.evidence]
    if words and words[-1].lower in _OPEN_ENDS and words[-1].text != "May" and not _ends_so(words[-1].lower, evidence):
        yield Problem(ProblemKind.FORM, words[-1].text)
    pairs = set(pairwise(evidence))
    said_twice = set(pairwise(token.lower for token in case.evidence if token.is_word))
    for first, second in chain(pairwise(case.statement.tokens), pairwise(words)):
        if first.lower == second.lower and first.is_word and (first.lower, first.lower) not in pairs | said_twice:
            yield Problem(ProblemKind.FORM, f"{first.text} {second.text}")


def _ends_so(word: str, evidence: list[str]) -> bool:
    """Tell whether the evidence has a clause or quotation end with the same word."""
    return any(first == word and second in _CLOSING for first, second in pairwise(evidence))
