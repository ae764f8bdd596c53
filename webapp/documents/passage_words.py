"""Chinese words of the passage evaluation report: checks, results, conditions, facts."""

from __future__ import annotations

from typing import Any

from webapp.documents.typesetting import plain_number

UNFILLED = "（待填写）"

RESULTS = {
    "PASS": "满足",
    "PASS_WITH_MEASURES": "采取措施后满足",
    "NOT_PASSABLE": "不满足",
    "NEEDS_CALCULATION": "需专项验算",
    "NEEDS_SIMULATION": "需仿真",
    "NEEDS_SURVEY": "需现场勘验",
    "NOT_APPLICABLE": "不适用",
    "OUT_OF_RANGE": "超出规定范围",
}
METHODS = {"lookup": "查表法", "calculation": "验算法", "simulation": "仿真法"}
KINDS = {
    "stretch": "路段",
    "bridge": "桥梁",
    "tunnel": "隧道",
    "overbridge": "跨线结构",
    "toll_station": "收费站",
    "level_crossing": "铁路平交道口",
    "rest_area": "服务区（停车点）",
    "junction": "平面交叉",
    "vehicle": "车辆",
}
CHECKS = {
    "route_lookup": "路线技术等级查表",
    "lateral_space_rule": "横向通行空间与侧向间隙",
    "gap_check": "侧向（净空）间隙",
    "posted_limit": "限行标志",
    "curve_lookup": "平曲线半径与宽度查表",
    "curve_calc": "平曲线转弯通道与扫空宽度",
    "vcurve_hydraulic": "竖曲线（液压挂车）",
    "crest_lowbed": "凸形竖曲线（低平板）",
    "gantry": "上方净空",
    "overbridge": "跨线结构下净空",
    "sag_loss": "凹形竖曲线段净空",
    "climb_needed": "爬坡能力（坡度判定）",
    "dyn_factor": "爬坡能力",
    "toll": "收费站通行",
    "rest_area": "服务区（停车点）通行与停放",
    "tunnel": "隧道空间",
    "junction": "平面交叉转弯查表",
    "swept_path": "平面交叉扫掠仿真",
    "consecutive": "连续转弯",
    "roundabout": "环形交叉",
    "asphalt": "沥青路面",
    "concrete": "水泥混凝土路面",
    "embankment": "路基稳定",
    "bridge_screening": "桥梁荷载效应比较",
    "classify_size": "外廓尺寸分级",
    "classify_mass": "轴荷分级",
    "scope": "评价范围",
    "method_select": "评价方法选择",
    "survey_mode": "勘验方式",
    "conclude": "结论汇总",
    "plan_complete": "交通组织与应急预案完整性",
    "lateral_space": "横向通行空间查表",
    "super_speed": "超高路段车速",
    "super_static": "超高路段停车稳定",
    "sight_speed": "视距与车速",
    "resistance": "坡顶车速（行驶阻力）",
    "nose": "纵坡变坡处接近角",
    "ramp_grade": "匝道半径查表",
    "ramp_matrix": "匝道尺寸查表",
    "ramp_width": "匝道宽度",
    "ramp_sight": "出入口识别视距",
    "tunnel_spacing": "匝道与隧道间距",
    "right_turn": "右转弯宽度",
    "left_turn": "左转弯宽度",
    "approach_speed": "交叉口接近车速",
}
CONDITIONS = {
    "speed_20": "车速不大于20 km/h",
    "speed_5": "车速不大于5 km/h",
    "constant_speed": "匀速，不制动、不停车、不变道",
    "centre_line": "居中（沿桥面中心线）行驶",
    "close_other_lanes": "封闭其他车道，大件车辆单独过桥（两端各100 m截停）",
    "avoid_13_15": "避开13时至15时",
    "low_speed": "低速（不大于5 km/h）通过",
    "guide": "专人指挥",
    "dismantle_equipment": "拆除或移开限制设施（提前3个工作日告知收费站）",
    "other_lane": "改走其他车道",
    "junction_closed": "转弯时临时封闭交叉口，避开高峰",
    "consent": "取得管理单位书面同意",
    "escort_stop_traffic": "护送车在两端截停其他车辆",
    "escort_log_speed": "护送人员记录过桥车速",
    "escort_guide_centre": "护送人员引导居中行驶",
    "escort_close_junction": "护送车临时封闭交叉口",
    "escort_guide": "护送人员现场指挥",
    "raised_wire": "抬升线缆",
    "lower_load": "降低装载高度",
    "reduced_speed": "按视距（超高）限速通过",
    "hold_traffic": "临时拦停相交车辆",
    "escort_hold_traffic": "护送人员拦停相交车辆",
    "slow_climb": "低于15 km/h上坡，须经管理单位同意",
}
MEASURES = {
    "full_check": "专项验算",
    "close_lanes": "封闭其他车道",
    "other_axles": "调整轴线布置",
    "strengthen": "加固",
    "other_route": "另选路线",
    "consent": "取得管理单位同意",
    "opposite_lane": "借用对向车道",
    "two_tractors": "双车头分次转弯",
    "remove_median": "拆除中央分隔设施",
    "widen": "拓宽",
    "dismantle_equipment": "拆除限制设施",
    "lower_load": "降低装载高度",
    "other_lane": "改走其他车道",
    "more_lines": "增加轴线",
    "lower_axle_load": "降低轴荷",
    "wide_tyres": "采用宽基轮胎",
    "push_tractor": "增加推车",
    "other_tractor": "更换牵引车",
    "other_trailer": "更换挂车",
    "raise_deck": "升高承载面",
    "simulate": "仿真",
    "remove_obstacle": "清除视距障碍物",
    "hold_traffic": "临时拦停相交车辆",
    "other_stop": "另选停车点",
    "move_train": "调整横向位置",
}
FACTS = {
    "spans_m": "跨径组合",
    "continuous": "是否连续结构",
    "structural_form": "结构类型",
    "design_load": "设计荷载",
    "design_code_year": "设计规范年份",
    "deck_width_m": "桥面宽度",
    "girders": "主梁片数",
    "girder_spacing_m": "主梁间距",
    "skew_deg": "斜交角",
    "natural_frequency_hz": "基频",
    "condition_class": "技术状况等级",
    "rated_on": "技术状况评定日期",
    "posted_mass_t": "限载质量",
    "posted_axle_t": "限载轴重",
    "single_column_pier": "是否独柱墩",
    "clear_height_m": "净高",
    "clear_width_m": "净宽",
    "crossfall_pct": "横坡",
    "underside_m": "车货底部离地高度",
    "lanes": "车道数",
    "lane_width_m": "车道宽度",
    "hard_shoulder_m": "硬路肩宽度",
    "divided": "是否有中央分隔",
    "design_speed_km_h": "设计速度",
    "min_curve_radius_m": "最小平曲线半径",
    "min_crest_radius_m": "最小凸形竖曲线半径",
    "min_sag_radius_m": "最小凹形竖曲线半径",
    "max_grade_pct": "最大纵坡",
    "meets_b01": "是否符合JTG B01",
    "pavement": "路面类型",
    "natural_zone": "公路自然区划",
    "special_soil": "是否特殊岩土",
    "retaining_undamaged": "支挡结构是否完好",
    "fill_height_m": "填土高度",
    "ground_slope_h_per_v": "地面坡率",
    "arm_widths_m": "各路口宽度",
    "corner_radius_m": "转角半径",
    "wide_lane_m": "超宽车道净宽",
    "parking_length_m": "空闲停车位长度",
    "parking_width_m": "空闲停车位宽度",
    "inner_width_m": "服务区内部道路最窄宽度",
    "weighing": "称重设备可否通行",
    "profile_gap_m": "道口纵断面离地间隙",
    "axle_loads_t": "各轴轴荷",
    "axle_spacings_m": "轴间距",
    "circulating_lanes": "环道车道数",
    "central_island_radius_m": "中心岛半径",
    "altitude_m": "海拔",
    "rated_vehicle": "评定车辆",
    "rated_mass_t": "评定承载总质量",
    "one_way": "是否单向行车道",
    "special_floor": "洞内路面下是否有空洞或处治软基",
    "walkway_height_m": "检修道高度",
    "cargo_bottom_m": "货物底部离地高度",
    "ramp_type": "匝道类型",
    "pavement_width_m": "匝道路面宽度",
    "superelevation_pct": "最大超高",
    "sight_distance_m": "停车视距",
    "clear_offset_m": "弯道内侧横净距",
    "grade_break_pct": "未设竖曲线的最大坡差",
    "guardrail": "是否有护栏",
    "rail_height_m": "护栏高度",
    "roadside_free_m": "路侧可外伸宽度",
    "temperature_factor": "温度系数 k_T3",
    "base_kind": "基层类型",
    "base_strength_mpa": "基层弯拉强度",
    "base_temperature_factor": "温度系数 k_T2",
    "frost_factor": "季冻区系数 k_a",
    "field_correction": "现场修正系数 k_c",
    "slab_strength_mpa": "面板混凝土弯拉强度",
    "slab_reliability": "可靠度系数 γ_r",
    "slab_thermal_mpa": "最大温度翘曲应力",
    "strain_microstrain": "路基顶面压应变计算值",
    "base_stress_mpa": "基层拉应力计算值",
    "slab_stress_mpa": "面板荷载应力计算值",
    "train_share": "大件车辆占总效应的比例",
    "circulating_width_m": "环道宽度",
    "turn_lane_width_m": "转弯车道宽度",
    "cog_height_m": "重心高度",
    "approach_angle_deg": "牵引车接近角",
    "tyre_pressure_mpa": "轮胎气压",
    "arm_bearings_deg": "各路口方位角",
    "consent": "管理单位书面同意",
    "pavement_design": "路面设计荷载",
    "pavement_quality": "路面质量评定等级",
    "pavement_rated_on": "路面评定日期",
    "facilities": "门架、限高架、架空线等限制设施及其高度",
    "tunnel_section": "隧道横断面形式",
    "lining": "衬砌类型",
}
VALUES = {
    "gap_m": ("间隙", "m"),
    "lateral_space_m": ("横向可用宽度", "m"),
    "W_z": ("转弯通道宽 W_z", "m"),
    "W_d": ("扫空宽度 W_d", "m"),
    "R_p_m": ("所需半径 R_p", "m"),
    "R_min_m": ("所需半径 R_min", "m"),
    "loss_m": ("净空损失", "m"),
    "room_left_m": ("剩余间隙", "m"),
    "turn_deg": ("转角", "°"),
    "path_radius_m": ("轨迹半径", "m"),
    "rear_steer_factor": ("后组转向系数", ""),
    "mean_axle_t": ("平均轴荷", "t"),
    "allowed": ("允许轴荷等级", ""),
    "limit": ("标志限值", ""),
    "value": ("车辆值", ""),
    "lean_m": ("横坡侧倾", "m"),
    "side_gap_m": ("侧向间隙", "m"),
    "side_after_lean_m": ("侧倾后侧向间隙", "m"),
    "top_gap_m": ("顶部间隙", "m"),
    "i_max": ("最大爬坡度", ""),
    "grade_pct": ("纵坡", "%"),
    "need_entry_m": ("进口需宽", "m"),
    "need_section_m": ("断面需宽", "m"),
    "need_turn_m": ("转弯车道需宽", "m"),
    "need_transition_m": ("缓和段需宽", "m"),
    "need_circle_m": ("圆曲线段需宽", "m"),
    "W_m": ("扫掠宽度", "m"),
    "tail_out_m": ("外摆值", "m"),
    "v_max_kmh": ("允许车速", "km/h"),
    "v_kmh": ("预设车速", "km/h"),
    "sight_need_m": ("所需视距", "m"),
    "offset_need_m": ("所需横净距", "m"),
    "need_m": ("所需距离", "m"),
    "max_length_m": ("查表最大车长", "m"),
    "limit_deg": ("坡差角", "°"),
    "R_N": ("行驶阻力", "N"),
    "pull_N": ("牵引力", "N"),
    "eps_z_microstrain": ("容许压应变", "με"),
    "sigma_allow_MPa": ("容许拉应力", "MPa"),
    "sigma_p_allow_MPa": ("容许荷载应力", "MPa"),
    "overhang_m": ("允许外伸", "m"),
    "grade": ("等级", ""),
    "mode": ("方式", ""),
    "method": ("方法", ""),
}
FORMS = {
    "slab": "实心板",
    "hollow_slab": "空心板",
    "girder": "T梁/小箱梁",
    "box": "整体箱梁",
    "arch": "拱桥",
    "truss": "桁架",
    "rigid_frame": "刚构",
    "cable": "缆索承重",
    "culvert": "涵洞",
}
LOADS = {
    "highway-I-2015": "公路-Ⅰ级（2015）",
    "highway-II-2015": "公路-Ⅱ级（2015）",
    "highway-I-2004": "公路-Ⅰ级（2004）",
    "highway-II-2004": "公路-Ⅱ级（2004）",
    "city-A": "城-A级",
    "city-B": "城-B级",
    "truck-super20": "汽车-超20级",
    "truck-20": "汽车-20级",
    "truck-15": "汽车-15级",
    "truck-10": "汽车-10级",
    "trailer-120": "挂车-120",
    "trailer-100": "挂车-100",
    "trailer-80": "挂车-80",
    "crawler-50": "履带-50",
}
REASONS = {
    "condition_class": "技术状况等级",
    "structural_form": "结构形式须专项验算",
    "curve_radius_m": "弯桥",
    "skew_deg": "斜交角大于30°",
    "single_column_pier": "独柱墩",
    "axle_on_slab": "板桥上轴线荷载大于14 t",
    "rating_age_years": "技术状况评定超过一年",
    "capacity_ratio": "效应比不足",
    "rated_mass_t": "超过评定承载总质量",
    "posted_mass_t": "限载标志（总质量）",
    "posted_axle_t": "限载标志（轴重）",
}
EFFECTS = {
    "sagging_moment": "正弯矩",
    "hogging_moment": "负弯矩",
    "shear": "剪力",
    "shear_reversed": "剪力（反向）",
    "reaction": "支点反力",
}
TRAINS = {"low_bed": "低平板半挂车", "hydraulic": "多轴多轮液压悬挂挂车", "special": "特殊组合"}
PAVEMENTS = {"asphalt": "沥青路面", "concrete": "水泥混凝土路面"}
ROADS = {
    "expressway": "高速公路",
    "class1": "一级公路",
    "class2": "二级公路",
    "class3": "三级公路",
    "class4": "四级公路",
}


