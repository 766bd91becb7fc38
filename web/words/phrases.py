"""Words that only pages need (措辞), beside `web/words/wording.py` in one catalogue. Ids are Chinese; `{x}` is filled
in."""

from __future__ import annotations

from collections.abc import Mapping

from ingest import FACTS
from web.words.wording import ROLES, Translate, as_is

ROLE_MARKS: Mapping[str, str] = {"lead": "牵", "responsible": "责", "support": "配"}
FACT_KINDS: Mapping[str, str] = {
    "unit": "单位", **{kind.shown_as: kind.zh for kind in FACTS}, "header": "公文要素",
    "doubt": "存疑", "task": "任务", "milestone": "工作进度", "section": "章节", "text": "正文",
}  # fmt: skip
FACT_FIELDS: Mapping[str, str] = {f"{kind.name}.{field.name}": field.zh for kind in FACTS for field in kind.fields}
ENTRY_KINDS: Mapping[str, str] = {
    "task": "任务", "milestone": "工作进度", "plan": "文件", "document": "依据文件", "unit": "单位",
    "text": "正文",
}  # fmt: skip
EXAMPLE_KINDS: Mapping[str, str] = {
    "unit": "单位", "topic": "事项", "document": "依据文件", "month": "到期", "gap": "缺口", "most": "比较",
}  # fmt: skip
"""What kinds of example questions are called."""
PERIODS: Mapping[str, str] = {
    "year": "每年", "half": "每半年", "quarter": "每季度", "month": "每月", "week": "每周",
    "two-months": "每两个月", "two-weeks": "每两周", "day": "每日",
}  # fmt: skip
PRECISIONS: Mapping[str, str] = {
    "day": "原文精确到日", "month": "原文精确到月", "quarter": "原文精确到季度", "half": "原文精确到半年",
    "year": "原文精确到年", "period": "原文给的是一段时间",
}  # fmt: skip
VIAS: Mapping[str, str] = {
    "own": "直接点名", "hat": "以加挂牌子点名", "member": "是成员单位（据本单位的单位名称表）",
    "collective": "包含在泛指之内（推定）",
}  # fmt: skip
LEVEL_NOTES: Mapping[str, str] = {
    "own": "时限就写在任务里",
    "linked": "时限写在工作进度里，那一句说的就是这项任务",
    "item": "时限写在同一项工作的进度里，没有说是哪项任务，由规则推出",
}
"""What the words for levels of deadlines (`wording.LEVELS`) mean."""
UNIT_LEVELS: Mapping[str, str] = {"国家": "国家", "省": "省级", "市": "市级", "县": "县级", "乡": "乡级"}
HEADER_FIELDS: Mapping[str, str] = {
    "title": "标题", "document_number": "发文字号", "issuer": "发文机关", "issued_on": "成文日期",
    "addressees": "主送机关", "year": "年度", "region": "行政区域",
}  # fmt: skip
OPERATORS: Mapping[str, str] = {">=": "≥", "=": "=", "<=": "≤", ">": ">", "<": "<"}

