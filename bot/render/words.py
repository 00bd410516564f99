"""The words of the interface, by language: everything a card or a button says that is not the article's.

One TOML file a language in `languages/`; a key that is missing there is an error that the tests find. Which language
a reader wants is decided by the caller.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "de", "es", "fr")
_COMMANDS = "commands"


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of one language; `{…}` are filled by `str.format`."""

    quotes: str
    evidence: str
    quoted_in_part: str
    speaker_likely: str
    speaker_unknown: str
    no_quotes: str
    shorter: str
    longer: str
    ask: str
    delete: str
    ask_title: str
    ask_label: str
    ask_placeholder: str
    does_not_say: str
    closest_passage: str
    from_the_article: str
    all_extracted: str
    some_rewritten: str
    all_supported: str
    reading_time: str
    saves: str
    shared_before: str
    page: str
    in_line: str
    only_requester: str
    deleted: str
    gone: str
    too_many: str
    not_allowed: str
    fault: str
    nothing_found: str
    how_to_ask: str
    paste_title: str
    paste_label: str
    paste_more: str
    missing_permissions: str
    yes: str
    no: str
    settings_title: str
    settings_channels: str
    settings_roles: str
    settings_everybody: str
    settings_lengths: str
    settings_languages: str
    settings_style: str
    settings_styles: str
    settings_private: str
    settings_limits: str
    settings_per_hour: str
    settings_check: str
    check_fine: str
    check_missing: str
    check_gone: str
    check_no_content: str
    limits_user: str
    limits_guild: str
    limits_wrong: str
    privacy: str
    privacy_here: str
    privacy_server: str
    forgotten: str
    digest_left_out: str
    digest_empty: str
    digest_disagree: str
    digest_outlets: str
    digest_posts: str
    digest_reactions: str
    digest_replies: str
    digest_followed: str
    digest_lost: str
    digest_name: str
    digest_next: str
    digest_none: str
    digest_ran: str
    digest_paused: str
    feed_added: str
    feeds_imported: str


def words(locale: str) -> Words:
    """The words for a Discord locale such as "de" or "es-419"; English where the language is not there."""
    table = dict(_load(_language(locale)))
    table.pop(_COMMANDS, None)
    return Words(**{name: str(value) for name, value in table.items()})


def command_words(locale: str) -> dict[str, str]:
    """Names and descriptions of commands by their English wording; empty for a language that is not there."""
    language = locale.partition("-")[0].lower()
    commands = _load(language).get(_COMMANDS, {}) if language in LANGUAGES else {}
    return commands if isinstance(commands, dict) else {}


def _language(locale: str) -> str:
    language = locale.partition("-")[0].lower()
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def _load(language: str) -> dict[str, object]:
    text = files("bot.render").joinpath("languages", f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
