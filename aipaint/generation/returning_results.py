"""`ReturningResults`: what an earlier session bought for a document comes to its strip."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from aipaint.generation.candidate import Candidate
from aipaint.generation.desk import Desk
from aipaint.generation.review import Review
from aipaint.generation.waiting_results import waiting_results

Then: TypeAlias = Callable[[], None]


class ReturningResults:
    """Main thread. `behind` does work on a worker and then calls here what it returns; `show` puts
    results on the strip."""

    def __init__(
        self,
        review: Review,
        desk: Desk,
        behind: Callable[[Callable[[], Then | None]], None],
        show: Callable[[tuple[Candidate, ...]], None],
    ) -> None:
        self._review = review
        self._desk = desk
        self._behind = behind
        self._show = show

    def look(self) -> None:
        """For the document that is open: whatever was finished for it, and was not used."""
        document = self._review.document
        shown = frozenset(one.job_id for one in self._review.candidates)

        def work() -> Then | None:
            found = waiting_results(document, shown, self._desk)
            return partial(self._arrived, document, found) if found else None

        self._behind(work)

    def _arrived(self, document: str, found: tuple[Candidate, ...]) -> None:
        if document == self._review.document:  # still
            self._show(found)
