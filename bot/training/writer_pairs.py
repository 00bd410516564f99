"""What the writer learns from: sentences of news and shorter ones that say nothing else.

    python -m bot.training.writer_pairs --data DIR --writer FOLDER --out pairs.jsonl

Two kinds. Where an article has summaries, their sentences are aligned with those that they shorten. And of the
weightiest sentences of every article, words are left out by `deletions`, those first that weigh least: a word weighs
more that stands in the title, in a summary, in an answer that somebody asked for, or more often in the article. A cut
after which a language model finds the rest much less likely, or that the gate refuses, is not made.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.text.segment import segment
from bot.text.standalone import Standing, standing
from bot.text.tokens import content_stems, words
from bot.training.alignment import Pair, aligned, is_shortening
from bot.training.articles import Story, stories
from bot.training.deletions import cuts, without
from bot.training.fluency import LanguageModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.text.clause import Clause
    from bot.training.deletions import Cut
    from bot.training.fluency import Judge

_LENGTHS = (0.85, 0.7, 0.55)
"""Shares of a sentence's words; the first target at or below each becomes a pair."""
_SHORTEST, _LONGEST = 14, 45
_CONSIDERED = 14
_OF_A_STORY = {"newsqa": 3}
_OF_ANOTHER = 2
"""Sentences of a story that are cut; more where its questions tell what matters."""
_MOST_CUTS = 8
_MOST_SURPRISE = 3.0
"""Nats by which a cut may make the other words less likely; by reading, most above are broken, most below are not."""


@dataclass(slots=True)
class _Draft:
    """A sentence, what may be cut from it, and what each cut does to the rest."""

    story: Story
    sentence: str
    parsed: Clause
    weights: Mapping[str, float]
    cuts: list[tuple[Cut, str]]
    allowed: list[Cut] = field(default_factory=list)


def pairs(data: Path, judge: Judge) -> list[Pair]:
    """Make all pairs of the development data at `data`, each once."""
    read = stories(data)
    found = [pair for story in read for pair in _aligned(story)]
    drafts = [draft for story in read for draft in _drafts(story)]
    _judge(drafts, judge)
    found += [pair for draft in drafts for pair in _shortened(draft)]
    return list(dict.fromkeys(found))


def _sentences(text: str) -> list[str]:
    article = segment(text)
    return [" ".join(article.sentence_text(index).split()) for index in range(len(article.sentences))]


def _aligned(story: Story) -> Iterator[Pair]:
    sources = [text for text in _sentences(story.text) if len(text.split()) >= _SHORTEST]
    for summary in story.summaries:
        for sentence in _sentences(summary):
            both = (aligned(source, sentence, held_out=story.held_out) for source in sources)
            pair = next((pair for pair in both if pair), None)
            if pair is not None:
                yield pair


def _drafts(story: Story) -> Iterator[_Draft]:
    weights = _weights(story)
    fit = [text for text in _sentences(story.text)[:_CONSIDERED] if _is_fit(text)]
    fit.sort(key=lambda text: -_weight(text, weights))
    for sentence in fit[: _OF_A_STORY.get(story.kind, _OF_ANOTHER)]:
        parsed, found = cuts(sentence)
        made = [(cut, without(sentence, parsed, [cut])) for cut in found]
        made = [(cut, text) for cut, text in made if is_shortening(text, sentence)]
        made.sort(key=lambda one: _density(one[0], sentence, parsed, weights))
        if made:
            yield _Draft(story, sentence, parsed, weights, made[:_MOST_CUTS])


def _is_fit(sentence: str) -> bool:
    return _SHORTEST <= len(sentence.split()) <= _LONGEST and standing(sentence) is Standing.ALONE


def _weights(story: Story) -> dict[str, float]:
    """What each stem of the article weighs."""
    counts = Counter(token.stem for token in words(story.text) if token.is_content)
    summaries, answers = content_stems(" ".join(story.summaries)), content_stems(" ".join(story.answers))
    title = content_stems(story.title)
    return {
        stem: 0.5 + math.log(count) + 2 * (stem in title) + 2 * (stem in summaries) + 3 * (stem in answers)
        for stem, count in counts.items()
    }


def _weight(text: str, weights: Mapping[str, float]) -> float:
    """The mean weight of a sentence's words."""
    found = words(text)
    return sum(weights.get(token.stem, 0.0) for token in found if token.is_content) / max(len(found), 1)


def _density(cut: Cut, sentence: str, parsed: Clause, weights: Mapping[str, float]) -> float:
    return _weight(sentence[parsed.tokens[cut.first].start : parsed.tokens[cut.last].end], weights)


def _judge(drafts: Sequence[_Draft], judge: Judge) -> None:
    """Keep the cuts after which the rest stays likely."""
    texts = list(dict.fromkeys(text for draft in drafts for text in _texts(draft)))
    losses = dict(zip(texts, judge.surprise(texts), strict=True))
    for draft in drafts:
        before = losses[draft.sentence]
        for cut, text in draft.cuts:
            start, end = draft.parsed.tokens[cut.first].start, draft.parsed.tokens[cut.last].end
            kept = sum(loss for place, loss in before if not start - 1 <= place < end)
            if sum(loss for _, loss in losses[text]) - kept <= _MOST_SURPRISE:
                draft.allowed.append(cut)


def _texts(draft: _Draft) -> Iterator[str]:
    yield draft.sentence
    yield from (text for _, text in draft.cuts)


def _shortened(draft: _Draft) -> Iterator[Pair]:
    """Cut what weighs least first, and give what has come down to each of the lengths."""
    made: list[Cut] = []
    due, whole = list(_LENGTHS), len(draft.sentence.split())
    for cut in draft.allowed:
        made = [other for other in made if not cut.overlaps(other)] if _covers(cut, made) else made
        if any(cut.overlaps(other) for other in made):
            continue
        text = without(draft.sentence, draft.parsed, [*made, cut])
        if not is_shortening(text, draft.sentence):
            continue
        made.append(cut)
        reached = [length for length in due if len(text.split()) <= length * whole]
        if reached:
            due = [length for length in due if length not in reached]
            yield Pair(draft.sentence, text, draft.story.held_out)


def _covers(cut: Cut, made: Sequence[Cut]) -> bool:
    """Tell whether `cut` holds all that was cut where it overlaps."""
    return all(cut.first <= other.first and other.last <= cut.last for other in made if cut.overlaps(other))


def write_pairs(data: Path, writer: Path, out: Path) -> None:
    """Make the pairs, judged by the model in the folder `writer`, and write them in an order of chance."""
    found = pairs(data, LanguageModel(writer))
    random.Random(0).shuffle(found)  # noqa: S311  no secret
    with out.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in found)
    held_out = sum(pair.held_out for pair in found)
    print(f"{len(found)} pairs, {held_out} of them held out")  # noqa: T201  a command's output


def main() -> None:
    """Make the pairs and write them, one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the development data")
    parser.add_argument("--writer", type=Path, required=True, help="the folder of the model that judges")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    arguments = parser.parse_args()
    write_pairs(arguments.data, arguments.writer, arguments.out)


if __name__ == "__main__":
    main()
