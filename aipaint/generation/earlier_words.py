"""`earlier_words`: what a language model answered to the same question a short while ago."""

import logging
from dataclasses import dataclass

from aipaint.errors import AipaintError
from aipaint.generation.desk import Desk
from aipaint.generation.finish_job import recent_purchase
from aipaint.history.records import JobRecord
from aipaint.money import Micros

_LOG = logging.getLogger(__name__)
_ANSWER, _BOUGHT_BY = "refined", "refined_by"


@dataclass(frozen=True)
class EarlierWords:
    """`answer` as it came; `bought_by` is the job that paid for it, `record` the last that used
    it."""

    answer: str
    bought_by: str
    record: JobRecord


def earlier_words(fingerprint: str, desk: Desk) -> EarlierWords | None:
    """None where nobody asked, or the words are gone. Raises StorageError."""
    record = recent_purchase(fingerprint, desk)
    plan = (record.plan or {}) if record is not None else {}
    answer = plan.get(_ANSWER)
    if record is None or not isinstance(answer, str):
        return None
    return EarlierWords(answer, str(plan.get(_BOUGHT_BY) or record.id), record)


def paid_for(words: EarlierWords, desk: Desk) -> Micros:
    """What they cost when they were bought. Raises StorageError."""
    paying = desk.history.job(words.bought_by)
    return (paying.actual_micros or 0) if paying is not None else 0


def keep_words(job_id: str, answer: str, desk: Desk, bought_by: str = "") -> None:
    """Whoever asks the same again gets them; without them it is only bought again."""
    words = {_ANSWER: answer} | ({_BOUGHT_BY: bought_by} if bought_by else {})
    try:
        record = desk.history.job(job_id)
        plan = dict(record.plan or {}) if record is not None else {}
        desk.history.set_plan(job_id, plan | words)
    except AipaintError as error:
        _LOG.info("The words of a refine call could not be kept: %s", error)
