"""Codes → sentences (措辞): the one place where errors, doubts and the words of the field become Chinese.

Every sentence is a gettext msgid (zh_CN is the source language); `translate` is a gettext function, or leaves them
as they are. The command line and the pages share them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ingest import READABLE

Translate = Callable[[str], str]

_ALWAYS: Mapping[str, str] = {"readable": " / ".join(READABLE)}
"""What any sentence may say besides the params of its code."""

ERRORS: Mapping[str, str] = {
    "unreadable-file": "无法读取文件：{path}（{reason}）。请检查路径和权限。",
    "empty-file": "文件没有文字内容：{path}。",
    "file-too-large": "文件过大：{path} 为 {bytes} 字节，上限为 {limit} 字节。可用 --max-bytes 调整上限。",
    "unknown-encoding": "无法识别文字编码：{path}。请另存为 UTF-8 或 GB18030 后再试。",
    "binary-file": "不是文本文件：{path}。",
    "unsupported-format": "不支持的文件格式（{format}）：{path}。请另存为以下格式之一后再试：{readable}。",
    "scanned-file": "图片或扫描件，没有文字层：{path}（第 {pages} 页）。请先做文字识别（OCR），再存为 docx 或 txt；"
    "PDF 也可装上文字识别组件（make ocr）直接读。",
    "locked-file": "文件有打开密码：{path}。请去掉密码后再试。",
    "many-files": "文件包里有 {count} 个文件：{path}（{names}）。请解开后逐个读取，或用 zeren ingest 全部收进文件库。",
    "old-format": "旧格式（{format}）：{path}。请用 WPS 或 Office 打开，另存为 {target} 后再试；"
    "本机装有 LibreOffice 时可直接读取 doc、wps、rtf、odt。",
    "conversion-failed": "LibreOffice 未能转换文件（{reason}）：{path}。"
    "请用 WPS 或 Office 打开，另存为 {target} 后再试。",
    "damaged-file": "文件已损坏或不完整：{path}（{reason}）。请重新导出后再试。",
    "secret-file": "第 {line} 行标有密级“{mark}”：{path}。涉密文件不得进入本系统，已停止读取。",
    "file-too-hard": "读取超出限制或中断（{reason}），已停止：{path}。请重新导出或分成几个文件后再试。",
    "library-damaged": "文件库已损坏：{path}（{reason}）。原文件未改动；请用 zeren restore 从备份恢复。",
    "library-plan-damaged": "文件库里“{plan}”的记录已损坏：{path}。其他文件不受影响；请用 zeren restore 从备份恢复。",
    "library-closed": "没有读取权限：{path}。",
    "library-outdated": "文件库的表由较早的版本建立：{path}。请先在可以写入的地方打开一次。",
    "backup-exists": "已有这个文件：{path}。要用新的备份替换它，请加 --replace。",
    "restore-failed": "恢复后的文件库没有通过核对（{reason}）：{path}。原来的文件库仍在 {kept}。",
    "not-a-library": "这不是责任的文件库：{path}。",
    "newer-library": "文件库由更新的版本写成（{found}，本程序识别到 {known}）：{path}。请升级程序。",
    "no-library": "这里还没有文件库：{path}。请先运行 zeren ingest。",
    "library-read-only": "没有写入权限：{path}。",
    "library-locked": "另一个进程（{holder}）正在写入文件库：{path}，等待 {seconds} 秒后放弃。请稍后再试。",
    "not-official": "不像公文（没有公文标题、发文字号、章节和责任分工），没有收：{path}。确要收，请加 --anyway。",
    "plan-not-saved": "未能存入文件库（{reason}），没有留下任何内容；其他文件不受影响。",
    "disk-full": "磁盘空间不足，未写入任何内容：{path}。请腾出空间后再试。",
    "disk-error": "磁盘读写失败：{path}（{reason}）。",
    "bad-address": "数据库地址有误（{reason}）。请写成 neo4j://用户:密码@主机:7687/数据库，密码中的特殊字符写成 %XX。",
    "database-unreachable": "连接不上数据库：{address}（{reason}）。请检查服务器是否在运行；恢复后会自动重新连接。",
    "database-refused": "数据库拒绝登录：{address}（{reason}）。请检查用户名和密码。",
    "database-timeout": "数据库操作超过 {seconds} 秒，已中止：{address}。未写入任何内容，请稍后再试。",
    "database-failed": "数据库暂时无法完成操作：{address}（{reason}）。请稍后再试。",
    "foreign-graph": "数据库里有不属于责任的图数据：{address}（{reason}）。未作改动；请换一个空的数据库。",
    "snapshot-gone": "这次查询历时过长，所用的数据（第 {generation} 次提交）已被清理。请重新查询。",
    "bad-decision": "这个决定不成立（{reason}）：{about}。用 zeren decisions 看日志。",
    "unknown-id": "没有找到：{id}。",
    "removed-id": "已被移除：{id}。",
    "ambiguous-thing": "“{words}”可能指几个，请用编号：{candidates}",
    "bad-date": "“{text}”不是日期，请写成 2021-12-31 这样的形式。",
    "bad-choice": "“{text}”不是这里可选的值。",
    "sheet-too-long": "这张清单有 {count} 项，一个台账最多 {most} 项：请加条件，分几次导出。",
    "bad-query": "条件太多或太复杂（{reason}），请分成几次查询。",
    "index-damaged": "检索索引已损坏：{path}，将从文件库重建。",
    "index-not-writable": "检索索引无法写入：{path}。",
    "index-locked": "检索索引正被另一个进程写入：{path}。请稍后再试。",
    "port-in-use": "端口 {port} 已被占用。请用 --port 换一个端口，或先停止占用它的程序。",
    "unknown-doubt": "没有这样的存疑代码：{codes}。可用的代码：{known}。",
    "restore-into-database": "备份只能恢复到文件夹。请先恢复到文件夹，再用 zeren copy 复制到数据库。",
    "cannot-write": "无法写入：{path}（{reason}）。",
}

FINDINGS: Mapping[str, str] = {
    "pages": "数据库文件的结构已损坏（{detail}）；请从备份恢复。",
    "record": "文件库自身的记录与校验值不符（{about} {detail}）；请从备份恢复。",
    "plan": "“{about}”的记录与校验值不符（{detail}）；请从备份恢复。",
    "tables": "“{about}”的问答表与校验值不符{detail}；下次打开文件库时从记录重建。",
    "documents": "依据文件的表与各文件的引用不符；下次打开文件库时从记录重建。",
}
"""What `library --check` says of a finding."""

DOUBTS: Mapping[str, str] = {
    "no-responsibilities": "全文没有读到责任分工。",
    "no-lead": "有 {units} 个单位而没有写明谁牵头。",
    "leads-unstated": "有多个单位的 {lists} 项任务中，{tasks} 项没有写明谁牵头。",
    "lead-also-supports": "“{unit}”既牵头又配合。",
    "day-beside-task": "“{text}”写在“{head}”一栏，没有作为任务的时限。",
    "table-left-out": "表中“{head}”一栏是建设项目的企业，这张表（{rows} 行）没有读作任务。",
    "units-suggested": "表中“{head}”一栏是建议或请求，不是交办；这张表（{rows} 行）仍读作任务。",
    "body-and-table": "正文与附表不一致：正文写“{body}”，附表写“{table}”。",
    "place-unknown": "不知道“{unit}”等单位是哪个地方的：标题、发文机关和发文字号都没有写明。",
    "look-alike": "“{one}”与“{other}”只差一个字，按两个单位处理；请核对是否笔误。",
    "unread": "像是责任分工而未能读懂：{text}",
    "no-unit": "没有写明由谁负责：{text}",
    "impossible-date": "日历上没有这一天：{text}。",
    "due-before-issue": "时限“{text}”（{due}）早于成文日期（{issued_on}）。",
    "unread-time": "时限一栏没有读出日期：{text}",
    "no-day": "时限“{text}”推不出是哪一天。",
    "unclosed-title": "书名号没有成对，没有读作依据：{text}",
    "unclosed-bracket": "括号没有成对，按到本句为止读：{text}",
    "task-twice": "这项任务与前面一项文字相同：{text}",
    "misread-number": "文号里有像是认错的字：{number}",
    "misspelt-unit": "没有见过“{unit}”，它与“{like}”只差一个字。",
    "unknown-unit": "“{unit}”不在单位名录里，也不像单位名称。",
    "numbering-gap": "序号不连续：“{before}”之后是“{after}”。",
    "second-document": "文件里还有另一份公文（{number}），它的标题、文号和日期没有单独读取。",
    "number-twice": "序号“{number}”重复。",
    "number-and-title": "依据前后不一致：这里是《{title}》（{number}），另一处是《{other_title}》（{other_number}）。",
    "mixed-encodings": "文字编码不一致：有 {count} 个字节不是 {encoding}；认不出的显示为 �。",
    "page-without-text": "第 {page} 页没有文字层（可能是扫描件），该页未读。",
    "scanned-pages": "第 {pages} 页是扫描件（图片），图片里的文字未读。",
    "read-by-ocr": "第 {page} 页是扫描件（图片），文字是识别出来的，可能有错字、漏字。",
    "hidden-row": "工作表“{sheet}”第 {row} 行是隐藏行，已照常读取。",
    "hidden-text": "有隐藏文字，未读取：{text}",
    "struck-text": "有划掉的文字（删除线或修订删除），未读取：{text}",
    "number-of-two-titles": "文号 {number} 对应了两个标题：{title}；{other}。",
    "picture-without-text": "第 {page} 页有图片，其中的文字未读。",
    "characters-without-text": "第 {page} 页有 {count} 个字符没有对应的文字，未读。",
    "page-too-full": "第 {page} 页内容过多，未能读全。",
    "pages-left-out": "页数过多，第 {page} 页起未读。",
    "undecodable-bytes": "有 {count} 处字节无法识别为文字。",
    "hidden-sheet": "工作表“{sheet}”是隐藏的，已照常读取。",
    "hidden-column": "工作表“{sheet}”第 {column} 列是隐藏列，已照常读取。",
    "covered-cells": "工作表“{sheet}”中被合并单元格盖住的内容没有显示，未读：{text}",
    "formula-without-value": "工作表“{sheet}”第 {row} 行第 {column} 列的公式没有保存计算结果，未读。",
    "hidden-year": "工作表“{sheet}”第 {row} 行第 {column} 列显示为“{text}”，存的却是 {year} 年，与表上写的年份不同。",
    "october-or-january": "工作表“{sheet}”第 {row} 行第 {column} 列存的是数字 {text}，可能是十月，末尾的 0 已丢失。",
}

ROLES: Mapping[str, str] = {"lead": "牵头", "responsible": "负责", "support": "配合"}
LEVELS: Mapping[str, str] = {"own": "任务自带", "linked": "对应进度", "item": "本项进度（推定）"}
KINDS: Mapping[str, str] = {"by": "截止", "recurring": "周期", "count": "次数", "open": "不定期"}
GAPS: Mapping[str, str] = {
    "no-unit": "没有责任单位",
    "no-lead": "多个单位而无牵头",
    "only-vague": "只有“相关部门”等泛指",
    "deadline-none": "没有任何时限",
    "deadline-item": "只有本项的进度",
    "deadline-open": "只有“适时”等不定时限",
}
CITATION_ROLES: Mapping[str, str] = {
    "implement": "贯彻落实",
    "revise": "修订",
    "formulate": "制定",
    "compile": "编发",
    "legislate": "立法",
    "repeal": "废止",
    "mention": "提及",
}
OUTCOMES: Mapping[str, str] = {
    "new": "新增",
    "unchanged": "未变",
    "new-version": "新版本",
    "set-aside": "已存，未采用",
    "second-source": "同一文件的另一来源",
    "refused": "未收",
    "copied": "已复制",
    "there": "已有，相同",
    "extended": "已补上新版本",
    "replaced": "已替换",
    "differs": "内容不同，未动",
}
VERSION_STATES: Mapping[str, str] = {
    "answers": "现在采用",
    "set-aside": "比采用的一版少，未采用",
    "former": "以前的版本",
}
DECISIONS: Mapping[str, str] = {"merge-units": "合并单位", "split-unit": "拆分单位", "undo": "撤销"}
DONE: Mapping[str, str] = {
    "removed": "已移除\t{title}",
    "accepted": "已记入\t{path}：“{written}”即“{canonical}”；下次打开文件库时生效。",
    "accept-how": "用 zeren units --accept 写法=规范名称 把一条建议记入本单位的单位名称表。",
    "all-registered": "名录里都有。",
    "reread": "新增任务 {added}，减少 {removed}，改动 {altered}",
    "backed-up": "已备份\t{path}",
    "restored": "已恢复\t{path}",
    "kept-aside": "原来的文件库改名为\t{path}",
    "discarded": "原来的文件库已删除\t{path}",
    "library": "{path}\t{plans} 个文件，第 {generation} 次提交",
    "sound": "核对无误\t{path}",
    "mending": "文件库的表有损坏，正在从记录重建",
    "exported": "已导出\t{path}",
    "leads-out": "链接指向文件夹之外，没有读\t{path}",
    "not-isolated": "读取文件的进程没有完全隔离，本机缺少：{missing}。来历不明的文件请到隔离完整的机器上读。",
    "copied-removed": "移除记录\t{count}",
    "copy-differs": "核对不一致\t{what}",
    "copy-more": "目标库另有 {count} 个文件，未动；各表行数因此不作比较",
    "copy-same": "核对一致：{plans} 个文件，{versions} 个版本，{files} 份原文（{size} 字节），SHA-256 {digest}",
    "copy-not-same": "两处还不一致：来源有 {plans} 个文件，{versions} 个版本，{files} 份原文（{size} 字节）。"
    "请再运行一次；要以来源为准，加 --replace。",
    "remove?": "移除“{title}”及其全部版本？",
    "started": "责任已启动：http://{host}:{port} （按 Ctrl+C 停止）",
    "sqlite-fault": "本机的 SQLite {version} 有一处缺陷（WAL 重置），两个进程恰好同时写入时可能损坏文件库，极少发生。"
    "请换用 3.51.3 或更新的版本，并常做备份。",
    "index-not-kept": "检索索引没有更新或保存下来，记录不受影响，照常检索，只是慢些：{why}",
    "open-to-all": "注意：凡是能连到这个地址的人，不用登录就能看到库中的全部内容。"
    "要限制谁能看，请在前面加一个有 TLS 和登录的反向代理，做法见 docs/serving.md。",
    "found": "共 {count} 条",
    "read-as": "没有照原样写着这些字的内容，改为检索：{words}",
    "more": "以上是 {total} 条中的前 {shown} 条；用 --limit {total} 列出全部。",
    "tables": "规则或词表已更新，正在重建文件库的表",
    "index": "正在建立检索索引（新的文件库，或规则、词表已更新）",
    "checked": "责任文字读懂 {read}，未读 {unread} 字；文件 {files} 个，存疑 {doubts} 处",
    "version": "版本 {number}",
    "version-about": "{state}；{day} 收入；任务 {tasks}；{files}",
    "less-task": "原有 {of} 项任务，这一版没有其中 {count} 项：{some}",
    "less-section": "原有 {of} 个章节，这一版没有其中 {count} 个：{some}",
    "less-nothing-gone": "原有 {of} 项任务，这一版要少一些",
    "still-answering": "存为第 {version} 版，未采用，回答问题的仍是第 {answering} 版；要改用它，请加 --replace。",
    "complete": "共 {things} 条；涉及文件 {plans} 个；责任文字读懂 {read}，存疑 {doubts} 处",
}
"""What the command line says when something is done."""
ISOLATION: Mapping[str, str] = {
    "limits": "内存和文件限制",
    "no_new_privileges": "禁止提权（no_new_privs）",
    "seccomp": "系统调用过滤（seccomp）",
    "landlock": "文件访问限制（Landlock）",
}
"""What holds of the process that reads files: see docs/extract.md."""
REASONS: Mapping[str, str] = {
    "missing": "不存在",
    "not-a-file": "不是文件",
    "timeout": "超过时限",
    "memory": "内存不足",
    "crash": "读取程序中断",
    "no-result": "没有结果",
}


def share_said(consumed: int, total: int) -> str:
    """How much of a number was read, rounded down: what was not read whole is never called 100 %. — where there is
    nothing to read."""
    return f"{consumed * 1000 // total / 10:.1f}%" if total else "—"


def as_is(text: str) -> str:
    """The sentence in the source language."""
    return text


def say(catalogue: Mapping[str, str], code: str, params: Mapping[str, object], translate: Translate = as_is) -> str:
    """The sentence of a code with its params; an unknown code is shown with what is known of it."""
    template = catalogue.get(code)
    if template is None:
        return "; ".join([code, *(f"{key}: {value}" for key, value in params.items())])
    shown: dict[str, object] = {**_ALWAYS}
    for key, value in params.items():
        shown[key] = translate(REASONS[value]) if isinstance(value, str) and value in REASONS else value
    return translate(template).format_map(_Lenient(shown))


class _Lenient(dict[str, object]):
    """A missing param leaves its name, so that a sentence is never lost for want of one."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