# Words that checks answer with, as the report says them.
ANSWERS = {
    "lookup": "查表法",
    "calculation": "验算法",
    "simulation": "仿真法",
    "electronic": "电子勘验",
    "on_site": "现场勘验",
    "separate": "分别评价",
    "joint": "联合仿真",
    "pavement": "路面范围",
    "roadside": "路侧净空范围",
}
_UNITS = (
    ("_km_h", "km/h"),
    ("_mpa", "MPa"),
    ("_deg", "°"),
    ("_pct", "%"),
    ("_hz", "Hz"),
    ("_m", "m"),
    ("_t", "t"),
)


def unit_of(name: str) -> str:
    """Return the unit that the name of a fact ends with, empty for a bare number."""
    return next((unit for ending, unit in _UNITS if name.endswith(ending)), "")


def clause_text(clause: str) -> str:
    """Write a clause as a Chinese reader cites it."""
    for english, chinese in (
        ("appendix ", "附录"),
        ("tables ", "表"),
        ("table ", "表"),
        ("posted sign", "限行标志"),
        (" to ", "至"),
        (", ", "、"),
    ):
        clause = clause.replace(english, chinese)
    return clause


def said(value: Any) -> str:
    """Write a value as the report prints it."""
    if value is None:
        return "未知"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | int):
        return plain_number(float(value), 2)
    if isinstance(value, list | tuple):
        return "、".join(said(one) for one in value)
    return ROADS.get(str(value)) or ANSWERS.get(str(value)) or str(value)


def spans_text(spans_m: Any) -> str:
    """Write spans as 3×20 or 25+40+25."""
    if not spans_m:
        return "未知"
    spans = [plain_number(float(one), 2) for one in spans_m]
    return f"{len(spans)}×{spans[0]}" if len(set(spans)) == 1 else "+".join(spans)


def load_text(design_load: Any) -> str:
    """Write a documented design load, several joined."""
    if not design_load:
        return "未知"
    return "，".join(LOADS.get(name, name) for name in str(design_load).split("+"))


def fact_text(name: str) -> str:
    """Name a fact in Chinese; a fact of the vehicle says so."""
    plain = name.removeprefix("vehicle:")
    word = FACTS.get(plain, plain)
    return f"{word}（承运人提供）" if name != plain else word
