"""A browser's window on the app: what it shows, and what went wrong in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Response

DONE = "[data-testid=stApp][data-test-script-state=notRunning]"
DRAWN = """() => !document.querySelector('[data-testid=stSkeleton]') &&
  [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(
    chart => !chart.checkVisibility() || chart.querySelector('canvas, svg'))"""
FITS = """async () => {
  const boxes = () => [document.documentElement, document.querySelector('[data-testid=stMain]')]
  for (let tries = 0; tries < 60; tries++) {  // charts follow a new width a little later
    if (boxes().every(box => box.scrollWidth <= box.clientWidth)) return true
    await new Promise(later => setTimeout(later, 50))
  }
  return false
}"""
PROBES = ("/_stcore/health", "/_stcore/host-config")
FOCUS = "() => document.activeElement.getAttribute('aria-label') || ''"


def _is_error(said: ConsoleMessage) -> bool:
    """Whether the console shows an error; an answer that was refused is seen by itself."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


def _refused(got: Response) -> bool:
    """Whether a file was missing; below a page's address Streamlit first looks for its server."""
    looking = got.status == 404 and got.url.endswith(PROBES)
    return got.status >= 400 and not looking


class Window:
    """`troubles`: errors in the console, answers ≥ 400, and requests to others than `here`."""

    WIDE: ClassVar[int] = 1400
    PHONE: ClassVar[int] = 390

    def __init__(self, page: Page, home: str, *also: str) -> None:
        """Watch a page that has not gone anywhere yet; `also`: who else may be asked."""
        self.page, self.home = page, home
        self.here = (*(f"{one}/" for one in (home, *also)), "data:", "blob:")
        self.troubles: list[str] = []
        page.on("console", lambda said: self._note(said.text, wrong=_is_error(said)))
        page.on("pageerror", lambda error: self._note(str(error), wrong=True))
        page.on("request", lambda sent: self._note(sent.url, wrong=self._is_elsewhere(sent.url)))
        page.on("response", lambda got: self._note(f"{got.status} {got.url}", wrong=_refused(got)))

    def _note(self, trouble: str, *, wrong: bool) -> None:
        if wrong:
            self.troubles.append(trouble)

    def _is_elsewhere(self, url: str) -> bool:
        return not url.startswith(self.here)

    def goes_to(self, address: str) -> Self:
        """Open the address and wait until the page stands, with its fonts."""
        self.page.goto(f"{self.home}/{address}", wait_until="domcontentloaded")
        self.page.get_by_role("heading", level=1).wait_for(timeout=20_000)
        return self.settled()

    def settled(self) -> Self:
        """Wait until the script has run, charts are drawn and fonts are there."""
        self.page.locator(DONE).wait_for(timeout=20_000)
        self.page.wait_for_function(DRAWN)
        self.page.evaluate("() => document.fonts.ready")
        return self

    def resized(self, width: int, height: int = 900) -> Self:
        """Make the window this wide."""
        self.page.set_viewport_size({"width": width, "height": height})
        return self.settled()

    def fits(self) -> bool:
        """Whether the page is as wide as its window; a table may scroll inside."""
        return bool(self.page.evaluate(FITS))

    def focused(self) -> str:
        """What the focused element is called."""
        return str(self.page.evaluate(FOCUS))

    def pictured(self, path: Path) -> None:
        """Save a picture of the whole page: Streamlit scrolls inside, so the window grows."""
        width = int(self.page.evaluate("innerWidth"))
        measure = "() => document.querySelector('[data-testid=stMain]').scrollHeight"
        self.resized(width, int(self.page.evaluate(measure)) + 20)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)
        self.resized(width)
