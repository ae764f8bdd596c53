"""The enquiries of the demonstration: one for each status that a route can have."""

from __future__ import annotations

from webapp.demonstration.loads import EXTENDABLE, LOW_BED, NORTHERN, Load
from webapp.demonstration.telling import Story, Teller, later


def feasible(teller: Teller) -> Story[None]:
    """Ask for a module on a surveyed corridor."""
    now = yield teller.days.at(3, 9)
    module = Load("volumetric_module", ("BT-MK-051",), LOW_BED, "呼和浩特示范公寓")
    way = ("包头东河示范箱房厂", "呼和浩特东部新城示范工地")
    enquiry = teller.enquire(module, way, now)
    now = yield later(now, 30)
    teller.hand_over(enquiry, now)


def conditional(teller: Teller) -> Story[None]:
    """Ask for a small house over roads whose width nobody has measured."""
    now = yield teller.days.at(3, 11)
    house = Load("small_house", ("HL-MW-014",), NORTHERN, "室韦示范木刻楞")
    way = ("呼伦贝尔示范木构件基地", "室韦示范木刻楞工地")
    teller.enquire(house, way, now, factory="factory.hulunbuir")


def unknown(teller: Teller) -> Story[None]:
    """Ask for a slab so long that a turn must be surveyed first."""
    now = yield teller.days.at(2, 9)
    slab = Load("double_t_slab", ("ER-TT-022",), EXTENDABLE, "康巴什示范场馆")
    way = ("鄂尔多斯示范预制构件基地", "康巴什示范场馆工地")
    teller.enquire(slab, way, now, factory="factory.ordos")


def infeasible(teller: Teller) -> Story[None]:
    """Ask for a way into the old town, whose street is narrower than the load."""
    now = yield teller.days.at(2, 10)
    module = Load("volumetric_module", ("BT-MK-052",), LOW_BED, "呼和浩特示范旧城改造")
    teller.enquire(module, ("包头东河示范箱房厂", "呼和浩特旧城示范工地"), now)


def unreachable(teller: Teller) -> Story[None]:
    """Ask for a site whose only access road is still being built."""
    now = yield teller.days.at(1, 9)
    wall = Load("sandwich_wall", ("ER-WQ-302",), LOW_BED, "达拉特示范产业园")
    way = ("鄂尔多斯示范预制构件基地", "达拉特示范产业园工地")
    teller.enquire(wall, way, now, factory="factory.ordos")


QUESTIONS = (feasible, conditional, unknown, infeasible, unreachable)
