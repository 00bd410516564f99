from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article import (
    Answer,
    Article,
    CheckedStatement,
    Length,
    Mode,
    Paragraph,
    ParagraphKind,
    Quote,
    QuoteKind,
    Sentence,
    Span,
    Speaker,
    Summary,
    SummarySentence,
    Verdict,
)
from bot.storage.codec import KINDS, decode, encode, kind_of, parts

spans = st.tuples(st.integers(0, 300_000), st.integers(0, 300)).map(lambda pair: Span(pair[0], sum(pair)))
texts = st.text(max_size=20) | st.text(alphabet=st.characters(categories=["Cs", "Cc"]), max_size=5)
floats = st.floats(allow_nan=False)
offsets = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))


def tuples(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=3).map(tuple)


def perhaps(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | items


articles = st.builds(
    Article,
    text=texts,
    paragraphs=tuples(st.builds(Paragraph, spans, st.sampled_from(ParagraphKind))),
    sentences=tuples(st.builds(Sentence, spans, st.integers())),
    title=perhaps(texts),
    byline=perhaps(texts),
    published=perhaps(st.datetimes(timezones=offsets)),
    site=perhaps(texts),
    language=perhaps(texts),
    url=perhaps(texts),
    credit=perhaps(texts),
)
quotes = st.builds(
    Quote,
    texts,
    spans,
    st.sampled_from(QuoteKind),
    perhaps(st.builds(Speaker, texts, spans, st.booleans())),
    perhaps(texts),
)
summaries = st.builds(
    Summary,
    tuples(st.builds(SummarySentence, texts, st.sampled_from(Mode), tuples(spans))),
    st.sampled_from(Length),
    perhaps(texts),
)
answers = st.builds(Answer, perhaps(texts), floats, tuples(spans), perhaps(spans))
verdicts = st.builds(
    Verdict,
    st.booleans(),
    floats,
    tuples(st.builds(CheckedStatement, texts, st.booleans(), floats, tuples(spans), perhaps(texts))),
)


@given(articles)
def test_an_article_comes_back_as_it_was(article: Article) -> None:
    assert decode(encode(article), Article) == article


@given(tuples(quotes) | summaries | answers | verdicts)
def test_a_result_comes_back_as_it_was(value: object) -> None:
    assert decode(encode(value), KINDS[kind_of(value)]) == value


def test_a_time_keeps_its_zone() -> None:
    zone = timezone(timedelta(hours=5, minutes=30))
    article = Article("x", (), (), published=datetime(2026, 1, 2, 3, 4, 5, 6, zone))
    back = decode(encode(article), Article)
    assert back is not None
    assert back.published is not None
    assert back.published.utcoffset() == zone.utcoffset(None)


GOOD = json.loads(encode(Summary((SummarySentence("Words.", Mode.EXTRACTED, (Span(0, 6),)),), Length.SHORT)))
SENTENCE = GOOD["sentences"][0]


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"\xff",
        b"null",
        b"[]",
        b"3",
        b'"text"',
        b"{}",
        b"[" * 100_000,
        GOOD | {"unknown": 1},
        {"length": "short"},
        GOOD | {"length": "huge"},
        GOOD | {"length": None},
        GOOD | {"headline": 3},
        GOOD | {"sentences": None},
        GOOD | {"sentences": [None]},
        GOOD | {"sentences": [SENTENCE | {"text": None}]},
        GOOD | {"sentences": [SENTENCE | {"mode": ["extracted"]}]},
        GOOD | {"sentences": [SENTENCE | {"evidence": [[6, 0]]}]},
        GOOD | {"sentences": [SENTENCE | {"evidence": [[-1, 0]]}]},
        GOOD | {"sentences": [SENTENCE | {"evidence": [[0]]}]},
        GOOD | {"sentences": [SENTENCE | {"evidence": [[0, 1, 2]]}]},
        GOOD | {"sentences": [SENTENCE | {"evidence": [[0, True]]}]},
        GOOD | {"sentences": [SENTENCE | {"evidence": [[0, 1.0]]}]},
    ],
)
def test_what_is_damaged_is_absent(damaged: object) -> None:
    assert decode(damaged if isinstance(damaged, bytes) else json.dumps(damaged).encode(), Summary) is None


def test_a_whole_number_serves_as_a_fraction_but_truth_does_not() -> None:
    good = b'{"text":null,"confidence":1,"evidence":[]}'
    assert decode(good, Answer) == Answer(None, 1.0, ())
    assert decode(good.replace(b"1", b"true"), Answer) is None
    assert decode(good.replace(b"1", b"1" * 400), Answer) is None


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, *SENTENCE]) | texts, inner),
    max_leaves=8,
)


@given(plain.map(lambda value: json.dumps(value).encode()) | st.binary(), st.sampled_from([Article, *KINDS.values()]))
def test_reading_never_fails(data: bytes, kind: type[object]) -> None:
    value = decode(data, kind)
    assert value is None or decode(encode(value), kind) == value or math.isnan(getattr(value, "confidence", math.nan))


def test_parts_are_found_at_every_depth() -> None:
    span = Span(0, 1)
    summary = Summary((SummarySentence("x", Mode.EXTRACTED, (span,)),), Length.SHORT)
    assert span in list(parts((summary,)))


def test_only_results_have_a_kind() -> None:
    with pytest.raises(TypeError):
        kind_of(datetime.now(UTC))
