"""Work that exists for tests alone; `DONE` tells what was done."""

from datetime import time, timedelta

from thidua.core.errors import Invalid
from thidua.jobs.errors import Hopeless
from thidua.jobs.progress import progress
from thidua.jobs.work import work

DONE: list[int] = []


@work(name="samples.note", title="ghi một số")
def note(number: int) -> None:
    DONE.append(number)
    progress(1, of=2)


@work(name="samples.refuse", title="từ chối", tries=3)
def refuse() -> None:
    raise Invalid("Máy chủ thư từ chối người nhận.")


@work(name="samples.stumble", title="vấp", tries=2)
def stumble() -> None:
    raise ZeroDivisionError("chia cho không")


@work(name="samples.give_up", title="bỏ ngay", tries=9)
def give_up() -> None:
    raise Hopeless("Tệp đã bị xóa.")


@work(name="samples.often", title="mười phút một lần", every=timedelta(minutes=10))
def often() -> None:
    DONE.append(10)


@work(name="samples.nightly", title="mỗi đêm", every=timedelta(days=1), at=time(2))
def nightly() -> None:
    DONE.append(2)


@work(name="samples.long", title="việc dài")
def long(parts: int) -> None:
    """Report after each part; another worker or a wish to stop may end it there."""
    for part in range(parts):
        DONE.append(part)
        progress(part + 1, of=parts)
