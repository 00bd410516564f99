"""The line on a card that leads to an earlier answer about the same article in the same server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render.words import words
from bot.storage.articles import article_hash

if TYPE_CHECKING:
    from bot.article import Article
    from bot.storage.requests import Request
    from bot.storage.store import Store


async def shared_before(store: Store, request: Request, article: Article) -> list[str]:
    """The line, as a card takes its notes; none where this is the first answer, or nobody else could see it."""
    if request.guild is None:
        return []
    earlier = await store.requests.earlier(request.guild, article_hash(article.text), request.id)
    if earlier is None or earlier.answer_channel is None:
        return []
    link = f"https://discord.com/channels/{request.guild}/{earlier.answer_channel}/{earlier.answer}"
    when = f"<t:{int(earlier.accepted.timestamp())}:R>"
    return [f"↩ [{words(request.locale).shared_before}]({link}) · <@{earlier.user}> · {when}"]
