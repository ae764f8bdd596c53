"""Signing in and out, sessions, forged forms, registration and approval."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.conftest import Installation
from tests.pages import DEMONSTRATION_PASSWORD, Visitor

SignedIn = Callable[[str], Visitor]

FIRM = {
    "role": "carrier",
    "name": "锡林郭勒试验运输有限公司",
    "credit_code": "91152502MA0N000001",
    "admin_code": "152500",
    "contact_name": "联系人",
    "contact_phone": "0479-0000000",
    "login": "new.firm",
    "password": "long enough 2026",
}


def test_signing_in_leads_back_to_the_page_asked_for(visitor: Visitor) -> None:
    answer = visitor.client.get("/admin/users")
    assert answer.location == "/sign-in?next=/admin/users"
    visitor.open(answer.location)
    page = visitor.send(
        "/sign-in",
        login="administrator",
        password=DEMONSTRATION_PASSWORD,
        next="/admin/users",
    )
    assert "人员" in page.title


@pytest.mark.parametrize("login", ["administrator", "nobody.at.all"])
def test_a_wrong_password_is_refused_without_telling_who_exists(
    visitor: Visitor, login: str
) -> None:
    page = visitor.send("/sign-in", status=401, login=login, password="guess")
    assert "登录名或密码有误" in page.text


def test_guessing_is_stopped_and_allowed_again_later(
    visitor: Visitor, installation: Installation
) -> None:
    for _ in range(5):
        visitor.send("/sign-in", status=401, login="carrier", password="guess")
    page = visitor.send("/sign-in", status=429, login="carrier", password=DEMONSTRATION_PASSWORD)
    assert "分钟后再试" in page.text
    installation.steady_clock.move(minutes=16)
    assert "退出登录" in visitor.sign_in("carrier").text


def test_signing_out_needs_a_form_and_ends_the_session(signed_in: SignedIn) -> None:
    person = signed_in("administrator")
    assert person.client.get("/sign-out").status_code == 405
    person.sign_out()
    assert person.client.get("/admin").status_code == 302


def test_the_session_of_a_visitor_does_not_survive_signing_in(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    Visitor(client).sign_in("carrier")
    with client.session_transaction() as session:
        assert "planted" not in session


def test_a_form_without_its_token_is_refused_and_changes_nothing(
    signed_in: SignedIn, installation: Installation
) -> None:
    person = signed_in("administrator")
    answer = person.client.post("/admin/users/carrier/disable", data={})
    assert answer.status_code == 400
    with installation.unit_of_work(read_only=True) as work:
        user = work.people.by_login("carrier")
    assert user is not None
    assert user.active


def test_disabling_a_user_ends_the_running_session(signed_in: SignedIn) -> None:
    carrier, administrator = signed_in("carrier"), signed_in("administrator")
    administrator.send("/admin/users/carrier/disable")
    assert carrier.client.get("/password").location == "/sign-in?next=/password"


def test_a_first_password_must_be_changed_before_anything_else(
    signed_in: SignedIn, app: Flask
) -> None:
    page = signed_in("administrator").send("/admin/users/carrier/reset")
    first = page.text.split("的初始密码：", maxsplit=1)[1].split("（", maxsplit=1)[0]
    person = Visitor(app.test_client())
    page = person.sign_in("carrier", first)
    assert "初始密码由他人设置" in page.text
    new = "my own words 2026"
    form = {"old_password": first, "new_password": new, "repeated_password": "different words"}
    assert "两次输入不一致" in person.send("/password", form, status=422).text
    assert "密码已修改" in person.send("/password", form, repeated_password=new).text
    person.sign_out()
    assert "退出登录" in person.sign_in("carrier", new).text


def test_a_firm_registers_and_signs_in_after_approval(
    visitor: Visitor, signed_in: SignedIn, installation: Installation
) -> None:
    assert "注册已提交" in visitor.send("/register", FIRM, status=200).text
    password = FIRM["password"]
    visitor.send("/sign-in", status=401, login="new.firm", password=password)
    with installation.unit_of_work(read_only=True) as work:
        firm = work.organisations.by_name(FIRM["name"])
    assert firm is not None
    administrator = signed_in("administrator")
    assert FIRM["name"] in administrator.open("/admin").text
    decision = f"/admin/organisations/{firm.id}/decision"
    administrator.send(decision, answer="approve", version=firm.version)
    assert FIRM["name"] in visitor.sign_in("new.firm", password).text
    # The second administrator comes too late and hears it.
    page = administrator.send(decision, status=409, answer="reject", version=firm.version)
    assert "现在不能办理这一步" in page.text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "请填写此项"),
        ("credit_code", "123", "18 位"),
        ("login", "a", "3 至 40"),
        ("password", "short", "至少 10 个字符"),
        ("role", "police", "请选择构件生产企业或物流企业"),
        ("admin_code", "", "请填写此项"),
    ],
)
def test_a_faulty_registration_names_the_field_and_the_remedy(
    visitor: Visitor, field: str, value: str, message: str
) -> None:
    page = visitor.send("/register", {**FIRM, field: value}, status=422)
    assert f"#{field}" in page.links
    assert message in page.text
    assert page.title.startswith("错误")


def test_cookies_of_sessions_are_kept_from_scripts_and_other_sites(visitor: Visitor) -> None:
    page = visitor.open("/sign-in")
    answer = visitor.client.post(
        "/sign-in",
        data={
            "csrf_token": page.token,
            "login": "carrier",
            "password": DEMONSTRATION_PASSWORD,
        },
    )
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
