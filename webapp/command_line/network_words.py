"""What `dajian network` says, in Chinese and English.

The core and `road_data` say faults in English; here every such sentence has its Chinese. A sentence
without one is said in English alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import click

from transport.errors import InvalidInputError, TransportError

STAGES = {
    "starting": "开始",
    "fetching": "下载",
    "reading": "读取",
    "describing": "解读标签",
    "joining": "连接路段",
    "placing names": "标注地名",
    "finding counties": "确定旗县",
    "writing": "写入",
    "building": "构建",
    "preparing routes": "准备选线",
}
# An English sentence as a pattern, and below it the Chinese.
_SAYINGS = r"""
'(.*)' is not a number
    “\1”不是数字
(.*) is outside (\S+) to (\S+) ?(\S*)
    \1 超出范围 \2–\3 \4
'(.*)' is not a whole number
    “\1”不是整数
'(.*)' is none of (.*)
    “\1”不在可选值中：\2
'(.*)' is neither yes nor no \(是/否\)
    “\1”应填 是/否 或 yes/no
'(.*)' has (\d+) spans; at most (\d+) are possible
    “\1”有 \2 跨，最多 \3 跨
'(.*)' is no day; write YYYY-MM-DD
    “\1”不是日期，请写成 YYYY-MM-DD
the cell is empty(; of merged cells only the first holds the value)?
    单元格为空
the row has (\d+) cells, the header (\d+) columns
    该行有 \1 个单元格，表头有 \2 列
the same (.*) as in line (\d+)
    \1 与第 \2 行重复
(\w+) is given, (\w+) is not
    给出了 \1，缺少 \2
chainage_km is given without the number of the road
    给出了桩号，缺少路线编号
(\S+) is not after from_km (\S+)
    止点桩号 \1 不大于起点桩号 \2
(\d+) widths for (\d+) arms
    \2 个进口给了 \1 个宽度
continuous is given without spans
    给出了“连续”，缺少跨径
(\d+) fault\(s\); nothing was imported.*
    共 \1 处错误，未导入任何数据；改正后重试，或加 --skip-bad-rows
the file is empty; it needs the columns (.*)
    文件为空，需要的列：\1
no column of (\S+); known: (.*)
    \1 没有这一列；可用的列：\2
the column stands twice
    列名重复
the column is missing
    缺少这一列
(\S+) holds no row that can be used; nothing was imported
    \1 没有可用的行，未导入
(\S+) is a (\S+) workbook; save it as .xlsx or CSV
    \1 是 \2 工作簿，请另存为 .xlsx 或 CSV
(\S+) is neither UTF-8 nor GB18030 \(line (\d+)\).*
    \1 第 \2 行既不是 UTF-8 也不是 GB18030
(\S+) holds a zero byte in line (\d+)
    \1 第 \2 行含有零字节
(\S+) line (\d+): (.*)
    \1 第 \2 行不是有效的 CSV
(\S+) is no Excel workbook .*
    \1 不是 Excel 工作簿
(\S+) is no JSON .*
    \1 不是有效的 JSON
(\S+) is no GeoJSON FeatureCollection.*
    \1 不是 GeoJSON FeatureCollection
the feature has no geometry; give a Polygon or MultiPolygon
    要素没有几何图形，请给出多边形
'(.*)' is no polygon; give a Polygon or MultiPolygon
    “\1”不是多边形
the polygon cannot be read .*
    多边形无法读取
the polygon is empty or not in degrees of WGS 84.*
    多边形为空，或不是 WGS 84 经纬度
the polygon crosses itself
    多边形自相交
must be an object \{…\} or null
    应为对象 {…} 或 null
is no JSON \((.*)\)
    不是有效的 JSON（\1）
(\S+) holds no restrictions; .*
    \1 中没有限制记录
(.*): no such file.*
    \1：没有这个文件
(.*) cannot be written \((.*)\)
    \1 无法写入（\2）
(.*) holds no roads for trucks; .*
    \1 中没有货车可行驶的道路，请给出含 highway 的数据
(.*): no road has two points on the map \((\d+) points without a valid position\); .*
    \1：没有道路具备两个有效坐标点（\2 个点无有效位置），请给出含节点的数据并检查经纬度是否颠倒
(.*): unknown kind of file; .*
    \1：文件类型不支持，请给出 .osm.pbf、.osm、.osm.gz、.graphml 或 built-in
(.*) holds no network; build one: (.*)
    \1 中没有路网，请先构建：\2
(.*): the network could not be written .*read-only.*
    \1：磁盘只读，路网无法写入；请换一个可写的文件夹，原有路网未变
(.*): the network could not be written .*free some space.*
    \1：空间不足，路网无法写入；请清理磁盘或换一个文件夹，原有路网未变
(.*): the network could not be written \((.*)\).*
    \1：路网无法写入（\2）；请换一个文件夹，原有路网未变
(.*) (is a file|holds other files.*); choose an empty folder.*
    \1 不是路网文件夹，请选空文件夹、新文件夹或已有路网的文件夹
