"""Words and marks of a text with their offsets, and the stem by which an inflected word is known again.

English only where it stems and tells function words from content words; any other text is cut all the same.
It knows nothing of sentences, articles or names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[^\W\d_]+?(?=n['’]t\b)|n['’]t\b"  # did + n't
    r"|['’](?:s|re|ve|ll|d|m)\b"  # Smith + 's
    r"|[^\W\d_]+(?:['’](?!(?:s|re|ve|ll|d|m)\b)[^\W\d_]+)*"
    r"|[^\w\s]|_"
)

# Base form first, then what it becomes. Only verbs and nouns whose forms no suffix rule joins.
_IRREGULAR = (
    "be am is are was were been being,have has had having,do does did done,go goes went gone,say said says,"
    "make made,get got gotten,take took taken,see saw seen,come came,know knew known,give gave given,find found,"
    "think thought,tell told,become became,leave left,feel felt,bring brought,begin began begun,keep kept,hold held,"
    "write wrote written,stand stood,hear heard,mean meant,meet met,run ran,pay paid,sit sat,speak spoke spoken,"
    "lead led,grow grew grown,lose lost,fall fell fallen,send sent,build built,understand understood,draw drew drawn,"
    "break broke broken,spend spent,rise rose risen,drive drove driven,buy bought,wear wore worn,choose chose chosen,"
    "seek sought,throw threw thrown,catch caught,deal dealt,win won,forget forgot forgotten,fight fought,"
    "teach taught,sell sold,shoot shot,strike struck stricken,fly flew flown,sing sang sung,steal stole stolen,"
    "swim swam swum,hide hid hidden,bear bore borne,eat ate eaten,drink drank drunk,sleep slept,feed fed,flee fled,"
    "bind bound,bite bit bitten,blow blew blown,dig dug,forbid forbade forbidden,freeze froze frozen,hang hung,"
    "lie lay lain lying,ride rode ridden,ring rang rung,shake shook shaken,shine shone,sink sank sunk,"
    "shrink shrank shrunk,"
    "slide slid,spin spun,spring sprang sprung,stick stuck,swear swore sworn,sweep swept,swing swung,tear tore torn,"
    "wake woke woken,weep wept,wind wound,withdraw withdrew withdrawn,overcome overcame,undergo underwent undergone,"
    "arise arose arisen,light lit,lend lent,bend bent,burn burnt,learn learnt,spell spelt,lay laid,breed bred,"
    "bleed bled,kneel knelt,leap leapt,creep crept,cling clung,grind ground,foresee foresaw foreseen,"
    "undertake undertook undertaken,mistake mistook mistaken,forgive forgave forgiven,"
    "man men,woman women,child children,foot feet,tooth teeth,mouse mice,person people,life lives,wife wives,"
    "agree agreed,free freed,guarantee guaranteed,decree decreed,news,series,species,"
    "not n't,can ca,will wo,shall sha,"
    "knife knives,leaf leaves,half halves,thief thieves,wolf wolves,shelf shelves,die dies died dying"
)
_BASE = {form: group.split()[0] for group in _IRREGULAR.split(",") for form in group.split()}

FUNCTION_WORDS = frozenset(
    "a an the this that these those such some any each every all both either neither other another own same "
    "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself "
    "it its itself they them their theirs themselves who whom whose which what where when why how "
    "am is are was were be been being have has had having do does did done will would shall should can could may "
    "might must ought need to of in on at by for from with without about into onto over under above below between "
    "among through during before after since until till against toward towards upon within along across behind "
    "beyond near off out up down around than as and or but nor so yet if unless although though because while "
    "whereas whether not no also too very just only even still again then there here now "
    "'s 're 've 'll 'd 'm n't ca wo sha cannot".split()
)
"""Words that carry grammar rather than matter, in lower case, as `tokens` cuts them."""


_SHORTEST, _LONGEST = 4, 40
"""Letters of a word that may have an ending: "was" and "his" have none, and what is longer is no word."""
_SUFFIX = re.compile(r"(.+)s|(?=..)(.*[aeiouy].*)(?:ing|ed)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or single mark, at `[start, end)` of the text it was cut from."""

    text: str
    start: int
    end: int
    lower: str
    """In lower case, with straight apostrophes."""
    stem: str

    @property
    def is_word(self) -> bool:
        """Tell a word or number from a mark."""
        return self.text[0].isalnum() or len(self.text) > 1

    @property
    def is_content(self) -> bool:
        """Tell a word that carries matter from a function word or mark."""
        return self.is_word and self.lower not in FUNCTION_WORDS

    @property
    def is_capitalised(self) -> bool:
        """Tell whether it is written as a name is, or as the first word of a sentence."""
        return self.text[0].isupper()


def tokens(text: str) -> tuple[Token, ...]:
    """Cut `text` into words, numbers and single marks, in order.

    As treebanks do it: "Smith's" and "didn't" are two tokens each, "two-stage" is three.
    """
    return tuple(_token(match) for match in _TOKEN.finditer(text))


def _token(match: re.Match[str]) -> Token:
    text = match.group()
    lower = text.lower().replace("’", "'")
    return Token(text, match.start(), match.end(), lower, stem(lower))


def words(text: str) -> tuple[Token, ...]:
    """Cut `text` into words and numbers, leaving marks out."""
    return tuple(token for token in tokens(text) if token.is_word)


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words of `text` that carry matter."""
    return frozenset(token.stem for token in tokens(text) if token.is_content)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Take the inflection off a lower-case English word: "carries", "carried" and "carrying" give the same.

    A stem is a key for comparison, not always a word. Only inflection goes, so that "resign" and "resignation"
    stay apart: a derived word may mean something else.
    """
    base = _BASE.get(word)
    if base is not None:
        return _fold(base)
    if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
        return word
    return _fold(_strip_suffix(word))


def _strip_suffix(word: str) -> str:
    if word.endswith(("ss", "us", "is", "eed")):
        return word
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    found = _SUFFIX.fullmatch(word)
    return found[1] or found[2] if found else word


def _fold(root: str) -> str:
    """Undo what spelling does to a root before a suffix: doubled consonants, a dropped "e", "y" for "ie"."""
    if len(root) < 3:  # noqa: PLR2004
        return root
    if root.endswith("ie"):
        return root[:-2] + "i"
    root = root.removesuffix("e")
    if root.endswith("y") and len(root) > 2 and root[-2] not in "aeiou":  # noqa: PLR2004
        return root[:-1] + "i"
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "aeiou":  # noqa: PLR2004
        return root[:-1]
    return root
