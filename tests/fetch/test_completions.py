from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime

import pytest
from model_server import MODEL, Handler, ModelServer, broken, llama_cpp, lm_studio, ollama, silent, stream, told, vllm
from model_server import whole as whole_json

from bot.config import WriterServer
from bot.errors import WriterUnavailable
from bot.fetch.completion import Chat, Completion
from bot.fetch.completions import CompletionServer

CHAT = Chat("You shorten.", "Shorten this sentence.", 24)
TEXT = "The bridge “opens” in 2031 – at last."
KEY = "sk-a-key-that-nobody-may-see"
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


class Waits(list[float]):
    """Keeps how long was waited, and waits not at all."""

    async def sleep(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


def client(server: ModelServer, waits: Waits | None = None, **settings: float) -> CompletionServer:
    config = WriterServer(url=server.url, model=MODEL, **settings)  # type: ignore[arg-type]
    slept = Waits() if waits is None else waits
    return CompletionServer(config, KEY, sleep=slept.sleep, chance=lambda: 1.0, clock=lambda: NOW)


@pytest.mark.parametrize("dialect", [vllm, llama_cpp, ollama, lm_studio])
@pytest.mark.parametrize(("end", "finished"), [("stop", True), ("length", False)])
async def test_every_dialect_is_understood(server: ModelServer, dialect: type, end: str, *, finished: bool) -> None:
    server.answers = [stream(*dialect(TEXT, end))]
    assert await client(server).complete([CHAT]) == [Completion(TEXT, finished)]


async def test_a_stream_that_comes_byte_by_byte_is_the_same(server: ModelServer) -> None:
    content = b"".join(vllm(TEXT))
    server.answers = [stream(*(content[index : index + 1] for index in range(len(content))))]
    assert await client(server).complete([CHAT]) == [Completion(TEXT, finished=True)]


async def test_an_answer_without_a_reason_to_finish_may_have_been_cut(server: ModelServer) -> None:
    server.answers = [stream(*vllm(TEXT)[:-2], b"data: [DONE]\n\n")]
    assert await client(server).complete([CHAT]) == [Completion(TEXT, finished=False)]


async def test_a_server_that_knows_no_streams_is_understood(server: ModelServer) -> None:
    choice = {"index": 0, "message": {"role": "assistant", "content": TEXT}, "finish_reason": "stop"}
    server.answers = [whole_json({"object": "chat.completion", "choices": [choice]})]
    assert await client(server).complete([CHAT]) == [Completion(TEXT, finished=True)]


async def test_the_model_is_asked_for_its_likeliest_words_within_the_limit(server: ModelServer) -> None:
    await client(server).complete([CHAT])
    assert server.bodies == [
        {
            "model": MODEL,
            "messages": [{"role": "system", "content": CHAT.system}, {"role": "user", "content": CHAT.user}],
            "max_tokens": 24,
            "temperature": 0,
            "stream": True,
        }
    ]
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


async def test_no_more_is_asked_at_once_than_allowed_and_answers_keep_their_order(server: ModelServer) -> None:
    chats = [Chat("", str(number), 8) for number in range(9)]
    server.answers = [stream(*vllm(TEXT), pause=0.002)]
    assert len(await client(server, parallel=3).complete(chats)) == 9
    assert server.most_at_once == 3
    assert sorted(body["messages"][1]["content"] for body in server.bodies) == [str(number) for number in range(9)]


async def test_nothing_asked_is_nothing_sent(server: ModelServer) -> None:
    assert await client(server).complete([]) == []
    assert server.bodies == []


@pytest.mark.parametrize(
    "fault",
    [
        told(429),
        told(500),
        told(503),
        broken(),
        broken(*vllm(TEXT)[:3]),
        stream(*vllm(TEXT)[:3]),
        stream(*vllm(TEXT)[:1], b"data: [DONE]\n\n"),
        stream(b'data: {"error": {"message": "out of memory", "code": 500}}\n\n', b"data: [DONE]\n\n"),
        stream(b'error: {"code": 500, "message": "slot failed", "type": "server_error"}\n\n'),
        stream(*ollama(TEXT)[:2], b'{"error": "llama runner process has terminated"}\n'),
        stream(b"event: error\ndata: overloaded\n\n"),
    ],
)
async def test_what_may_pass_is_asked_again(server: ModelServer, fault: Handler) -> None:
    waits = Waits()
    server.answers = [fault, fault, stream(*vllm(TEXT))]
    assert await client(server, waits).complete([CHAT]) == [Completion(TEXT, finished=True)]
    assert waits == [0.5, 1.0]


async def test_a_server_that_stays_broken_is_given_up(server: ModelServer) -> None:
    server.answers = [told(503)]
    with pytest.raises(WriterUnavailable, match=r"at 127.0.0.1:\d+ answered with status 503"):
        await client(server, retries=3).complete([CHAT])
    assert len(server.bodies) == 4


@pytest.mark.parametrize(("header", "waited"), [("7", 7.0), ("Tue, 03 Mar 2026 12:00:09 GMT", 9.0), ("soon", 0.5)])
async def test_a_busy_server_says_when_to_come_back(server: ModelServer, header: str, waited: float) -> None:
    waits = Waits()
    server.answers = [told(429, Retry_After=header), stream(*vllm(TEXT))]
    await client(server, waits).complete([CHAT])
    assert waits == [waited]


async def test_who_is_to_come_back_too_late_does_not_wait(server: ModelServer) -> None:
    waits = Waits()
    server.answers = [told(429, Retry_After="3600")]
    with pytest.raises(WriterUnavailable, match="429"):
        await client(server, waits).complete([CHAT])
    assert waits == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (told(401), "It refuses the key"),
        (told(404), "writer_server.model"),
        (told(418), "answered with status 418"),
        (told(302, Location="http://elsewhere.example/v1"), "redirects elsewhere"),
        (stream(b"<html>Hello</html>", content_type="text/html"), "does not answer as a model's server does"),
        (stream(b"data: <html>\n\n"), "not of the form"),
        (stream(b"data: []\n\n"), "not of the form"),
        (stream(b'data: {"choices": {}}\n\n'), "not of the form"),
        (stream(b"data: " + b"[" * 100_000 + b"\n\n"), "not of the form"),
        (stream(b"data: " + b"x" * 300_000), "an event of more than"),
        (stream(*[b": nothing\n\n" * 100_000] * 5), "sent more than"),
        (stream(*vllm("word " * 10_000)), "wrote more than"),
    ],
)
async def test_what_will_not_pass_is_told_at_once(server: ModelServer, fault: Handler, words: str) -> None:
    server.answers = [fault]
    with pytest.raises(WriterUnavailable) as caught:
        await client(server).complete([CHAT])
    assert words in caught.value.sentence
    assert len(server.bodies) == 1


