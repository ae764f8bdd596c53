"""Steps of the engineer: survey what is missing, close a bridge, convene a panel, sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from transport.evaluation.words import Result
from transport.permits.case import Case
from transport.permits.expert_panel import Expert, ExpertField, Panel
from transport.services.convening_panels import Call, act_of_panel, convene, keep_expert
from transport.services.engineering_desk import (
    Asked,
    Ground,
    Measured,
    decide,
    evaluate_case,
    keep_measurements,
    place_of,
    waiting,
)
from transport.services.signing_reports import sign_report
from transport.services.stepping import StepRequest
from webapp.demonstration.cast import Cast
from webapp.demonstration.structures import (
    HOLDS,
    SURVEYORS,
    bridge_surveys,
    found_at,
    picture,
)

HALF_A_YEAR = timedelta(days=182)
_REASONS = {
    "asphalt": "示范：按附录E验算，路基顶面压应变与路面结构应力的比值均大于1.0",
    "swept_path": "示范：按附录C三维仿真，车辆分次转弯，轮迹与货物扫掠范围均在路面内",
}
# What is found may ask for more; a few rounds are enough.
_ROUNDS = 4
_ROSTER = (
    ("示范专家甲", "正高级工程师", "示范桥梁设计研究院", ("bridges",)),
    ("示范专家乙", "教授", "示范交通大学", ("bridges", "pavement")),
    ("示范专家丙", "高级工程师", "示范公路检测中心", ("bridges", "tunnels")),
    ("示范专家丁", "高级工程师", "示范道路设计院", ("pavement", "traffic")),
    ("示范专家戊", "研究员", "示范交通科学研究所", ("bridges", "traffic")),
    ("示范专家己", "高级工程师", "示范大件物流协会", ("transport",)),
    ("示范专家庚", "高级工程师", "包头示范箱房厂", ("bridges", "transport")),
)
_FIELDS = {
    "organisation": "示范交通评价咨询有限公司",
    "certificate": "示范资质（演示）第0001号",
    "responsible_head": "示范负责人",
    "technical_head": "示范经办员甲",
    "project_head": "示范项目负责人",
    "main_staff": "示范工程师甲、示范工程师乙",
}


class EngineerSteps(Cast):
    """What the engineers of the transport department do."""

    def know_bridges(self, day: date) -> None:
        """Put the invented surveys of all bridges on file, once."""
        network = self.services.network()
        self.services.passage_records.add("measurements", list(bridge_surveys(network, day)))

    def fill_roster(self, now: datetime) -> None:
        """Put the invented experts on the roster."""
        first = date(now.year, 1, 1)
        for name, title, employer, fields in _ROSTER:
            subjects = tuple(map(ExpertField, fields))
            expert = Expert(
                "", name, employer, subjects, first, first.replace(year=now.year + 3), title
            )
            keep_expert(
                self.services.unit_of_work, actor=self.people["handler"], expert=expert, now=now
            )

    def survey_all(self, case: Case, who: str, now: datetime) -> None:
        """Survey whatever the evaluation of a case misses, with photographs."""
        shade = 0
        for _ in range(_ROUNDS):
            on, more = self._ground(now.date()), False
            for task in evaluate_case(case, on).surveys:
                found = found_at(task, on.network)
                if not found:
                    continue
                more, shade = True, shade + 1
                self.survey(case, who, now, task.element, found, shade)
            if not more:
                return

    def survey(
        self,
        case: Case,
        who: str,
        now: datetime,
        element: str,
        found: Mapping[str, Any],
        shade: int = 0,
    ) -> None:
        """Enter what was found at one place."""
        day = now.date()
        kept = self.services.documents.put(picture(shade * 13), f"{shade}.png")
        keep_measurements(
            self.services.unit_of_work,
            self._ground(day),
            actor=self.people[who],
            case=case,
            element=element,
            found=Measured(found, SURVEYORS, day, day + HOLDS, pictures=(kept.digest,)),
            now=now,
        )

    def decide_open(self, case: Case, who: str, now: datetime) -> None:
        """Sign the full checks of pavements and turns that neither table nor survey settles."""
        on = self._ground(now.date())
        passage = evaluate_case(case, on)
        turns = [one for one in passage.checks if one.result is Result.NEEDS_SURVEY]
        for finding in (*waiting(passage), *turns):
            reason = _REASONS.get(finding.check)
            if reason is None:
                continue
            decide(
                self.services.unit_of_work,
                on,
                actor=self.people[who],
                case=case,
                finding=finding,
                site=place_of(finding),
                asked=Asked(Result.PASS, reason, now.date() + HALF_A_YEAR),
                now=now,
            )

    def convene_panel(self, case: Case, who: str, now: datetime, question: str) -> Panel:
        """Let three experts of bridges sit; the clock stands still."""
        with self.services.unit_of_work(read_only=True) as work:
            act = act_of_panel(work.cases.get(case.number))
        request = StepRequest(self.people[who], case.number, act.id, act.version, now)
        call = Call(question, 10, {ExpertField.BRIDGES: 3})
        return convene(
            self.services.unit_of_work,
            self.services.calendar,
            request=request,
            call=call,
            lot="demonstration",
        )

    def sign_evaluation(self, case: Case, who: str, now: datetime) -> None:
        """Sign the report of a case, where its evaluation has a conclusion."""
        on = self._ground(now.date())
        passage = evaluate_case(case, on)
        if passage.conclusion is None:
            return
        details = {"project_name": f"{case.application.cargo.project}构件运输", **_FIELDS}
        contract = dict(case.application.route.contract)
        papers = self.services.papers
        sign_report(
            self.services.unit_of_work,
            self.services.documents,
            actor=self.people[who],
            number=case.number,
            passage=passage,
            details=details,
            printed=lambda sheet: (
                papers.evaluation_report(passage, on.network, contract, details, sheet).content
            ),
            now=now,
        )

    def _ground(self, day: date) -> Ground:
        services = self.services
        return Ground(
            services.network(),
            services.evaluation_tables,
            services.law,
            day,
            services.passage_records,
        )
