"""A setting's text as its value. Every check raises SettingsError that names the setting.

Texts come from the environment, the command line and settings.toml; a key's text never appears
in a message.
"""

import math
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from aipaint.money import usd_to_micros
from aipaint.settings.errors import SettingsError

_MAX_CAP_USD = Decimal(1_000_000_000)
_MAX_SECONDS = 10 * 365 * 86_400
_MAX_TIMEOUT_SECONDS = 86_400.0
_MAX_KEY_CHARACTERS = 4096
_MAX_NAME_CHARACTERS = 200
_MAX_TEXT_CHARACTERS = 8000


def checked_key(name: str, text: str) -> str:
    """Printable ASCII without spaces, stripped. The value is never shown."""
    key = text.strip()
    if not (key.isascii() and key.isprintable()) or " " in key or len(key) > _MAX_KEY_CHARACTERS:
        raise SettingsError(
            f"{name} holds characters that a key cannot have.",
            "Copy the key again: letters, digits and signs, without spaces or line breaks.",
        )
    return key


def checked_url(name: str, text: str) -> str:
    """http or https, a host, perhaps a path; without the slash at its end."""
    url = text.strip()
    allowed = "It must look like https://api.openai.com/v1."
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        raise SettingsError(f"{name} is not a usable address.", allowed) from None
    if parts.username is not None or parts.password is not None:
        raise SettingsError(f"{name} holds a user name or a password.", allowed)
    is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and port_is_fine
    has_more = "?" in url or "#" in url
    if not is_address or has_more or not url.isprintable() or " " in url:
        raise SettingsError(f'{name} is "{_short(url)}", which is not a usable address.', allowed)
    return url.rstrip("/")


def checked_model(name: str, text: str) -> str:
    model = text.strip()
    if not model.isprintable() or len(model) > _MAX_NAME_CHARACTERS:
        raise SettingsError(f"{name} is not the name of a model.", "Type one short line.")
    return model


def checked_text(name: str, text: str) -> str:
    """Several lines of words, stripped."""
    words = text.strip()
    is_text = all(letter.isprintable() or letter in "\n\t" for letter in words)
    if not is_text or len(words) > _MAX_TEXT_CHARACTERS:
        raise SettingsError(
            f"{name} is no text that can be used.",
            f"Use words and line breaks, at most {_MAX_TEXT_CHARACTERS} characters.",
        )
    return words


def checked_cap_micros(name: str, text: str) -> int:
    """Dollars as micro-dollars, rounded up."""
    try:
        dollars = Decimal(_plain(text))
        # Before it becomes an integer: "1e999999" would take minutes and all memory.
        if dollars.is_finite() and 0 <= dollars <= _MAX_CAP_USD:
            return usd_to_micros(dollars)
    except InvalidOperation:
        pass
    raise SettingsError(
        f'{name} is "{_short(text)}", which is not an amount in US dollars.',
        "It must be a number such as 10 or 2.50, from 0 (unlimited) to 1000000000.",
    )


def checked_whole_seconds(name: str, text: str) -> int:
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 12 and int(digits) <= _MAX_SECONDS:
        return int(digits)
    raise SettingsError(
        f'{name} is "{_short(text)}", which is not a number of seconds.',
        "It must be a whole number, 0 or more (0 turns it off).",
    )


def checked_count(name: str, text: str) -> int:
    """0..99, such as pictures, minutes or jobs."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 2:
        return int(digits)
    raise SettingsError(
        f'{name} is "{_short(text)}", which is not a count.', "It must be a whole number, 0 to 99."
    )


def checked_jobs_at_once(name: str, text: str) -> int:
    count = checked_count(name, text)
    if 1 <= count <= 8:
        return count
    raise SettingsError(f"{name} is {count}.", "It must be a whole number, 1 to 8.")


def checked_minutes(name: str, text: str) -> int:
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 6 and int(digits):
        return int(digits)
    raise SettingsError(
        f'{name} is "{_short(text)}", which is not a number of minutes.',
        "It must be a whole number, 1 or more.",
    )


def checked_timeout_seconds(name: str, text: str) -> float:
    try:
        seconds = float(_plain(text))
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= _MAX_TIMEOUT_SECONDS:
        raise SettingsError(
            f'{name} is "{_short(text)}", which is not a time limit in seconds.',
            "It must be a number above 0 and not above 86400.",
        )
    return seconds


def _plain(text: str) -> str:
    """A number as people write it; Python would also take "1_0" and other scripts' digits."""
    return text.strip() if text.isascii() and "_" not in text else "not a number"


def _short(text: str) -> str:
    line = " ".join(text.split())
    line = "".join(letter if letter.isprintable() else "?" for letter in line)
    return line if len(line) <= 60 else line[:57] + "..."