DOUBT_NAMES: Mapping[str, str] = {
    "no-responsibilities": "没有责任分工", "no-lead": "无人牵头", "lead-also-supports": "既牵头又配合",
    "look-alike": "名称相近", "unread": "未读懂", "impossible-date": "日期有误", "due-before-issue": "早于成文日期",
    "number-of-two-titles": "字号重复", "page-without-text": "无文字页", "scanned-pages": "扫描页", "hidden-row":
    "隐藏行",
    "hidden-column": "隐藏列", "hidden-sheet": "隐藏工作表", "hidden-text": "隐藏文字", "struck-text": "删除线文字",
    "covered-cells": "被合并盖住的单元格", "formula-without-value": "公式无值", "undecodable-bytes": "乱码",
    "page-too-full": "内容过多", "picture-without-text": "图片无文字", "characters-without-text": "字符无文字",
    "body-and-table": "正文与附表不一致", "pages-left-out": "页数过多", "misspelt-unit": "疑似错字",
    "unknown-unit": "不像单位", "numbering-gap": "序号跳号", "number-twice": "序号重复",
    "number-and-title": "依据不一致", "mixed-encodings": "编码混用", "hidden-year": "日期未显示年份",
    "october-or-january": "一月或十月", "day-beside-task": "时限在别栏", "unread-time": "时限未读懂",
    "no-day": "时限没有日期", "unclosed-title": "书名号不成对", "misread-number": "文号疑似认错",
    "no-unit": "没有责任单位", "place-unknown": "单位所在地不明",
    "leads-unstated": "多数任务未写牵头", "read-by-ocr": "识别的文字", "table-left-out": "未读作任务的表",
    "units-suggested": "建议的单位", "second-document": "一个文件两份公文",
    "unclosed-bracket": "括号不成对", "task-twice": "任务重复",
}  # fmt: skip
DOUBT_REMEDIES: Mapping[str, str] = {
    "no-responsibilities": "请确认收进来的是工作计划正文，而不是只有通知。",
    "no-lead": "请与起草单位核对由谁牵头；原文明确之前，各单位都按“负责”统计。",
    "leads-unstated": "请与起草单位核对是否列第一位的牵头；原文明确之前，各单位都按“负责”统计。哪些任务见“缺口”。",
    "lead-also-supports": "请核对原文是否多写了一次；统计时两种角色都保留。",
    "day-beside-task": "请打开任务看原表这一行；如果确实是时限，请人工记下。",
    "place-unknown": "请补上写明地方的标题、发文机关或发文字号后再读取；在此之前，这些单位不与别的文件归并。",
    "look-alike": "如果是同一单位，请在本单位的单位名称表里写上别名，再重新读取。",
    "unread": "请打开原文查看这一处；如果确实是责任分工，请人工记下，并把写法告诉维护人员。",
    "no-unit": "请核对原文是否漏写了责任单位；写明之前，这一项不算任务。",
    "impossible-date": "请与起草单位核对日期。",
    "due-before-issue": "请核对年份；沿用上一年文字的文件常在这里出错。",
    "unread-time": "请打开原文核对这一处的时限。",
    "no-day": "请与起草单位核对日期；在此之前按原文字样保留。",
    "unclosed-title": "请核对标题到哪里为止；这一处没有读作依据。",
    "misread-number": "请对照原件核对文号。",
    "unclosed-bracket": "请核对括号到哪里为止；这里按到本句为止读。",
    "task-twice": "请与起草单位核对是否重复；两处都保留。",
    "table-left-out": "请打开原文看这张表：项目清单不交办任务；如果确是交办，请人工记下。",
    "units-suggested": "请核对：诉求清单里的单位是被请求的一方，没有发文机关交办给它。",
    "body-and-table": "请与起草单位核对以哪一处为准；统计时两处都保留。",
    "number-of-two-titles": "请核对原文；被引用最多的标题保留字号，另一个按标题归并。",
    "misspelt-unit": "请核对是否笔误；如果确有这个单位，请写进本单位的单位名称表。",
    "unknown-unit": "请核对这里的责任单位；如果确有这个单位，请写进本单位的单位名称表。",
    "numbering-gap": "请核对是漏了一项，还是序号写错。",
    "second-document": "请把两份公文分成两个文件后再收。",
    "number-twice": "请核对序号；引用“第几项”的地方可能随之有误。",
    "number-and-title": "请核对以哪一处为准；两处都照原文保留。",
    "mixed-encodings": "请用原来的软件打开，全文另存为 UTF-8 后再试。",
    "undecodable-bytes": "请在浏览器中重新保存网页后再试。",
    "page-without-text": "请先做文字识别（OCR），或改用原来的电子文件。",
    "scanned-pages": "请对这几页做文字识别（OCR）或改用原来的电子文件，也可装上文字识别组件（make ocr）再读。",
    "read-by-ocr": "请对照扫描件核对这一页的任务、单位和日期。",
    "picture-without-text": "请打开这一页，看图片里有没有责任分工。",
    "characters-without-text": "请从原来的文件重新导出。",
    "page-too-full": "请把文件拆开后再试。",
    "pages-left-out": "请按计划拆成几个文件后再试。",
    "hidden-text": "如果这些文字有效，请在文字处理软件中取消隐藏。",
    "struck-text": "请确认这些文字已经作废；如果仍然有效，请在原文件中取消删除线或接受、拒绝修订。",
    "hidden-sheet": "如果不属于本计划，请删去这张工作表。",
    "hidden-row": "如果不属于本计划，请删去这些行。",
    "hidden-column": "如果不属于本计划，请删去这些列。",
    "covered-cells": "请在表格软件中取消合并，看盖住了什么。",
    "formula-without-value": "请用 Excel 或 WPS 打开并保存一次。",
    "hidden-year": "请核对是哪一年；在表格软件中选中单元格可以看到完整日期。",
    "october-or-january": "请核对是一月还是十月；年月请写成 2024年10月，或把单元格设为文本。",
}
REMEDY_OTHER = "请打开原文核对这一处。"

