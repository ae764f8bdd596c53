"""Working days an authority has, from acceptance (R62 art. 15-16, ALL 32, 42-45, 82)."""

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
    silence_means_acceptance: Dated[bool]
    reinforcement_is_not_counted: Dated[bool]
    general_extension_days: Dated[int]
    joint_handling_days: Dated[int]
    joint_extension_days: Dated[int]
    expert_review_is_not_counted: Dated[bool]
    delivery_days: Dated[int]
    working_days_are_counted: Dated[bool]
