"""The words for outcomes, roles, kinds and faults, in the reader's language.

Code values come from the contract; their texts stand here once. `say` never fails: a word without
a text is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from transport.errors import FieldFault

WORDS: dict[str, dict[str, LazyString]] = {
    "route": {
        "feasible": _l("Feasible"),
        "conditional": _l("Feasible under conditions"),
        "unknown": _l("Survey needed"),
        "infeasible": _l("Not feasible"),
        "unreachable": _l("Not connected"),
    },
    "passability": {
        "pass": _l("Passes"),
        "conditional": _l("Under conditions"),
        "unknown": _l("Unknown"),
        "fail": _l("Does not pass"),
    },
    "finding": {
        "within_limit": _l("Within the limit"),
        "permit_needed": _l("Permit needed"),
        "not_allowed": _l("Not allowed"),
        "unknown": _l("Unknown"),
    },
    "certainty": {
        "known": _l("Known"),
        "assumed": _l("Assumed by class"),
        "demonstration": _l("Demonstration value"),
        "unknown": _l("Unknown"),
    },
    "legal_status": {
        "verified": _l("Verified"),
        "unverified": _l("Unverified"),
        "assumption": _l("Assumption"),
        "demonstration": _l("Demonstration value"),
    },
    "token": {
        "valid": _l("Valid"),
        "expired": _l("Expired"),
        "not_yet": _l("Not valid yet"),
        "revoked": _l("Revoked"),
        "unknown_key": _l("Unknown key"),
        "forged": _l("Forged or altered"),
        "unreadable": _l("Unreadable"),
    },
    "role": {
        "factory": _l("Component factory"),
        "carrier": _l("Logistics firm"),
        "transport": _l("Transport department"),
        "police": _l("Traffic police"),
        "municipal": _l("Municipal department"),
        "toll_office": _l("Toll office"),
        "housing": _l("Housing department"),
        "administrator": _l("Administrator"),
    },
    "structure": {
        "bridge": _l("Bridge"),
        "tunnel": _l("Tunnel"),
        "overbridge": _l("Overbridge"),
        "toll_station": _l("Toll station"),
        "level_crossing": _l("Level crossing"),
        "junction": _l("Junction"),
    },
    "owner": {
        "highway": _l("Highway"),
        "municipal": _l("City street"),
        "forestry": _l("Forestry road"),
        "private": _l("Private road"),
        "village": _l("Village road"),
        "unknown": _l("Owner unknown"),
    },
    "material": {
        "precast": _l("Precast concrete"),
        "steel": _l("Steel"),
        "timber": _l("Timber"),
    },
    "trailer": {
        "low_bed": _l("Low-bed trailer"),
        "hydraulic": _l("Hydraulic modular trailer"),
        "special": _l("Special trailer"),
    },
    "area": {
        "150100": _l("Hohhot"),
        "150200": _l("Baotou"),
        "150300": _l("Wuhai"),
        "150400": _l("Chifeng"),
        "150500": _l("Tongliao"),
        "150600": _l("Ordos"),
        "150700": _l("Hulunbuir"),
        "150800": _l("Bayannur"),
        "150900": _l("Ulanqab"),
        "152200": _l("Hinggan League"),
        "152500": _l("Xilingol League"),
        "152900": _l("Alxa League"),
        "150000": _l("Inner Mongolia (whole region)"),
        "110000": _l("Beijing"),
        "120000": _l("Tianjin"),
        "130000": _l("Hebei"),
        "140000": _l("Shanxi"),
        "210000": _l("Liaoning"),
        "220000": _l("Jilin"),
        "230000": _l("Heilongjiang"),
        "310000": _l("Shanghai"),
        "320000": _l("Jiangsu"),
        "330000": _l("Zhejiang"),
        "340000": _l("Anhui"),
        "350000": _l("Fujian"),
        "360000": _l("Jiangxi"),
        "370000": _l("Shandong"),
        "410000": _l("Henan"),
        "420000": _l("Hubei"),
        "430000": _l("Hunan"),
        "440000": _l("Guangdong"),
        "450000": _l("Guangxi"),
        "460000": _l("Hainan"),
        "500000": _l("Chongqing"),
        "510000": _l("Sichuan"),
        "520000": _l("Guizhou"),
        "530000": _l("Yunnan"),
        "540000": _l("Tibet"),
        "610000": _l("Shaanxi"),
        "620000": _l("Gansu"),
        "630000": _l("Qinghai"),
        "640000": _l("Ningxia"),
        "650000": _l("Xinjiang"),
    },
    "limit": {
        "signed_height_m": _l("Signed height"),
        "clear_height_m": _l("Clear height"),
        "signed_width_m": _l("Signed width"),
        "clear_width_m": _l("Clear width"),
        "signed_length_m": _l("Signed length"),
        "signed_mass_t": _l("Signed mass"),
        "signed_axle_t": _l("Signed axle load"),
        "rated_mass_t": _l("Rated mass of the bridge"),
        "turn_length_m": _l("Length that can turn"),
    },
    "law_subject": {
        "size_limits": _l("Sizes that need no permit"),
        "mass_limits": _l("Masses that need no permit"),
        "permitted_axle_loads": _l("Axle loads that can be permitted"),
        "axle_caps": _l("Axle loads that are never permitted"),
        "categories": _l("Categories of applications"),
        "time_limits": _l("Time limits"),
        "authorities": _l("Who decides"),
        "documents": _l("Documents to hand in"),
        "escort": _l("Escort plan"),
        "refusals": _l("Grounds for refusal"),
        "grades": _l("Grades of size and axle load"),
        "expressways": _l("Expressways"),
        "signed_limits": _l("Signed limits"),
        "urban_roads": _l("City streets"),
        "permit_terms": _l("Term of the pass"),
        "passage_limits": _l("Gaps and passage limits"),
    },
    "scope": {
        "classify": _l("Classify transports"),
        "route": _l("Plan routes"),
        "toll": _l("Quote tolls"),
    },
    "organisation_status": {
        "registered": _l("Waiting for approval"),
        "approved": _l("Approved"),
        "rejected": _l("Rejected"),
        "closed": _l("Closed"),
    },
    "user_status": {
        "active": _l("Active"),
        "disabled": _l("Disabled"),
    },
}

# How good or bad a word is; the style sheet gives each tone a colour and a sign of its own.
TONES: dict[str, str] = {
    "feasible": "good", "pass": "good", "within_limit": "good", "known": "good",
    "verified": "good", "valid": "good", "approved": "good", "active": "good",
    "conditional": "care", "permit_needed": "care", "assumed": "care", "unverified": "care",
    "not_yet": "care", "registered": "care",
    "unknown": "open", "assumption": "open", "demonstration": "open", "unknown_key": "open",
    "unreadable": "open",
    "infeasible": "bad", "unreachable": "bad", "fail": "bad", "not_allowed": "bad",
    "expired": "bad", "revoked": "bad", "forged": "bad", "rejected": "bad", "closed": "bad",
    "disabled": "bad",
}  # fmt: skip

# Texts of the faults that the core and `fields` name by code; parameters in %(name)s.
FAULTS: dict[str, LazyString] = {
    "required": _l("Fill in this field."),
    "too_long": _l("Use at most %(longest)s characters."),
    "not_a_number": _l("“%(given)s” is not a number. Write digits, for example 3.6."),
    "out_of_range": _l("Give a value between %(least)s and %(most)s."),
    "not_whole": _l("Give a whole number from %(least)s to %(most)s."),
    "not_a_day": _l("“%(given)s” is not a day. Write it as 2026-03-01."),
    "not_a_time": _l("“%(given)s” is not a time. Write it as 2026-03-01T08:00."),
    "not_a_choice": _l("“%(given)s” is not one of the choices."),
    "not_fitting": _l("“%(given)s” does not fit here. Write numbers joined by commas."),
    "not_repeated": _l("The two entries differ. Type the new password twice."),
    "name_taken": _l("A firm of this name is registered already. Ask the administrator."),
    "login_taken": _l("This sign-in name is taken. Choose another."),
    "choose_one": _l("Choose at least one."),
    "unknown_login": _l("Nobody has this sign-in name."),
}

# Complete sentences that the core says without a code, so that the catalogue can hold them.
CORE_MESSAGES: tuple[LazyString, ...] = (
    _l("must be given"),
    _l("must be factory or carrier"),
    _l("must have six digits (GB/T 2260), e.g. 150100"),
    _l("must be a unified social credit code of 18 characters"),
    _l("must have 3 to 40 letters, digits, dots or dashes, e.g. zhang.wei"),
    _l("needs at least 10 characters"),
    _l("must not contain the sign-in name"),
    _l("is not your present password"),
)

# The terms of the field and the name each has in code, files and JSON.
GLOSSARY: tuple[tuple[str, LazyString, str], ...] = (
    (
        "超限",
        _l("over limit: larger or heavier than the law allows without a permit"),
        "over_limit",
    ),
    ("不可解体", _l("indivisible: cannot be taken apart without damage"), "indivisible"),
    ("轴线", _l("axle line of a hydraulic modular trailer"), "axle_line"),
    ("受理", _l("accepted: the authority took the application on file"), "accepted"),
    ("补正", _l("supplement: what is missing, asked for once"), "supplement"),
    ("踏勘", _l("survey: somebody measures what is not known"), "survey"),
    ("护送", _l("escort"), "escort"),
    ("通行证", _l("pass"), "pass"),
    ("装车单", _l("load manifest: component numbers of one trip"), "manifest"),
    ("可发车", _l("ready to depart: every act the route needs is in force"), "ready_to_depart"),
    ("通行费优惠", _l("toll relief under a dated scheme"), "relief"),
)


def say(kind: str, word: object) -> str:
    """Return the text of a code word of one kind, or the word itself."""
    text = WORDS.get(kind, {}).get(str(word))
    return str(word) if text is None else str(text)


def law_value(value: object) -> str:
    """Write a legal value of any shape on one line."""
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {law_value(part)}" for key, part in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((one.name, getattr(value, one.name)) for one in fields(value))
        return "; ".join(f"{key}: {law_value(part)}" for key, part in pairs if part is not None)
    if isinstance(value, (tuple, list, frozenset, set)):
        return ", ".join(law_value(part) for part in value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def tone(word: object) -> str:
    """Return good, care, open, bad or plain for a code word."""
    return TONES.get(str(word), "plain")


def fault_text(fault: FieldFault) -> str:
    """Return the message of a fault in the reader's language; the core's English otherwise."""
    text = FAULTS.get(fault.code)
    if text is None:
        return str(gettext(fault.message)) if fault.message else ""
    try:
        return str(text) % dict(fault.params)
    except (KeyError, ValueError):
        return fault.message