LINKS: Mapping[str, str] = {
    "contains": "包含", "leads": "牵头", "supports": "配合", "responsible_for": "负责", "cites": "引用", "due": "时限",
    "aims_at": "指标", "about": "说的是", "same_as": "重复", "member_of": "属于泛指的", "hat": "加挂", "inner": "印发",
    "names": "即", "in_charge": "分管", "doubts": "存疑于",
}  # fmt: skip
"""What edges are called between the ends of a step, by the edge's kind."""
INFERRED = "推定"
NO_PATH = "{source}与{target}之间没有联系。"
SAME_THING = "两端是同一个：{thing}。"

MAP_VIEWS: Mapping[str, str] = {
    "wings": "责任图", "list": "清单", "matrix": "责任矩阵", "with": "协作", "pairs": "协作矩阵", "time": "时间",
    "net": "关系网", "chain": "依据",
}  # fmt: skip
"""What the views of a map are called, by the value of `m-view`."""
WING_LABELS: Mapping[str, str] = {
    "led": "它牵头，参与的单位", "leads": "牵头它的单位", "joint": "和它共同牵头的单位",
    "third": "同受别家牵头的单位", "beside": "无牵头、共同承担", "documents": "依据和要出的文件",
    "times": "时限",
}  # fmt: skip
"""What stands on the right of a unit's map."""
CHAIN_HEADS: Mapping[str, str] = {
    "level": "级别", "title": "文件", "number": "字号", "above": "上级文件", "plans": "引用的文件",
    "tasks": "引用的任务", "held": "库中有全文", "side": "关系",
}  # fmt: skip
"""The columns of a table of what rests on what."""
CHAIN_WORDS: Mapping[str, str] = {
    "none": "未写明级别", "alone": "另依据", "head": "首", "yes": "是",
    "legend": "实框：库中有全文；虚框：只被引用；线的粗细：引用它的任务；箭头：同一件事逐级印发",
}  # fmt: skip
CITATION_SIDES: Mapping[str, str] = {"basis": "依据", "made": "要求制定、修订、编印"}
PAIR_HEADS = ("地区", "单位", "地区", "单位", "共同承担", "前者牵头", "后者牵头")
"""The columns of a table of who works with whom."""
PAIR_ROLES: Mapping[str, str] = {
    "lead": "前者牵头", "responsible": "都牵头或都不牵头", "support": "后者牵头",
}  # fmt: skip
"""What the tasks that two units share are by who leads them."""
TIE_WORDS: Mapping[str, str] = {
    **ROLES, "shared": "共同承担", "cites": "依据", "has": "所在文件",
}  # fmt: skip
"""What a line of the web of relations says."""
WEB_LEGEND = ("圆框是单位，方框是任务和文件，虚线框是依据文件", "实线牵头或负责，虚线配合", "数字：共同的任务")
WEB_HEADS = ("从", "联系", "到", "任务")
PAIRS_SUM = "共同承担的任务；红线是这一行的单位牵头的份额，按四分之一进位"
NETWORK_LEGEND = ("底色：任务多少", "红线：牵头的份额，按比例", "线宽和数字：共同承担的任务；每家最强的一条总在")
"""What a picture of who works with whom says beneath its title."""
WING_COUNTS: Mapping[str, str] = {
    "relation": "%(n)s 家",
    "documents": "%(n)s 件",
    "times": "%(n)s 个时间",
    "role": "%(n)s 份文件",
}
"""How many hang on a box of it."""
SLOTS: Mapping[str, str] = {
    "before": "更早", "after": "更晚", "often": "定期", "open": "无日期", "none": "未写时限", "late": "逾期",
}  # fmt: skip
"""What the time map tells of besides months and years."""
MAP_TITLES: Mapping[str, str] = {
    "matrix": "%(what)s · 谁承担什么", "with": "%(what)s · 谁和谁共同承担", "time": "%(what)s · 什么时候到期",
    "pairs": "%(what)s · 两两共同承担几项", "chain": "%(what)s · 依据哪些文件",
}  # fmt: skip
"""What the views of a list show, by the value of `m-view`; `what` is its query in a sentence."""
MAP_OUTPUTS: Mapping[str, str] = {"svg": "矢量图 SVG", "html": "离线网页", "csv": "表格 CSV"}
MAP_WORDS: Mapping[str, str] = {
    "section": "章节", "task": "任务", "lead": "牵头", "unled": "未写", "rest": "其他单位",
    "sum": "格里是任务数，红线：牵头占四分之几", "first": "首列单位",
}  # fmt: skip
"""What files of maps say besides what a plan says."""
COLUMN_ORDERS: Mapping[str, str] = {
    "load": "按任务多少", "text": "按出现先后", "near": "常在一起的相邻", "level": "按层级",
}  # fmt: skip
LEVEL_BANDS: Mapping[str, str] = {**UNIT_LEVELS, "未定": "未定", "泛指": "泛指"}

