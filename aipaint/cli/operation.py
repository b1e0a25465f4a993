"""`edit`, `remove`, `outpaint` and the other operations: from files to files."""

from argparse import Namespace

from aipaint.cli.asked import asked_picture, chosen_options
from aipaint.cli.chosen_project import chosen_project
from aipaint.cli.confirm import confirm
from aipaint.cli.exit_code import ExitCode
from aipaint.cli.result_files import ResultFiles
from aipaint.cli.run_and_tell import run_and_tell
from aipaint.cli.workplace import Workplace
from aipaint.errors import UsageError
from aipaint.generation.compose import check_options
from aipaint.generation.enter_job import enter_job
from aipaint.generation.free_watch import FreeWatch
from aipaint.generation.job import Job
from aipaint.generation.price_lookup import look_price_up


def operation(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Everything that can be refused is refused before a job is entered or money reserved."""
    project = chosen_project(arguments)
    options = chosen_options(arguments, workplace)
    desk = workplace.desk
    provider = desk.provider(options.provider)
    if not provider.readiness():
        provider.describe(options.model, FreeWatch(workplace.cancelled))
    model = desk.model(options)
    check_options(options, model)
    look_price_up(provider, model.id, desk, FreeWatch(workplace.cancelled))
    asked = asked_picture(arguments, options)
    missing = provider.readiness()
    if missing:
        raise UsageError(missing)
    files = ResultFiles.planned(arguments.output, asked.name, options)
    confirm(desk.estimate(asked.picture, options), said_yes=arguments.yes)
    job = Job(options, asked.picture, original=asked.original, cancelled=workplace.cancelled)
    job.project = project
    enter_job(job, desk)
    return run_and_tell(job, desk, files, arguments)
