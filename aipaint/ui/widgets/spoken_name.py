"""`spoken_name`: what stands on a button, without the mark of its key."""


def spoken_name(text: str) -> str:
    """ "&Save" is "Save"; "R&&D" is "R&D"."""
    return "&".join(part.replace("&", "") for part in text.split("&&"))
