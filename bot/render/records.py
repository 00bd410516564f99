"""Values as plain JSON records: the shapes of the batch contract, shared by `--json` and the exports.

Offsets count Unicode code points in the article's text. Nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.article import Answer, Article, Quote, Span, Summary, Verdict

Record = dict[str, Any]


def span_record(span: Span) -> Record:
    """A span as `{"start", "end"}`."""
    return {"start": span.start, "end": span.end}


def span_records(spans: Iterable[Span]) -> list[Record]:
    """Spans in their order."""
    return [span_record(span) for span in spans]


def article_record(article: Article) -> Record:
    """What the `extract` task gives for a page."""
    return {
        "title": article.title,
        "byline": article.byline,
        "published": article.published.isoformat() if article.published else None,
        "site": article.site,
        "language": article.language,
        "text": article.text,
    }


def quote_record(quote: Quote) -> Record:
    """One quote; the speaker's fields are null where nobody is named."""
    speaker = quote.speaker
    return {
        "text": quote.text,
        "start": quote.span.start,
        "end": quote.span.end,
        "speaker": speaker.name if speaker else None,
        "speaker_start": speaker.span.start if speaker else None,
        "speaker_end": speaker.span.end if speaker else None,
        "inferred": speaker.inferred if speaker else None,
        "cue": quote.cue,
        "kind": quote.kind.value,
    }


def quote_records(quotes: Iterable[Quote]) -> list[Record]:
    """Quotes in their order."""
    return [quote_record(quote) for quote in quotes]


def summary_records(summary: Summary) -> list[Record]:
    """The sentences of a summary with their evidence."""
    return [
        {"text": sentence.text, "mode": sentence.mode.value, "evidence": span_records(sentence.evidence)}
        for sentence in summary.sentences
    ]


def answer_record(answer: Answer) -> Record:
    """An answer; `answer` is null where the article does not say."""
    return {
        "answer": answer.text,
        "answerable": answer.answerable,
        "confidence": round(answer.confidence, 4),
        "evidence": span_records(answer.evidence),
    }


def verdict_record(verdict: Verdict) -> Record:
    """A verdict, statement by statement."""
    return {
        "supported": verdict.supported,
        "score": round(verdict.score, 6),
        "statements": [
            {
                "text": statement.text,
                "supported": statement.supported,
                "evidence": span_records(statement.evidence),
                "reason": statement.reason,
            }
            for statement in verdict.statements
        ],
    }
