from __future__ import annotations

import asyncio
import json
from datetime import time
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from fakes import FakeEncoder

from bot.cli.main import run
from bot.config import load
from bot.core import assembly
from bot.core.engine import Engine
from bot.core.schedule import EVERY_DAY
from bot.storage.articles import article_hash
from bot.storage.digests import DigestPlan
from bot.storage.requests import Kind, Wish
from bot.storage.store import Store
from bot.text.segment import segment

SAMPLE = (Path(__file__).parents[2] / "bot" / "samples" / "harbour_bridge.txt").read_text()
TITLE = "City to close <harbour> bridge"
ARTICLE = segment(SAMPLE.split("\n\n", 2)[2], title=TITLE, url="https://news.example/bridge")
GUILD, CHANNEL, MESSAGE = 11, 22, 33
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(assembly, "build_engine", lambda _: Engine(FakeEncoder, lambda: None))


@pytest.fixture
def digest() -> str:
    """The number of a digest of a server in which one article was answered about."""
    return str(asyncio.run(_keep()))


async def _keep() -> int:
    plan = DigestPlan(GUILD, CHANNEL, 1, "News", time(8), "Europe/Berlin", EVERY_DAY)
    async with await Store.open(load(None).storage) as store:
        digest = await store.digests.create(plan)
        await store.articles.save(ARTICLE)
        wish = Wish(Kind.SUMMARIZE, GUILD, CHANNEL, 1, "link", b"https://news.example/bridge", message=MESSAGE)
        (request,) = await store.requests.accept([wish])
        await store.requests.set_article(request.id, article_hash(ARTICLE.text))
        await store.requests.set_answer(request.id, CHANNEL, 44)
    return digest.id


def test_digests_are_listed(digest: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", "list"]) == 0
    assert capsys.readouterr().out.split() == [digest, "News", "server", "11", "08:00", "Europe/Berlin,", "daily"]


def test_without_digests_the_list_says_how_one_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", "list"]) == 0
    assert "/digest create" in capsys.readouterr().out


def test_json_has_the_story_with_its_article_and_post(digest: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", "export", digest, "--format", "json"]) == 0
    (story,) = json.loads(capsys.readouterr().out)["stories"]
    assert story["headline"] == TITLE
    assert all(sentence in ARTICLE.text for sentence in story["sentences"])
    assert story["articles"][0]["url"] == "https://news.example/bridge"
    assert story["articles"][0]["posts"] == ["https://discord.com/channels/11/22/33"]


@pytest.mark.parametrize(("kind", "begins"), [("markdown", "# News, "), ("html", "<!doctype html>"), ("json", "{")])
def test_an_edition_goes_to_a_file(
    digest: str, kind: str, begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "edition"
    assert run(["digest", "export", digest, "--format", kind, "--output", str(file)]) == 0
    assert capsys.readouterr().out == ""
    text = file.read_text()
    assert text.startswith(begins)
    assert "https://news.example/bridge" in text
    assert "https://discord.com/channels/11/22/33" in text
    assert kind == "json" or " <harbour>" not in text


def test_atom_has_an_entry_for_each_day_with_news(digest: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["digest", "export", digest, "--format", "atom", "--days", "3", "--address", "https://x.example/feed"]
    assert run(words) == 0
    feed = fromstring(capsys.readouterr().out)  # noqa: S314  its own output
    assert feed.findtext(f"{ATOM}id") == "https://x.example/feed"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert "harbour" in (entry.findtext(f"{ATOM}content") or "")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["999"], "no digest 999"),
        (["1", "--days", "3"], "holds one edition"),
        (["1", "--output", "no/such/folder"], "cannot be written"),
    ],
)
@pytest.mark.usefixtures("digest")
def test_a_slip_is_told(options: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", "export", *options]) == 2
    assert told in capsys.readouterr().err