async def test_a_chat_that_is_refused_costs_the_others_nothing(server: ModelServer) -> None:
    server.answers = [told(400), stream(*vllm(TEXT))]
    assert await client(server, parallel=1).complete([CHAT, CHAT]) == [None, Completion(TEXT, finished=True)]


async def test_a_refusal_inside_the_stream_counts_as_one(server: ModelServer) -> None:
    too_long = b'error: {"code":400,"message":"the request exceeds the context size"}\n\ndata: [DONE]\n\n'
    server.answers = [stream(too_long), stream(*vllm(TEXT))]
    assert await client(server, parallel=1).complete([CHAT, CHAT]) == [None, Completion(TEXT, finished=True)]


async def test_a_server_that_refuses_everything_does_not_write(server: ModelServer) -> None:
    server.answers = [told(400)]
    with pytest.raises(WriterUnavailable, match="takes nothing of what it is sent"):
        await client(server).complete([CHAT, CHAT])


async def test_silence_is_not_waited_out(server: ModelServer) -> None:
    server.answers = [silent(*vllm(TEXT)[:2])]
    with pytest.raises(WriterUnavailable, match="did not answer in time"):
        await client(server, idle_seconds=0.1).complete([CHAT])
    assert len(server.bodies) == 1


async def test_a_sign_of_life_is_no_answer(server: ModelServer) -> None:
    server.answers = [stream(*[b": processing\n\n"] * 1_000, pause=0.02)]
    with pytest.raises(WriterUnavailable, match=r"did not finish within 0\.2 seconds"):
        await client(server, timeout_seconds=0.2).complete([CHAT])


