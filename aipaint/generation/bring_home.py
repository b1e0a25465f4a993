"""`bring_home`: what a session had to leave in a second place, moved into the data folder."""

from collections.abc import Callable

from aipaint.errors import StorageError
from aipaint.generation.second_place import SecondPlace
from aipaint.history.history import History


def bring_home(
    second_place: SecondPlace, history: History, is_alive: Callable[[str], bool]
) -> tuple[str, ...]:
    """At start, before anything is recovered. Sentences for the user; none if nothing was there.

    What a living process waits with is left to it; what the disk still refuses stays where it is.
    """
    moved, left = 0, ""
    for parked in second_place.parked():
        try:
            job = history.job(parked.job_id)
            if job is not None and is_alive(job.owner):
                continue
            history.store_found(parked.job_id, parked.path.read_bytes(), parked.extension)
        except FileNotFoundError:
            continue  # another start was faster
        except (StorageError, OSError) as trouble:
            left = f"A picture that was bought still waits in {parked.path.parent}. {trouble}"
            continue
        second_place.forget(parked.path)
        moved += 1
    pictures = "A picture" if moved == 1 else f"{moved} pictures"
    was = "was" if moved == 1 else "were"
    home = f"{pictures} that the disk had no room for {was} moved home: look into the inbox."
    return (*((home,) if moved else ()), *((left,) if left else ()))
