"""Score answers against references: what `verbatim evaluate` prints. Pure; knows no model and no file.

Measures, all in per cent: ROUGE-1/2/Lsum F1 with stemming (Lin 2004); quotes matched by character overlap (IoU of at
least 0.5) and their speakers by surname; SQuAD 2.0's normalisation of answers (Rajpurkar et al. 2018); extraction by
4-word shingles (Scrapinghub's article-extraction-benchmark).
"""

from __future__ import annotations

import re
import string
from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Record = dict[str, Any]
Figures = dict[str, float]
_SAME_QUOTE = 0.5
_SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Case:
    """One input record with its `expected`, and what the task answered."""

    record: Record
    expected: Any
    answer: Record


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return round(2 * precision * recall / (precision + recall), 2) if precision + recall else 0.0


@dataclass(slots=True)
class _Counts:
    """True positives, false positives and false negatives."""

    hit: float = 0
    extra: float = 0
    missed: float = 0

    def figures(self, prefix: str = "") -> Figures:
        precision = _percent(self.hit, self.hit + self.extra)
        recall = _percent(self.hit, self.hit + self.missed)
        names = (f"{prefix}precision", f"{prefix}recall", f"{prefix}f1")
        return dict(zip(names, (precision, recall, _f1(precision, recall)), strict=True))


def score_extract(cases: Sequence[Case]) -> Figures:
    """Shingle precision, recall and F1 of the text, averaged over pages; `expected` is the article's text."""
    precisions, recalls = [], []
    for case in cases:
        wanted, got = _shingles(case.expected), _shingles(case.answer.get("text") or "")
        hit = (wanted & got).total()
        precisions.append(_percent(hit, got.total()))
        recalls.append(_percent(hit, wanted.total()))
    precision, recall = round(fmean(precisions), 2), round(fmean(recalls), 2)
    return {"precision": precision, "recall": recall, "f1": _f1(precision, recall)}


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))


def score_summarize(cases: Sequence[Case]) -> Figures:
    """ROUGE F1 against the best of the references, and the words shown; `expected` is a list of summaries."""
    try:
        from rouge_score import rouge_scorer  # noqa: PLC0415  an extra, wanted here alone
    except ImportError as error:
        message = "Scoring summaries needs the package rouge-score."
        hint = "Install it with: pip install 'verbatim-bot[evaluate]'."
        raise UsageError(message, hint) from error
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)
    rows = [_rouge(scorer, case) for case in cases]
    figures = {name: round(100 * fmean(row[name] for row in rows), 2) for name in rows[0]}
    words = fmean(len(_summary_text(case.answer).split()) for case in cases)
    return {**figures, "words": round(words, 1)}


def _summary_text(answer: Record) -> str:
    return "\n".join(sentence["text"] for sentence in answer.get("summary", ()))


def _rouge(scorer: Any, case: Case) -> dict[str, float]:  # noqa: ANN401  an untyped library
    references = [case.expected] if isinstance(case.expected, str) else case.expected
    summary = _summary_text(case.answer)
    scores = [scorer.score(reference, summary) for reference in references]
    best = max(scores, key=lambda score: float(score["rouge1"].fmeasure + score["rouge2"].fmeasure))
    return {name: float(value.fmeasure) for name, value in best.items()}


def score_quotes(cases: Sequence[Case]) -> Figures:
    """Quotes found and their speakers; `expected` is a list of `{"start", "end", "speaker"}`."""
    counts, spoken, right = _Counts(), 0, 0
    for case in cases:
        left = list(case.expected)
        for quote in case.answer.get("quotes", ()):
            match = max(left, key=lambda wanted: _overlap(quote, wanted), default=None)
            if match is None or _overlap(quote, match) < _SAME_QUOTE:
                counts.extra += 1
                continue
            left.remove(match)
            counts.hit += 1
            if match.get("speaker"):
                spoken += 1
                right += _same_speaker(quote.get("speaker"), match["speaker"])
        counts.missed += len(left)
    return {**counts.figures(), "speaker_accuracy": _percent(right, spoken)}


def _overlap(one: Record, other: Record) -> float:
    shared: int = min(one["end"], other["end"]) - max(one["start"], other["start"])
    extent: int = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return max(0, shared) / max(1, extent)


def _same_speaker(given: str | None, wanted: str) -> bool:
    surname = re.findall(r"[\w'’-]+", wanted.lower())[-1:]
    return bool(given and surname) and surname[0] in re.findall(r"[\w'’-]+", (given or "").lower())


def score_ask(cases: Sequence[Case]) -> Figures:
    """Evidence hits, exact answers and refusals; `expected` is a list of answers, empty where there is none."""
    refusals = _Counts()
    first = three = exact = answerable = 0
    for case in cases:
        refused = not case.answer.get("answerable")
        refusals.hit += refused and not case.expected
        refusals.extra += refused and bool(case.expected)
        refusals.missed += not refused and not case.expected
        if case.expected:
            answerable += 1
            passages = _passages(case)
            first += _holds(passages[:1], case.expected)
            three += _holds(passages[:3], case.expected)
            exact += any(_normal(case.answer.get("answer") or "") == _normal(gold) for gold in case.expected)
    return {
        "evidence_first": _percent(first, answerable),
        "evidence_first_three": _percent(three, answerable),
        "exact": _percent(exact, answerable),
        **refusals.figures("refusal_"),
    }


def _passages(case: Case) -> list[str]:
    text = case.record["text"]
    return [text[span["start"] : span["end"]] for span in case.answer.get("evidence", ())]


def _holds(passages: Sequence[str], answers: Sequence[str]) -> bool:
    words = f" {_normal(' '.join(passages))} "
    return any(f" {_normal(answer)} " in words for answer in answers if _normal(answer))


def _normal(text: str) -> str:
    blank = str.maketrans(dict.fromkeys(string.punctuation + "“”‘’", " "))
    return " ".join(re.sub(r"\b(?:a|an|the)\b", " ", text.lower().translate(blank)).split())


def score_check(cases: Sequence[Case]) -> Figures:
    """Balanced accuracy of the verdicts and precision of what is let through; `expected` is true or false."""
    true = [bool(case.answer.get("supported")) for case in cases if case.expected]
    false = [bool(case.answer.get("supported")) for case in cases if not case.expected]
    kept, stopped = _percent(sum(true), len(true)), _percent(len(false) - sum(false), len(false))
    return {
        "balanced_accuracy": round((kept + stopped) / 2, 2),
        "kept_true": kept,
        "stopped_false": stopped,
        "precision_shown": _percent(sum(true), sum(true) + sum(false)),
    }


SCORERS: dict[str, Callable[[Sequence[Case]], Figures]] = {
    "extract": score_extract,
    "summarize": score_summarize,
    "quotes": score_quotes,
    "ask": score_ask,
    "check": score_check,
}
