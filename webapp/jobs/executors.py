"""Many processes of this machine, or a Dask cluster, behind `concurrent.futures`.

The same function with the same arguments gives the same results on either. A process that dies
takes nothing with it: what it had not returned is worked out again.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from transport.errors import FieldFault, InvalidInputError, NotAvailableError

T = TypeVar("T")
_CONNECT_S = "15s"
# A pool whose processes were killed is made anew so often; then something is wrong with the work.
_MOST_POOLS = 4


class Workforce:
    """Runs one function over many arguments; results come as they are ready, with their place."""

    def __init__(self, workers: int, scheduler: str | None) -> None:
        self._workers, self._scheduler = workers, scheduler

    def run(
        self, function: Callable[..., T], arguments: Sequence[tuple[Any, ...]]
    ) -> Iterator[tuple[int, T]]:
        """Yield the place and result of every call.

        Function and arguments travel to other processes. Raise InvalidInputError where no cluster
        answers at the address, NotAvailableError where the extra 'dask' is not installed.
        """
        if self._scheduler is not None:
            yield from self._on_cluster(function, arguments)
        elif self._workers == 1:
            yield from ((place, function(*each)) for place, each in enumerate(arguments))
        else:
            yield from self._on_processes(function, arguments)

    def _on_processes(
        self, function: Callable[..., T], arguments: Sequence[tuple[Any, ...]]
    ) -> Iterator[tuple[int, T]]:
        left = dict(enumerate(arguments))
        # Started afresh: compiled code and threads of this process are not to be copied.
        context = multiprocessing.get_context("spawn")
        for attempt in range(1, _MOST_POOLS + 1):
            try:
                with ProcessPoolExecutor(self._workers, mp_context=context) as pool:
                    for place, result in _drain(pool, function, left):
                        del left[place]
                        yield place, result
            except BrokenProcessPool:
                if attempt == _MOST_POOLS:
                    raise
            else:
                return

    def _on_cluster(
        self, function: Callable[..., T], arguments: Sequence[tuple[Any, ...]]
    ) -> Iterator[tuple[int, T]]:
        try:
            import distributed  # noqa: PLC0415 - the extra 'dask' alone
        except ImportError as missing:
            message = "a cluster needs the extra 'dask': pip install 'dajian[dask]'"
            raise NotAvailableError(message) from missing
        if "://" not in str(self._scheduler):
            message = f"'{self._scheduler}' is no address like tcp://127.0.0.1:8786"
            raise InvalidInputError([FieldFault("scheduler", message, "no_scheduler")])
        try:
            connect: Any = distributed.Client
            client = connect(self._scheduler, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as wrong:
            message = f"no Dask scheduler answers at {self._scheduler}"
            raise InvalidInputError([FieldFault("scheduler", message, "no_scheduler")]) from wrong
        try:
            # pure=False: equal calls are made twice rather than mixed up with an older run's.
            with client.get_executor(pure=False) as pool:
                yield from _drain(pool, function, dict(enumerate(arguments)))
        finally:
            client.close()


def _drain(
    pool: Executor, function: Callable[..., T], arguments: dict[int, tuple[Any, ...]]
) -> Iterator[tuple[int, T]]:
    """Hand everything out; yield results as they come."""
    given: dict[Future[T], int] = {
        pool.submit(function, *each): place for place, each in arguments.items()
    }
    try:
        for one in as_completed(given):
            yield given[one], one.result()
    finally:
        for one in given:
            one.cancel()
