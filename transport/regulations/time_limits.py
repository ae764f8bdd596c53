"""Working days an authority has, from acceptance (R62 art. 15-16, ALL 32)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Time limits in working days by category, inside a province and across provinces."""

    one_jurisdiction_category_1_days: Dated[int]
    one_jurisdiction_category_2_days: Dated[int]
    one_jurisdiction_category_3_days: Dated[int]
    cross_province_category_1_days: Dated[int]
    cross_province_category_2_days: Dated[int]
    cross_province_category_3_days: Dated[int]
    forwarding_days: Dated[int]
    province_answer_category_2_days: Dated[int]
    province_answer_category_3_days: Dated[int]
    supplement_request_days: Dated[int]
