"""A client that checks every page it opens, as a careful reader would."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
STATIC = Path(__file__).parents[1] / "webapp" / "static"
DEMONSTRATION_PASSWORD = "steppe-road-2026"
_FIELDS = {"input", "select", "textarea"}
_NEEDS_NO_LABEL = {"hidden", "submit", "button"}


class SteadyClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = datetime(2026, 5, 11, 9, 0, tzinfo=CHINA)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def move(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


@dataclass
class Page(HTMLParser):
    """One answer, parsed: what the checks look at and what tests ask for."""

    status: int
    source: str
    language: str = ""
    title: str = ""
    headings: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    ids: list[str] = field(default_factory=list)
    fields: list[dict[str, str]] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    images_without_text: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    token: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.source)

    @property
    def text(self) -> str:
        """Everything a reader sees, blanks collapsed."""
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        if tag == "html":
            self.language = found.get("lang", "")
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "label" and "for" in found:
            self.labelled.add(found["for"])
        if tag in _FIELDS:
            self.fields.append({"tag": tag, **found})
            if found.get("name") == "csrf_token":
                self.token = found["value"]
        if tag == "a":
            self.links.append(found.get("href", ""))
        if tag == "img" and "alt" not in found:
            self.images_without_text.append(found.get("src", ""))
        self._look_for_inline(tag, found)
        for name in ("src", "href", "data-library", "data-fallback"):
            if name in found and tag != "a":
                self.files.append(found[name])

    def _look_for_inline(self, tag: str, found: dict[str, str]) -> None:
        if tag == "style" or (tag == "script" and "src" not in found):
            self.forbidden.append(f"inline <{tag}>")
        self.forbidden += [
            f"{name} on <{tag}>" for name in found if name == "style" or name.startswith("on")
        ]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "title" in self._open[-1:]:
            self.title += data
        elif "h1" in self._open:
            self.headings.append(data)
        if not {"script", "style", "title"} & set(self._open[-1:]):
            self.words.append(data)

    def check(self) -> None:
        """Assert what must hold for every page."""
        assert self.title.strip(" –"), "the page has no title"
        assert self.language in {"zh-CN", "en"}
        assert self.source.count("<h1") == 1, "a page has one main heading"
        assert self.forbidden == []
        assert self.images_without_text == []
        assert len(self.ids) == len(set(self.ids)), "an id occurs twice"
        nameless = [
            one.get("name", "")
            for one in self.fields
            if one.get("type") not in _NEEDS_NO_LABEL
            and one.get("id") not in self.labelled
            and "aria-label" not in one
        ]
        assert nameless == [], "fields without a label"
        foreign = [file for file in self.files if urlsplit(file).netloc]
        assert foreign == [], "the page asks another host"
        missing = [
            file
            for file in self.files
            if file.startswith("/static/")
            and not (STATIC / urlsplit(file).path.removeprefix("/static/")).is_file()
        ]
        assert missing == [], "files that do not exist"


class Visitor:
    """A person with a browser: opens pages, sends forms, signs in; every page is checked."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def open(self, address: str, status: int = 200) -> Page:
        """Open a page and check it."""
        return self._read(self.client.get(address), status)

    def send(
        self, address: str, form: dict[str, Any] | None = None, status: int = 302, **more: Any
    ) -> Page:
        """Send a form with its token; follow a redirect and check the page where one lands."""
        self.token = self.token or self.open("/sign-in").token
        data = {"csrf_token": self.token, **(form or {}), **more}
        answer = self.client.post(address, data=data)
        assert answer.status_code == status, answer.text
        if answer.location:
            return self._read(self.client.get(answer.location, follow_redirects=True), 200)
        return self._read(answer, status)

    def sign_in(self, login: str, password: str = DEMONSTRATION_PASSWORD) -> Page:
        """Sign in; the demonstration's people all have the same password."""
        self.token = ""
        page = self.send("/sign-in", login=login, password=password)
        self.token = page.token
        return page

    def sign_out(self) -> Page:
        """Sign out."""
        page = self.send("/sign-out")
        self.token = ""
        return page

    def _read(self, answer: Any, status: int) -> Page:
        assert answer.status_code == status, f"{answer.status_code}: {answer.text}"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        page = Page(status=answer.status_code, source=answer.text)
        page.check()
        self.token = page.token or self.token
        return page