async def test_a_server_that_is_down_is_told_in_words() -> None:
    with ModelServer() as gone:
        pass
    with pytest.raises(WriterUnavailable, match="refused the connection"):
        await client(gone).complete([CHAT])
    with pytest.raises(WriterUnavailable, match="refused the connection"):
        await client(gone).models()


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.7\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 999 \xff\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000 + b"\r\n\r\n",
        _HEAD + b"Content-Length: 100\r\n\r\ndata: {",
        _HEAD + b"Content-Length: -1\r\n\r\n",
        _HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\ndata",
        _HEAD + b"Content-Encoding: gzip\r\n\r\nno gzip at all",
    ],
)
async def test_what_is_no_http_is_told_in_words(raw_server: Callable[[bytes], Awaitable[int]], answer: bytes) -> None:
    config = WriterServer(url=f"http://127.0.0.1:{await raw_server(answer)}", model=MODEL)
    with pytest.raises(WriterUnavailable, match="The writer's server at 127"):
        await CompletionServer(config, sleep=Waits().sleep).complete([CHAT])


async def test_a_thought_that_never_ends_is_no_answer(server: ModelServer) -> None:
    server.answers = [stream(*vllm("<think>Let me see", "length"))]
    assert await client(server).complete([CHAT]) == [Completion("", finished=False)]


async def test_what_a_filter_withholds_is_no_answer(server: ModelServer) -> None:
    server.answers = [stream(*vllm(TEXT, "content_filter"))]
    assert await client(server).complete([CHAT]) == [Completion("", finished=False)]


async def test_the_models_are_listed(server: ModelServer) -> None:
    assert await client(server).models() == (MODEL,)
    server.models = whole_json({"object": "list", "data": None})
    assert await client(server).models() == ()
    assert server.paths == ["/v1/models", "/v1/models"]


@pytest.mark.parametrize("answer", [told(400), told(500), told(401), whole_json([]), whole_json({"data": 3})])
async def test_a_server_that_lists_no_models_says_so(server: ModelServer, answer: Handler) -> None:
    server.models = answer
    with pytest.raises(WriterUnavailable):
        await client(server).models()


@pytest.mark.parametrize(("path", "asked"), [("", "/v1"), ("/", "/v1"), ("/v1/", "/v1"), ("/openai/v1", "/openai/v1")])
async def test_an_address_alone_means_version_one(server: ModelServer, path: str, asked: str) -> None:
    url = f"http://127.0.0.1:{server.port}{path}"
    await CompletionServer(WriterServer(url=url, model=MODEL)).complete([CHAT])
    assert server.paths == [f"{asked}/chat/completions"]
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize("fault", [told(400), told(401), told(404), told(500), broken(), silent()])
async def test_neither_key_nor_text_gets_into_a_message_or_a_log(
    server: ModelServer, fault: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers = [fault]
    with pytest.raises(WriterUnavailable) as caught:
        await client(server, idle_seconds=0.05).complete([CHAT])
    error: BaseException | None = caught.value
    said = caplog.text + caught.value.sentence + json.dumps(server.paths)
    while error is not None:
        said += repr(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    assert KEY not in said
    assert CHAT.user not in said
