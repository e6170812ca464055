"""How far a job is."""

from thidua.jobs.running import current


def progress(done: int, of: int) -> None:
    """Say, inside a running job, that ``done`` parts ``of`` all are done; else do nothing.

    Cheap enough for every row: it only notes the two numbers, which are written once a second.
    It is also where a job ends that must: when the worker is told to stop, or has lost the job to
    another one. So call it where an end leaves nothing half done: between two deeds, or inside one.
    """
    running = current.get()
    if running is not None:
        running.report(done, of)
