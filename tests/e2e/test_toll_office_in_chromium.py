"""The toll office's month, a claim and the comparison of schemes, looked at in both languages."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.browser import Tab, open_tab
from tests.built_in import built_in_network
from tests.factories import relief_basis, scheme
from tests.offices import PASSWORD, Offices, open_offices
from tests.relief_records import Record
from transport.people import Actor
from transport.relief.calculators import Calculator, CalculatorKind
from transport.relief.claims import Claim, ClaimStep
from transport.relief.entitlement import check_entitlement
from transport.relief.records import FIELDS
from transport.relief.schemes import Ownership, Scheme, SchemeRegister
from transport.relief.trip_facts import TollLine
from transport.services.claiming_relief import decide_claim, open_claim
from transport.services.settling_relief import close_month

pytestmark = pytest.mark.browser
NAMED = scheme(
    name="示范：装配式建筑部品部件通行费减免",
    percent=Decimal(0),
    calculators=(
        Calculator(CalculatorKind.WAIVED_ADD_ON),
        Calculator(CalculatorKind.PERCENTAGE, percent=Decimal(30)),
    ),
    ownership=frozenset({Ownership.GOVERNMENT_LOAN, Ownership.UNKNOWN}),
    materials=frozenset({"precast", "steel", "timber"}),
    starts_on=date(2025, 1, 1),
)
ROADS = (("G6", "1502", "示范公路养护收费单位甲"), ("G65", "1506", "示范经营公司乙"))


def lines(number: int) -> list[TollLine]:
    return [
        TollLine(
            section=road,
            ownership=Ownership.GOVERNMENT_LOAN,
            length_km=Decimal(80),
            amount_yuan=Decimal(16800 + 1500 * number + 700 * place) / 100,
            rule="class 6: 2.10 yuan/km + 1 axles above six x 0.20 yuan/km",
            operator=operator,
            league=league,
            above_six_fen=1600,
        )
        for place, (road, league, operator) in enumerate(ROADS)
    ]


def granted(offices: Offices, number: int, given: Scheme) -> Claim:
    world = offices.world
    _, trip = world.delivered(weighed_t=47.0, component=f"XL-{number + 1:03d}")
    claim = open_claim(
        world.unit_of_work,
        SchemeRegister((given,)),
        actor=world.carrier,
        trip_id=trip.id,
        scheme_id=given.id,
        toll_lines=lines(number),
        toll_status="demonstration",
        now=world.now,
        basis=relief_basis(),
    )
    kinds = ("double_t_slab", "laminated_slab", "steel_h_column")
    facts = replace(claim.facts, earlier_claims=(), component_kind=kinds[number % len(kinds)])
    month = f"2026-{1 + number % 5:02d}"
    with world.unit_of_work() as work:
        claim = work.claims.save(
            replace(claim, facts=facts, month=month, entitlement=check_entitlement(given, facts)),
            changed_by="test",
            at=world.now,
        )
        work.commit()
    for step, who in ((ClaimStep.VERIFY, world.toll_office), (ClaimStep.PAY, world.toll_payer)):
        if step is ClaimStep.PAY and number % 3 == 0:
            continue
        claim = decide_claim(
            world.unit_of_work,
            actor=who,
            number=claim.number,
            step=step,
            expected_version=claim.version,
            now=world.now,
        )
    return claim


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Offices, str, Claim]]:
    """Serve an office with a few granted records, a draft and a synthetic year."""
    opened = open_offices(tmp_path_factory.mktemp("toll") / "data", demonstration=True)
    opened.installation.in_use = built_in_network()
    claims = [granted(opened, number, NAMED) for number in range(6)]
    world, later = opened.world, opened.world.now + timedelta(days=40)
    month = f"{world.now:%Y-%m}"
    close_month(world.unit_of_work, actor=world.toll_payer, month=month, now=later)
    server = make_server("127.0.0.1", 0, opened.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield opened, f"http://127.0.0.1:{server.server_port}", claims[0]
    server.shutdown()
    thread.join(timeout=10)
    opened.installation.close()


def login(opened: Offices, who: Actor) -> str:
    with opened.installation.unit_of_work(read_only=True) as work:
        return work.people.get(who.user_id).login


Opened = Callable[[Actor, str], Tab]


@pytest.fixture
def signed_in(
    office: tuple[Offices, str, Claim], browser: Browser, screenshots: Path
) -> Iterator[Opened]:
    """Sign people in, each in a browser of their own."""
    opened, address, _ = office
    tabs: list[Tab] = []

    def sign_in(who: Actor, path: str) -> Tab:
        made = open_tab(browser, address, screenshots, steps=70)
        tabs.append(made)
        made.page.goto(f"/sign-in?next={path}")
        made.page.fill("#login", login(opened, who))
        made.page.fill("#password", PASSWORD)
        made.go(made.page.locator("main button[type=submit]"))
        return made

    yield sign_in
    for one in tabs:
        one.page.context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screens_of_the_toll_office(
    signed_in: Opened, office: tuple[Offices, str, Claim], language: str
) -> None:
    opened, _, claim = office
    tab = signed_in(opened.world.toll_office, "/toll-office")
    tab.page.goto(f"/language/{language}?next=/toll-office")
    tab.steps = 70 if language == "zh" else 85
    for name, path in (
        ("toll-queue", "/toll-office"),
        ("toll-claim", f"/toll-office/records/{claim.number}"),
        ("toll-month", "/toll-office/report?first=2026-01&last=2026-05"),
        ("toll-tariff", "/toll-office/tariff"),
        ("toll-schemes", "/toll-office/schemes"),
        ("toll-lists", "/toll-office/lists"),
        ("toll-ledger", "/finance/ledger"),
        ("toll-imports", "/toll-office/imports"),
        ("toll-signals", "/toll-office/signals"),
    ):
        tab.open(path)
        tab.show(f"{name}-{language}")
    tab.open("/finance/ledger")
    tab.follow(
        "account?name=bearer:%E7%A4%BA%E8%8C%83%E8%B4%A2%E6%94%BF&first=2026-01&last=2026-05"
    )
    tab.show(f"toll-account-{language}")
    tab.open("/toll-office/simulation")
    tab.fill(name=f"对比 {language}", seed="7", count="2000", year="2026")
    tab.page.check("input[name='schemes'][value='none']")
    tab.page.check("input[name='schemes'][value='demo-2026']")
    tab.send()
    tab.show(f"toll-comparison-{language}")
    tab.open("/toll-office/imports")
    tab.fill(month="2026-05")
    text = io.StringIO()
    for row in ([*FIELDS], Record(1).row(), Record(2, {"record_id": language}).row()):
        text.write(",".join(row) + "\n")
    file = {"name": "may.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    tab.page.set_input_files("#file", file)  # type: ignore[arg-type]
    tab.send()
    tab.show(f"toll-mismatches-{language}")


def test_the_screens_of_finance_and_operators(
    signed_in: Opened, office: tuple[Offices, str, Claim]
) -> None:
    opened, _, _ = office
    world = opened.world
    finance = signed_in(world.finance_checker, "/finance")
    finance.show("finance-home-zh")
    finance.open("/finance/settlements")
    finance.show("finance-settlements-zh")
    finance.go(finance.page.locator("form button[value=approve]").first)
    operator = signed_in(world.operator, "/operator")
    operator.show("operator-home-zh")
    for name in ("records", "settlements"):
        operator.open(f"/operator/{name}")
        operator.show(f"operator-{name}-zh")
