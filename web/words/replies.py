"""What an answer says of itself (答复用语): why there is none, and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping

NO_REPLY: Mapping[str, str] = {
    "nothing": "请说出单位、文件、时间或事项。",
    "order": "“{words}”不是可以查的问题；这里只回答文件里写着的内容。",
    "unknown-unit": "库里没有叫“{words}”的单位。",
    "unknown-document": "库里没有引用过“{words}”的文件。",
    "which": "“{words}”可能指几个，请选一个：",
    "which-many": "“{words}”可能指 {count} 个，这里列出前几个，也可以在名称前写上地区：",
    "nearest": "名称相近的单位：",
    "one-year": "库里没有同一文件的两个年度，“{words}”比较不了。",
    "loose-not": "没有看懂“{words}”否定的是什么，请换个说法。",
    "no-topic": "库里的任务没有写到“{words}”。",
    "no-section": "没有找到“{words}”。",
    "no-rank": "任务不排名次；“{words}”可以问单位、月份或文件。",
    "none-such": "没有：没有一项任务符合这些条件。",
}
"""Why a question is not answered, by the kind of problem."""

ASSUMED: Mapping[str, str] = {
    "own-year": "没有说年份，按各文件自己的年度。",
    "this-year": "“今年”按各文件自己的年度。",
    "clock": "按今天的日期推算。",
    "overdue": "按日期已过的算，是否完成文件里没有写。",
    "town": "“{words}”没有单独点名，按泛指它的各乡镇（街道）回答（推定）。",
    "near": "没有“{words}”，按最接近的名称回答。",
    "topic-title": "“{words}”写在所属章节的标题里。",
    "topic-progress": "“{words}”写在任务的工作进度里。",
    "topic-alike": "没有照原样写着“{words}”，按意思相近的“{without}”查找。",
    "topic-apart": "没有照原样写着“{words}”，按其中的词分开查找。",
    "topic-loose": "没有照原样写着“{words}”，按其中的词分开查找。",
    "topic-fewer": "没有照原样写着“{words}”，去掉“{without}”查找。",
    "fresh-more": "只列出新一年有、上一年没有的任务；字句大半相同的算作同一项（推定）。",
    "fresh-less": "只列出上一年有、新一年没有的任务；字句大半相同的算作同一项（推定）。",
    "fresh-both": "列出两年之间增加和减少的任务（增加/减少：{words}）；字句大半相同的算作同一项（推定）。",
    "monthly-day": "周期任务不按日子筛选：“{words}”请对照时限一栏的原文。",
    "both": "按几家单位都有份的任务回答。",
    "taken": "“{words}”可能指几个单位，这里按{without}回答；也可能是：",
    "ranked": "按{thing}分别数任务，一项任务有几个就各算一次；共 {all} 个{thing}、{whole} 项任务，"
    "下面的 {count} 项是其中前 {listed} 个的。",
    "covered": "另有 {words} 项没有点名，只写了可能包含它的一类单位（推定）。",
    "counted": "{words}：{count} 项",
    "whole": "不加最后的条件共 {words} 项",
}
"""What was assumed in reading a question."""

BESIDE: Mapping[str, str] = {
    "year-end": "另有 {count} 项只写到年底（12月31日，包括“年内”）。",
    "again": "另有 {count} 项按周期反复要做。",
    "item": "另有 {count} 项按本项的进度在这段时间到期。",
    "undated": "另有 {count} 项没有写明日期。",
    "other-days": "“{words}”如果按{about}算，有 {count} 项。",
    "either": "其中任一家有份的有 {count} 项。",
    "alone": "{about}有份的有 {count} 项。",
    "any-role": "{about}不论什么角色有份的，有 {count} 项。",
    "without": "不要“{about}”这个条件，有 {count} 项。",
}
"""What stands beside an answer, with how many tasks that are."""
