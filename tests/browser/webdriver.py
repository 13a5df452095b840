"""A page in headless Chromium, driven over the WebDriver protocol with the standard library.

Debian's packages ``chromium`` and ``chromium-driver`` are all it needs.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
MISSING = "Chromium and its driver are not installed (Debian: chromium, chromium-driver)"
_PORT = re.compile(r"started successfully on port (\d+)")
_LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_TIMEOUT = 120
_AXE = Path(__file__).parent / "axe" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ASK = f"""
axe.run(document, {{runOnly: {_RULES}, resultTypes: ['violations']}}).then(found =>
  arguments[arguments.length - 1](found.violations.map(v => v.id + ': ' +
    v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | '))));
"""


class Browser:
    """One browser with one window; `close` ends it and its driver."""

    def __init__(self) -> None:
        assert CHROMIUM and DRIVER, MISSING
        self._profile = tempfile.TemporaryDirectory(prefix="browser-test-")
        self._driver = subprocess.Popen(
            [DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            assert self._driver.stdout is not None
            port = next(found[1] for line in self._driver.stdout if (found := _PORT.search(line)))
            self._base = f"http://127.0.0.1:{port}"
            self._base += f"/session/{self._session()}"
        except BaseException:
            self._end()
            raise

    def _session(self) -> str:
        options = {
            "binary": CHROMIUM,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--disable-background-networking", "--disable-component-update", "--no-first-run",
                "--disable-dev-shm-usage", f"--user-data-dir={self._profile.name}",
            ],
        }  # fmt: skip
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
        }
        made = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        return str(made["sessionId"])

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data=data, method=method)
        try:
            with _LOCAL.open(request, timeout=_TIMEOUT) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from None

    def cdp(self, command: str, **parameters: Any) -> Any:
        """A command of the DevTools protocol."""
        return self._call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, page: Path, width: int = 1400, *, dark: bool = False) -> None:
        """Show a file at a width, in the light or the dark scheme."""
        self.logs("performance"), self.logs("browser")
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=900, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        calm = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.cdp("Emulation.setEmulatedMedia", features=[scheme, calm])
        self._call("POST", "/url", {"url": page.as_uri()})

    def run(self, script: str, *arguments: Any) -> Any:
        """The value that a script returns; it runs beside the page, whose policy does not bind it."""
        return self._call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_until_done(self, script: str) -> Any:
        """The value that a script hands to its last argument."""
        return self._call("POST", "/execute/async", {"script": script, "args": []})

    def once(self, expression: str) -> Any:
        """The expression's value as soon as it is true: events reach a busy page a moment later."""
        return self.run_until_done(
            "const done = arguments[arguments.length - 1];"
            f"const look = () => {{ const v = {expression}; v ? done(v) : setTimeout(look, 20); }};"
            "look();"
        )

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the page as it stands, everything unfolded."""
        self.run("document.querySelectorAll('details').forEach(d => { d.open = true; });")
        self.run(_AXE.read_text(encoding="utf-8"))
        return list(self.run_until_done(_ASK))

    def press(self, keys: str) -> None:
        """Keys as somebody at the keyboard presses them."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        body = {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}
        self._call("POST", "/actions", body)

    def click(self, css: str) -> None:
        """Click on the first element that fits."""
        element = self._call("POST", "/element", {"using": "css selector", "value": css})
        self._call("POST", f"/element/{next(iter(element.values()))}/click", {})

    def logs(self, kind: str) -> list[dict[str, Any]]:
        """What was logged since the last call: ``performance`` or ``browser``."""
        found = self._call("POST", "/se/log", {"type": kind})
        return list(found)

    def requests(self) -> list[str]:
        """Addresses that were asked for since `open`."""
        messages = [json.loads(entry["message"])["message"] for entry in self.logs("performance")]
        return [
            m["params"]["request"]["url"]
            for m in messages
            if m["method"] == "Network.requestWillBeSent"
        ]

    def picture(self) -> bytes:
        """The whole page as PNG."""
        size = self.cdp("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.cdp("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(shot["data"])

    def pdf(self) -> bytes:
        """The page as it is printed."""
        printed = self.cdp("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(printed["data"])

    def close(self) -> None:
        """End the browser and its driver."""
        try:
            self._call("DELETE", "")
        finally:
            self._end()

    def _end(self) -> None:
        self._driver.terminate()
        self._driver.wait(30)
        if self._driver.stdout is not None:
            self._driver.stdout.close()
        self._profile.cleanup()