(.*): somebody else changed this network just now.*
    \1：他人刚刚修改了此路网，未写入，请重新执行
(.*); build the network again with (.*)
    \1；请重新构建路网：\2
(.*) cannot be read as OpenStreetMap data \((.*)\); it is damaged.*
    \1 无法作为 OpenStreetMap 数据读取（\2）：文件损坏、不完整或类型不符，请重新获取并核对校验和
(.*) is not a graph saved by osmnx .*
    \1 不是 osmnx 保存的路网，请用 osmnx.save_graphml 保存
'(.*)' needs a connection to a map server.*
    获取“\1”需要连接地图服务器，当前没有连接
turn restrictions without a via that can be followed: (\d+)
    转向限制没有可用的 via：\1
turn restrictions that no truck meets \(.*\): (\d+)
    货车不会遇到的转向限制：\1
turn restrictions over a way whose members do not meet: (\d+)
    成员不相连的转向限制：\1
tags that could not be read \(taken as unknown\): (\d+)
    无法解读的标签（按未知处理）：\1
(.*) has no (\S+); import some: (.*)
    \1 没有 \2 记录，请先导入：\3
(.*) has no ([\w-]+)
    \1 没有 \2 记录
no conflict '(.*)'; see (.*)
    没有冲突“\1”，见 \2
no restriction '(.*)'; see (.*)
    没有限制“\1”，见 \2
'(.*)' is already there; .*
    编号“\1”已存在，请先删除或换一个编号
say who decides and why
    请写明由谁、因何决定
may not be empty
    不能为空
must be a number above 0
    应为大于 0 的数
give --closed, --lanes or a limit.*
    请给出 --closed、--lanes 或一项限值
'(.*)' cannot be read; write e.g. '1 closed'.*
    “\1”无法理解，可写“封闭1车道”
name the place in exactly one way: .*
    请用一种方式说明位置：--road、--at、--structure 或 --county
give --from-km and a larger --to-km
    请给出 --from-km 和更大的 --to-km
'(.*)' is no day and no time with offset; .*
    “\1”不是日期，也不是带时区的时间
the year must be (\d+) to (\d+)
    年份应在 \1 到 \2 之间
is not after the start
    不晚于开始时间
'(.*)' are no weekly hours; .*
    “\1”不是每周时段，例如 Mo-Fr 22:00-06:00
'(.*)' is no season; .*
    “\1”不是季节，请写成 MM-DD/MM-DD
'(.*)' is no coordinate; write LON,LAT
    “\1”不是坐标，请写成 经度,纬度
this network has no road '(.*)'
    此路网没有道路“\1”
no kilometre of (\S+) is fixed in this network: .*
    此路网中 \1 没有桩号基准，请导入路段，或带坐标和桩号的构造物，或改用 --at、--to-at
no structure '(.*)' in this network
    此路网没有构造物“\1”
no road within (\d+) m of (.*)
    \2 周围 \1 米内没有道路
no open road leads from one point to the other
    两点之间没有可通行的道路
no edge of this network lies in '(.*)'
    此路网没有位于“\1”的道路
no road of this network lies there; .*
    该处没有此路网的道路
is a (\w+) in the network
    路网中为 \1
the network has no junctions
    路网没有交叉口
the nearest junction is (\d+) m away
    最近的交叉口在 \1 米外
no road within (\d+) m of the coordinate
    坐标周围 \1 米内没有道路
no kilometre of this road is fixed in the network: .*
    路网中该路没有桩号基准
neither coordinate nor road and kilometre are given
    既无坐标，也无路线和桩号
the network has no road of this number and these kilometres
    路网没有该编号和桩号的道路
the first kilometre is assumed to stand at the beginning of the road
    假定起点桩号位于道路起点
no road of the network lies in it
    范围内没有路网道路
"""
_LINES = _SAYINGS.strip().splitlines()
_READ = [
    (re.compile(pattern, re.DOTALL), said.strip())
    for pattern, said in zip(_LINES[::2], _LINES[1::2], strict=True)
]


def chinese(message: str) -> str:
    """Return the Chinese of a sentence of the core; empty where it has none."""
    for pattern, said in _READ:
        found = pattern.fullmatch(message)
        if found:
            return found.expand(said).strip()
    return ""


def both(message: str) -> str:
    """Say a sentence in Chinese, then in English."""
    said = chinese(message)
    return f"{said} / {message}" if said else message


def stage(name: str) -> str:
    """Name a stage of a build in both languages."""
    return f"{STAGES[name]} {name}" if name in STAGES else name


class TwoLanguages(click.Group):
    """A group of commands whose refusals are said in both languages."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it refuses is said in Chinese, then in English."""
        try:
            return super().invoke(ctx)
        except InvalidInputError as wrong:
            said = [replace(one, message=both(one.message)) for one in wrong.faults]
            raise InvalidInputError(said) from wrong
        except TransportError as wrong:
            if chinese(str(wrong)):
                raise type(wrong)(both(str(wrong))) from wrong
            raise
