"""Every page, as a visitor and as each kind of user sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests.conftest import Installation
from tests.pages import Visitor
from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NotAvailableError,
    NotFoundError,
    StepNotAllowedError,
    TransportError,
)
from webapp.access import Role, for_role
from webapp.app import create_app

SignedIn = Callable[[str], Visitor]

PUBLIC_PAGES = ("/", "/help", "/sign-in", "/register", "/law")
ADMINISTRATION = (
    "/admin",
    "/admin/organisations",
    "/admin/users",
    "/admin/network",
    "/admin/audit",
)
PEOPLE = (
    "factory",
    "carrier",
    "handler",
    "police",
    "municipal",
    "toll",
    "finance",
    "operator",
    "housing",
    "administrator",
)


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_a_visitor_can_open_the_public_pages(visitor: Visitor, address: str) -> None:
    assert visitor.open(address).language == "zh-CN"


@pytest.mark.parametrize("address", ADMINISTRATION)
def test_the_administrator_can_open_the_administration(signed_in: SignedIn, address: str) -> None:
    assert signed_in("administrator").open(address).headings


@pytest.mark.parametrize("login", [login for login in PEOPLE if login != "administrator"])
def test_nobody_else_can_open_the_administration(signed_in: SignedIn, login: str) -> None:
    page = signed_in(login).open("/admin/organisations", status=403)
    assert "您的角色不能使用此页面" in page.text


@pytest.mark.parametrize("login", PEOPLE)
def test_every_page_of_the_menu_opens(signed_in: SignedIn, login: str) -> None:
    person = signed_in(login)
    menu = [link for link in person.open("/").links if link.startswith("/") and "?" not in link]
    for address in sorted(set(menu) - {"/api/v1/docs"}):
        person.open(address)


def test_a_page_that_does_not_exist_says_so_in_the_readers_language(visitor: Visitor) -> None:
    assert "页面不存在" in visitor.open("/no-such-page", status=404).text


def test_switching_the_language_keeps_the_page_and_is_remembered(visitor: Visitor) -> None:
    page = visitor.open("/help")
    (switch,) = [link for link in page.links if link.startswith("/language/en")]
    answer = visitor.client.get(switch)
    assert answer.location == "/help"
    page = visitor.open("/help")
    assert page.language == "en"
    assert "Unknown" in page.text


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "/\\example.org"])
def test_the_language_switch_never_leads_to_another_site(visitor: Visitor, target: str) -> None:
    answer = visitor.client.get("/language/en", query_string={"next": target})
    assert answer.location == "/"


def test_an_unknown_language_is_not_found(visitor: Visitor) -> None:
    visitor.open("/language/fr", status=404)


def test_the_demonstration_shows_its_sign_ins_and_says_what_it_is(visitor: Visitor) -> None:
    page = visitor.open("/")
    assert "示范环境" in page.text
    assert "administrator" in page.text


def test_every_legal_value_is_shown_with_clause_and_status(
    visitor: Visitor, installation: Installation
) -> None:
    page = visitor.open("/law?on=2026-05-11")
    for subject, key, _ in installation.law.values():
        assert f"{subject}.{key}" in page.ids
    assert "R62" in page.text
    assert "未核实" in page.text


def test_the_law_of_a_day_that_is_no_day_names_the_field(visitor: Visitor) -> None:
    assert "不是日期" in visitor.open("/law?on=yesterday").text


def test_the_background_of_the_map_has_each_road_once(visitor: Visitor) -> None:
    answer = visitor.client.get("/map/network.json")
    roads = [line for group in answer.get_json()["lines"] for line in group["coordinates"]]
    assert len(roads) == 5
    again = visitor.client.get(
        "/map/network.json", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_the_service_is_healthy_when_database_and_network_are_there(visitor: Visitor) -> None:
    answer = visitor.client.get("/healthz")
    assert (answer.status_code, answer.get_json()["status"]) == (200, "ok")


def test_modules_of_the_map_library_are_served_as_javascript(visitor: Visitor) -> None:
    answer = visitor.client.get("/static/vendor/maplibre-gl/maplibre-gl.mjs")
    assert answer.content_type.startswith("text/javascript")
    answer.close()


def test_a_file_that_is_too_large_is_refused_with_a_remedy(installation: Installation) -> None:
    installation.settings = replace(installation.settings, upload_limit_mb=1)
    client = create_app(installation).test_client()
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + b"." * 2**20
    answer = client.post("/register", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "文件过大" in answer.text


def test_over_https_cookies_are_secure_and_browsers_are_told_to_stay(
    installation: Installation,
) -> None:
    installation.settings = replace(installation.settings, https=True)
    visitor = Visitor(create_app(installation).test_client())
    answer = visitor.client.get("/sign-in", base_url="https://localhost")
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_fault_of_ours_shows_a_number_and_no_detail(app: Flask) -> None:
    @app.get("/broken")
    @for_role(Role.ANYONE)
    def broken() -> str:
        raise RuntimeError("a secret of the inside")

    page = Visitor(app.test_client()).open("/broken", status=500)
    assert "系统出现故障" in page.text
    assert "secret" not in page.text


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (NotFoundError("there is no case 7"), 404, "未找到"),
        (StepNotAllowedError("not now", "check_first"), 409, "须先审核再签发"),
        (ConflictError("changed by somebody"), 409, "已有他人先行修改"),
        (InvalidInputError([FieldFault("width_m", "is required", "required")]), 422, "请填写此项"),
        (NotAvailableError("later"), 501, "本版本尚未提供"),
    ],
)
def test_errors_of_the_core_become_pages_with_a_remedy(
    app: Flask, error: TransportError, status: int, said: str
) -> None:
    @app.get("/refusing")
    @for_role(Role.ANYONE)
    def refusing() -> str:
        raise error

    assert said in Visitor(app.test_client()).open("/refusing", status=status).text