NOTES: Mapping[str, str] = {
    "text-cut": "检索词太长，只用了前 {limit} 个字符。",
    "pieces-cut": "检索词太多，只用了前 {limit} 个。",
    "terms-cut": "“{piece}”对应的词太多，只用了前 {limit} 个。",
    "contact": "电话、身份证号和邮箱等联系方式不能检索。",
    "step-alias": "其中 {count} 条写的是同一单位的另一个名称：{sought}。",
    "step-script": "按简体字和半角字符检索：{sought}。",
    "step-near": "没有找到“{wrong}”，按“{sought}”检索。",
    "step-apart": "其中 {count} 条没有连着写，但有每一个词：{sought}。",
    "step-like": "“{wrong}”和与它相近的写法：{sought}。",
    "step-part": "另有 {count} 条只写了其中一段：{sought}。",
    "step-any": "没有一处全部都有，下面的只有其中几个词：{sought}。",
}
ERRORS: Mapping[str, str] = {
    "unknown-id": "库里没有这个地址所指的内容。地址可能没有抄全，或者文件还没有收进来。",
    "removed-id": "这里原有的内容已从库中移除：{id}",
    "bad-date": "“{text}”不是日期，请写成 2021-12-31 这样的形式。",
    "ambiguous-thing": "“{words}”可能指几个，请用编号：{candidates}",
    "bad-choice": "“{text}”不是这里可选的值。",
    "bad-query": "条件太多或太复杂，请分成几次查询。",
    "bad-batch": "请逐行或以 JSON 列表给出问题，每次 1 至 {limit} 个。",
    "sheet-too-long": "这张清单有 {count} 项，一个台账最多 {most} 项：请加条件，分几次导出。",
    "query-too-long": "地址太长，最多 {limit} 个字节。",
    "busy": "现在访问的人太多，请过几秒再试。",
    "library-locked": "另一个程序正在写文件库，请稍后再试。",
    "disk-error": "磁盘读取出错，请稍后再试；如果仍然如此，请告诉管理员。",
    "library-plan-damaged": "文件库里“{plan}”的记录已损坏，请管理员用备份恢复；其他文件不受影响。",
    "library-damaged": "文件库读不出来，请管理员用备份恢复。",
    "database-unreachable": "连接不上数据库，请稍后再试；恢复后不必重新启动。",
    "database-refused": "数据库拒绝登录，请告诉管理员。",
    "database-timeout": "数据库没有及时答复，请稍后再试。",
    "database-failed": "数据库暂时无法完成操作，请稍后再试。",
    "foreign-graph": "数据库里有别的数据，请告诉管理员。",
    "snapshot-gone": "查询历时过长，请重新查询。",
}
PLACE_WORDS: Mapping[str, str] = {"page": "第 {n} 页", "row": "表 {table} 第 {row} 行", "line": "第 {n} 行"}
"""Where in its file a task stands."""
STATUSES: Mapping[int, str] = {
    400: "请求有误", 404: "没有找到", 405: "不支持这种操作", 410: "已经移除", 413: "请求太长", 414: "地址太长",
    431: "请求太长", 500: "服务器出错", 503: "暂时无法服务",
}  # fmt: skip


def doubt_remedy(code: str, translate: Translate = as_is) -> str:
    """What to do about a doubt."""
    return translate(DOUBT_REMEDIES.get(code, REMEDY_OTHER))


def word(table: Mapping[str, str], code: str, translate: Translate = as_is) -> str:
    """The word for a code; the code itself where there is none."""
    return translate(table[code]) if code in table else code
