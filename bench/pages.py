"""What our pages cost the server, over what an empty page costs under Streamlit's own settings."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.metric import Metric, Results, percentile
from bench.served import Served, empty_page, kongthun
from bench.viewer import Viewer, viewing
from services.demo import write_demo

HEAVIEST, FIRST = "heaviest page ÷ empty page", "first page after start (CPU s)"
FIRST_WALL, OPENING = "first page after start (wall s)", "first sight of a page (CPU s)"
TARGETS = {HEAVIEST: 1.0, FIRST: 0.5, OPENING: 0.5}  # the aim for the heaviest page: 0.75
STARTS, PAUSE = 3, 0.25
THINK, ARRIVING, WATCHED = 10.0, 10.0, 20.0


def measured_pages(folder: Path, *, seed: int, reruns: int, crowds: Sequence[int]) -> Results:
    """Measure every page of the navigation on the demo province, written into `folder`.

    Raises:
        PageFailedError: a page sent an exception. NotServedError: a server did not start.
    """
    data = folder / "demo"
    write_demo(data)
    results = _first_pages(data, folder / "first.log")
    with (
        kongthun(folder / "ours.log", {"KONGTHUN_DATA": str(data)}) as ours,
        empty_page(folder) as empty,
    ):
        results += asyncio.run(_against_empty(ours, empty, reruns))
    with kongthun(folder / "crowd.log", {"KONGTHUN_DATA": str(data)}) as ours:
        for number in crowds:
            results += asyncio.run(_crowd(ours, number, Random(seed)))
    return results


@dataclass(frozen=True)
class Cost:
    """Of one run: the server's processor seconds until it is quiet again, and the wait."""

    cpu: float
    wall: float


async def _cost(
    served: Served, viewer: Viewer, page: str = "", chosen: Mapping[str, str] | None = None
) -> Cost:
    before = served.cpu_seconds()
    sent = await viewer.run(page, chosen)
    await asyncio.sleep(PAUSE)
    return Cost(served.cpu_seconds() - before, sent.seconds)


def _first_pages(data: Path, log: Path) -> Results:
    costs = []
    for _ in range(STARTS):
        with kongthun(log, {"KONGTHUN_DATA": str(data)}) as served:
            costs.append(asyncio.run(_first_page(served)))
    cpu, wall = tuple(cost.cpu for cost in costs), tuple(cost.wall for cost in costs)
    return Results((Metric(FIRST, cpu, TARGETS[FIRST]), Metric(FIRST_WALL, wall)))


async def _first_page(served: Served) -> Cost:
    async with viewing(served) as viewer:
        return await _cost(served, viewer)


async def _against_empty(ours: Served, empty: Served, reruns: int) -> Results:
    """Every page and the empty one in turn, each by its own viewer."""
    async with AsyncExitStack() as stack:
        blank = await stack.enter_async_context(viewing(empty))
        await _cost(empty, blank)
        first = await (await stack.enter_async_context(viewing(ours))).run()
        viewers = {name: await stack.enter_async_context(viewing(ours)) for name in first.pages}
        opening = []
        for name, page in first.pages.items():
            opening.append((await _cost(ours, viewers[name], page)).cpu)
            await _see_every_choice(viewers[name], page)
        floor: list[float] = []
        costs: dict[str, list[float]] = {name: [] for name in first.pages}
        for _ in range(reruns):
            floor.append((await _cost(empty, blank)).cpu)
            for name, page in first.pages.items():
                costs[name].append((await _cost(ours, viewers[name], page)).cpu)
    heaviest = max(costs.values(), key=statistics.median)
    ratios = tuple(page / blank for page, blank in zip(heaviest, floor, strict=True))
    counts = {"empty page (CPU ms)": _thousandths(floor)}
    counts |= {f"/{name} (CPU ms)": _thousandths(cost) for name, cost in costs.items()}
    opened = Metric(OPENING, (max(opening),), TARGETS[OPENING])
    return Results((Metric(HEAVIEST, ratios, TARGETS[HEAVIEST]), opened), counts)


async def _see_every_choice(viewer: Viewer, page: str) -> None:
    """Choose each year, or whatever the page's first drop-down offers: none may be an exception."""
    choices = (await viewer.run(page)).choices
    for widget, options in list(choices.items())[:1]:
        for option in options:
            await viewer.run(page, {widget: option})
    await viewer.run(page)
    await asyncio.sleep(PAUSE)


def _thousandths(seconds: Sequence[float]) -> float:
    return round(statistics.median(seconds) * 1000, 1)


async def _crowd(served: Served, number: int, chance: Random) -> Results:
    """So many viewers at once, each looking at a page for ten seconds on average."""
    before, start = served.cpu_seconds(), time.monotonic()
    waits = await asyncio.gather(
        *(_one_of_many(served, chance.uniform(0, ARRIVING), chance) for _ in range(number))
    )
    busy = (served.cpu_seconds() - before) / (time.monotonic() - start)
    reruns = [wait for viewer in waits for wait in viewer[1:]] or [0.0]
    first = [wait for viewer in waits for wait in viewer[:1]]
    name = f"{number} viewers"
    metrics = (
        Metric(f"{name}: p50 (wall s)", (percentile(reruns, 0.5),)),
        Metric(f"{name}: p95 (wall s)", (percentile(reruns, 0.95),)),
        Metric(f"{name}: first page p95", (percentile(first, 0.95),)),
    )
    counts = {
        f"{name}: pages": sum(map(len, waits)),
        f"{name}: core use": round(busy, 2),
        f"{name}: RSS (MB)": round(served.memory()),
    }
    return Results(metrics, counts)


async def _one_of_many(served: Served, arrival: float, chance: Random) -> list[float]:
    """Come, open the first page, think, open any page, until the watch is over: the waits."""
    end = time.monotonic() + WATCHED
    await asyncio.sleep(arrival)
    async with viewing(served) as viewer:
        first = await viewer.run()
        waits = [first.seconds]
        while (think := chance.expovariate(1 / THINK)) < end - time.monotonic():
            await asyncio.sleep(think)
            waits.append((await viewer.run(chance.choice(list(first.pages.values())))).seconds)
        await asyncio.sleep(max(0.0, end - time.monotonic()))
    return waits
