"""Guess the language of a text: by its script, and within the Latin script by its commonest words.

Enough to choose a card's wording and to warn that a model knows English best; it is no language identifier.
"""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 6_000
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS = 20
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("te", re.compile("[\u0c00-\u0c7f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("am", re.compile("[\u1200-\u137f]")),
)
# Letters that only one of the languages of a script uses.
_BY_LETTER = {"ru": (("uk", "іїєґ"), ("sr", "ђћљњџј")), "ar": (("ur", "ٹڈےں"), ("fa", "پچژگ"))}
_WORDS = {
    "en": "the of and to in that is was for on with as by at from it his be are have this not they which said but",
    "de": "der die das und ist nicht von mit den dem ein eine zu auf für sich des im auch als es an werden aus er hat",
    "fr": "le la les des et est une un du que dans pour qui par sur pas au plus avec ce se sont il elle ne cette",
    "es": "el la los las de que y en un una por con para del se no es al como su más lo ha este pero",
    "pt": "o a os as de que e em um uma por com para do da não se no na dos das ao como mais foi são",
    "it": "il la di che e un una per con del della non si sono da nel le gli è dei alla ha anche come lo",
    "nl": "de het een en van is dat in op te zijn met voor niet aan er om ook als bij door naar maar uit heeft",
    "sv": "och att det som en på är av för med den till inte har de ett om han var jag från men vi",
    "da": "og at det som en på er af for med den til ikke har de et om han var jeg fra men vi der",
    "no": "og å det som en på er av for med den til ikke har de et om han var jeg fra men vi ble",
    "fi": "ja on ei että se oli hän mutta myös kun joka ovat sen niin kuin mukaan ole",
    "pl": "i w na z się nie że do jest to o jak po co ale od za przez są dla był oraz",
    "cs": "a v na se je že s z do o to i ve pro jako by ale které podle od bylo",
    "hu": "a az és hogy nem is egy ez van volt meg de azt csak már el még mint",
    "ro": "și de în la a cu pe nu că o care din este un mai pentru au fost s-a",
    "tr": "ve bir bu da de için ile olarak olan çok daha ne gibi sonra kadar dedi",
    "id": "yang dan di dengan untuk dari ini itu pada tidak dalam adalah akan ke oleh juga",
    "vi": "và của là có không cho trong được một các người với những để đã này",
}
_KNOWN = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_SURE_SHARE = 0.08
"""At least this share of an article's words are among its language's commonest."""


def guess_language(text: str) -> str | None:
    """Give the ISO 639-1 code of the language that most of the text's start is in, or None."""
    sample = text[:_SAMPLE].casefold()
    letters = sum(character.isalpha() for character in sample)
    if letters < _FEWEST_LETTERS:
        return None
    for language, script in _SCRIPTS:
        # Japanese is told by its kana, which are less than half of what it is written in.
        if len(script.findall(sample)) > letters * (0.15 if language == "ja" else 0.4):
            return _within_script(language, sample)
    return _by_words(sample)


def _within_script(language: str, sample: str) -> str:
    for other, letters in _BY_LETTER.get(language, ()):
        if sum(sample.count(letter) for letter in letters) > len(sample) / 200:
            return other
    return language


def _by_words(sample: str) -> str | None:
    words = Counter(_WORD.findall(sample))
    total = sum(words.values())
    scores = {language: sum(words[word] for word in known) for language, known in _KNOWN.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if total and scores[best] >= total * _SURE_SHARE else None
