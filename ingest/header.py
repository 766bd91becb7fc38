"""The header of an official document (公文眉首): title, 发文字号, 发文机关, 主送机关, 成文日期, region.

GB/T 9704-2012 7.2–7.3 orders them: number, title, addressees, text, signature, date. A notice that carries a plan
(…关于印发《…》的通知) gives number, issuer, addressees and date; the plan that it carries gives the title. Government
web pages put 索引号, 发文机关, 成文日期, 发文字号 in a block above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.clean import Clean, Paragraph
from ingest.model import Evidence, Header, Level, Region
from ingest.units import names_levels

_NUMBER = r"[一-鿿（）]{1,16}?〔[12]\d{3}〕(?:第)?\d{1,5}号|[一-鿿]{1,14}（[12]\d{3}）(?:第)?\d{1,5}号"
_NUMBER_LINE = re.compile(rf"(?:发文字号|文号|文件编号|发文号)?：?(?P<number>{_NUMBER})(?:签发人：.{{0,12}})?")
_CHINESE_DIGIT = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "О": 0, "O": 0}
_DATE = re.compile(r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_CHINESE_DATE = re.compile(r"(?P<y>[二一][〇零○ОO一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日")
_FIELD = re.compile(r"(?P<key>发文机关|发布机构|发布单位|制发机关|成文日期|发文日期|发布日期|发文字号|文号|标题|名称|索引号|信息名称)：(?P<value>.+)")
_PLAN_WORD = r"(?:要点|方案|计划|分工|意见|办法|措施|规划|清单|行动|任务|安排|部署|举措|规定|细则|通知|若干政策|政策|工程|实施纲要|纲要|分解表|任务书|责任书)"
_TITLE_END = re.compile(rf"{_PLAN_WORD}(?:（[^）]*）)?$")
_BODY = re.compile(r"(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]）|第[一二三四五六七八九十]+[章条部]|\d{1,2}[.、])")
_ISSUED = re.compile(r"(?:关于|现将|现|转发|同意)?(?:印发|转发|下发|发布|将)?《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)》")
_ABOUT = re.compile(r"(?P<issuer>^(?!关于)[一-鿿、（）()0-9]{2,60}?)(?:关于|印发|转发)")
_ORGAN_LINE = re.compile(r"^[一-鿿（）、]{4,60}$")
_ORGAN_END = re.compile(r"(?:政府|委员会|办公室|办公厅|局|厅|部|委|办|院|会|指挥部|领导小组|中心|公司|街道办事处|办事处|署|党组|支队|总队|（代章）|小组)$")
_LETTERHEAD = re.compile(r"(?:文件|（\d+）)$")
_LAST_LINES = 12


@dataclass
class _Found:
    value: str
    start: int
    end: int
    rule: str


def read_header(clean: Clean, fallback_title: str = "") -> tuple[Header, int]:
    """The header, and where the plan's own text begins in the clean text."""
    paragraphs = [p for p in clean.paragraphs if p.cell is None]
    front = _front(clean, paragraphs)
    fields = _block(clean, front)
    number = fields.get("发文字号") or fields.get("文号") or _number(clean, front)
    notice_title = _notice_title(clean, front)
    named = _named_plan(clean, front, notice_title)
    title, body_start = _plan_title(clean, paragraphs, front, named, notice_title)
    issued = _issued(clean, paragraphs, front, fields, body_start)
    issuer = _issuer(clean, paragraphs, front, fields, notice_title, title, issued)
    addressees, addressed = _addressees(clean, front)
    if "标题" in fields and not named:
        title = fields["标题"]
    shown = title.value if title else fallback_title
    year = _year(shown, issued, number)
    evidence = tuple(
        Evidence(name, clean.span(found.start, found.end), found.rule)
        for name, found in (("title", title), ("document_number", number), ("issuer", issuer), ("issued_on", issued), ("addressees", addressed))
        if found is not None
    )
    region = read_region(" ".join(filter(None, (issuer.value if issuer else "", notice_title.value if notice_title else "", shown))))
    header = Header(
        title=shown,
        document_number=_normal(number.value) if number else None,
        issuer=issuer.value if issuer else None,
        addressees=addressees,
        issued_on=issued.value if issued else None,
        year=year,
        region=region,
        evidence=evidence,
    )
    return header, max(body_start, 0)


def _front(clean: Clean, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs before the first numbered heading, at most 60."""
    front: list[Paragraph] = []
    for paragraph in paragraphs[:60]:
        if _BODY.match(clean.folded, paragraph.start, paragraph.end) and front:
            break
        front.append(paragraph)
    return front


def _block(clean: Clean, front: list[Paragraph]) -> dict[str, _Found]:
    """The fields of a government web page's block, and 文号： lines."""
    fields: dict[str, _Found] = {}
    for paragraph in front[:20]:
        found = _FIELD.fullmatch(clean.folded, paragraph.start, paragraph.end)
        if found:
            key = {"文号": "发文字号", "发布机构": "发文机关", "发布单位": "发文机关", "制发机关": "发文机关", "名称": "标题", "信息名称": "标题"}.get(found.group("key"), found.group("key"))
            low, high = found.span("value")
            fields.setdefault(key, _Found(clean.said(low, high), low, high, "page-block"))
    return fields


def _number(clean: Clean, front: list[Paragraph]) -> _Found | None:
    for paragraph in front:
        found = _NUMBER_LINE.fullmatch(clean.folded, paragraph.start, paragraph.end)
        if found:
            return _Found(found.group("number"), *found.span("number"), "number-line")
    for paragraph in front[:6]:
        found = re.search(rf"(?P<number>{_NUMBER})$", clean.folded[paragraph.start : paragraph.end])
        if found and "《" not in clean.folded[paragraph.start : paragraph.end]:
            low = paragraph.start + found.start("number")
            return _Found(found.group("number"), low, paragraph.start + found.end("number"), "number-line")
    return None


def _is_title_line(text: str) -> bool:
    longest = 120 if "关于" in text or text.endswith("通知") else 60
    return 2 <= len(text) <= longest and not re.match(r"[一-鿿]{2,8}：", text) and text[-1] not in "。；：，、" and not _FIELD.match(text) and not _any_date(text) and not re.match("附件?[：\\d]", text)


def _notice_title(clean: Clean, front: list[Paragraph]) -> _Found | None:
    """Lines at the top up to 的通知, 的意见 …: `XX委员会 / 关于印发 … 的 / 通知`."""
    run: list[Paragraph] = []
    for paragraph in front[:14]:
        text = clean.folded[paragraph.start : paragraph.end]
        if _NUMBER_LINE.fullmatch(text) or _LETTERHEAD.search(text) and not run or not _is_title_line(text) and not text.startswith("《"):
            if run:
                break
            continue
        run.append(paragraph)
        issues = "印发" in "".join(clean.folded[p.start : p.end] for p in run)
        if (_TITLE_END.search(text) and not issues) or text.endswith(("通知", "知", "函", "公告", "通报")):
            break
    if not run:
        return None
    value = clean.said(run[0].start, run[-1].end)
    return _Found(value, run[0].start, run[-1].end, "title-lines") if len(value) > 4 else None


def _named_plan(clean: Clean, front: list[Paragraph], notice_title: _Found | None) -> str | None:
    """The title of the plan that a notice carries: what it says to issue."""
    texts = ([notice_title.value] if notice_title and notice_title.value.endswith("通知") else []) + [
        clean.folded[p.start : p.end] for p in front if re.search(r"印发|转发|现将|下发", clean.folded[p.start : p.end])
    ]
    for text in texts:
        for found in _ISSUED.finditer(text):
            if re.search(r"(?:印发|转发|现将|现|下发|将)$", text[max(0, found.start("title") - 5) : found.start("title") - 1]) or "印发给" in text:
                return found.group("title")
    if notice_title and (found := re.search(r"关于(?:印发|下发|转发)(?P<title>[^《》]+?)的通知$", notice_title.value)):
        return found.group("title")
    return None


def _plan_title(
    clean: Clean, paragraphs: list[Paragraph], front: list[Paragraph], named: str | None, notice_title: _Found | None
) -> tuple[_Found | None, int]:
    """The plan's title, and where its text begins: behind the title line of the annexed plan, else behind the notice's."""
    after = notice_title.end if notice_title else 0
    if named:
        found = _line_saying(clean, paragraphs, named, after)
        if found is not None:
            return found, found.end
        annexed = _annexed_title(clean, front, after)
        if annexed is not None:
            return annexed, annexed.end
        quoted = clean.folded.find(named, 0)
        return _Found(named, max(quoted, 0), max(quoted, 0) + len(named), "named-plan"), after
    if notice_title is not None and notice_title.value.endswith("通知"):
        annexed = _annexed_title(clean, front, after)
        if annexed is not None:
            return annexed, annexed.end
    return notice_title, after


def _line_saying(clean: Clean, paragraphs: list[Paragraph], named: str, after: int) -> _Found | None:
    """The line or lines that hold just the plan's title."""
    wanted = _letters(named)
    for i, paragraph in enumerate(paragraphs):
        if paragraph.start < after:
            continue
        said = ""
        for following in paragraphs[i : i + 4]:
            said += _letters(clean.folded[following.start : following.end])
            if said == wanted or (said.startswith(wanted) and len(said) <= len(wanted) + 12 and said[len(wanted) :].strip("（）征求意见稿试行")[:1] == ""):
                return _Found(clean.said(paragraph.start, following.end), paragraph.start, following.end, "title-lines")
            if len(said) > len(wanted) + 12:
                break
    # A plan's own title often says a little more or less than the notice does: 2021年XX市…要点 for 2021年…要点.
    for i, paragraph in enumerate(paragraphs[:80]):
        if re.match("附件?[：\\d]", clean.folded[paragraph.start : paragraph.end]):
            continue
        for count in (1, 2, 3):
            run = paragraphs[i : i + count]
            said = _letters("".join(clean.folded[p.start : p.end] for p in run))
            if paragraph.start >= after and len(said) <= 60 and _TITLE_END.search(said) and _is_subsequence(said, wanted):
                return _Found(clean.said(run[0].start, run[-1].end), run[0].start, run[-1].end, "title-lines")
    return None


def _is_subsequence(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return len(short) * 10 >= len(long) * 6 and all(character in rest for character in short)


def _letters(text: str) -> str:
    return re.sub(r"[^\w]|_", "", text)


def _annexed_title(clean: Clean, front: list[Paragraph], after: int) -> _Found | None:
    """The last run of title lines in front of the text, behind the notice's date."""
    run: list[Paragraph] = []
    best: _Found | None = None
    for paragraph in front:
        if paragraph.start <= after:
            continue
        text = clean.folded[paragraph.start : paragraph.end]
        if _is_title_line(text) and not re.fullmatch(r"附件?\d*：?", text) and len(run) < 4:
            run.append(paragraph)
            if _TITLE_END.search(text):
                best = _Found(clean.said(run[0].start, run[-1].end), run[0].start, run[-1].end, "title-lines")
                run = []
        else:
            run = []
    return best


def _any_date(text: str) -> re.Match[str] | None:
    return _DATE.search(text) or _CHINESE_DATE.search(text)


def iso_date(found: re.Match[str]) -> str | None:
    """The ISO date of a match of a date in Arabic or Chinese digits; None where no calendar has it."""
    year, month, day = (_digits(found.group(part)) for part in "ymd")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _digits(said: str) -> int:
    if said.isdecimal():
        return int(said)
    if "十" in said:
        tens, _, ones = said.partition("十")
        return (_CHINESE_DIGIT[tens] if tens else 1) * 10 + (_CHINESE_DIGIT[ones] if ones else 0)
    return int("".join(str(_CHINESE_DIGIT[c]) for c in said))


def _issued(clean: Clean, paragraphs: list[Paragraph], front: list[Paragraph], fields: dict[str, _Found], body_start: int) -> _Found | None:
    """成文日期: the block's, else a date on a line of its own: in the notice, else at the end; else under the title."""
    for key in ("成文日期", "发文日期"):
        if key in fields and (found := _any_date(fields[key].value)) and (value := iso_date(found)):
            return _Found(value, fields[key].start, fields[key].end, "page-block")
    alone = [p for p in paragraphs if p.end - p.start <= 40]
    notice = [p for p in alone if p.start < body_start]
    tail = [p for p in alone if p in paragraphs[-40:] and p.start >= body_start]
    for run in (notice, tail):
        for paragraph in run:
            text = clean.folded[paragraph.start : paragraph.end]
            found = _any_date(text)
            if found and found.end() == len(text.rstrip("）")) and not re.search("印发|发布|要|前|日期：", text) and (value := iso_date(found)):
                return _Found(value, paragraph.start + found.start(), paragraph.start + found.end(), "date-line")
    for paragraph in [*front, *alone[-_LAST_LINES:]]:
        text = clean.folded[paragraph.start : paragraph.end]
        found = _any_date(text)
        if found and len(text) <= 60 and re.search(r"印发|发布|^（", text) and (value := iso_date(found)):
            return _Found(value, paragraph.start + found.start(), paragraph.start + found.end(), "issue-line")
    return None


def _issuer(
    clean: Clean, paragraphs: list[Paragraph], front: list[Paragraph], fields: dict[str, _Found],
    notice_title: _Found | None, title: _Found | None, issued: _Found | None,
) -> _Found | None:
    """发文机关: the block's; else who speaks in the title (XX关于…); else the line above the date; else 版记."""
    if "发文机关" in fields:
        return fields["发文机关"]
    if notice_title is not None and (found := _ABOUT.match(notice_title.value)):
        end = found.end("issuer")
        return _Found(found.group("issuer"), notice_title.start, notice_title.start + end, "title-speaker")
    for i, paragraph in enumerate(paragraphs):
        if issued is not None and paragraph.start <= issued.start < paragraph.end:
            before = clean.folded[paragraph.start : issued.start]
            if len(before) > 3 and _ORGAN_END.search(before):
                return _Found(clean.said(paragraph.start, issued.start), paragraph.start, issued.start, "signature")
            if i and (above := paragraphs[i - 1]) and _ORGAN_END.search(clean.folded[above.start : above.end]) and above.end - above.start <= 60:
                start = above.start
                # A long name breaks over two lines: 浙江省制造业高质量发展（数字经济发展）/ 领导小组办公室（代章）.
                if i > 1 and re.match("领导小组|委员会|办公室|指挥部|工作", clean.folded[start : above.end]):
                    start = paragraphs[i - 2].start
                return _Found(clean.said(start, above.end).removesuffix("（代章）"), start, above.end, "signature")
    for paragraph in front[:3]:
        text = clean.folded[paragraph.start : paragraph.end]
        if text.endswith("文件") and _ORGAN_END.search(text[:-2]):
            return _Found(text[:-2], paragraph.start, paragraph.end - 2, "letterhead")
    for paragraph in paragraphs[-_LAST_LINES:]:
        text = clean.folded[paragraph.start : paragraph.end]
        if (found := re.match(r"([一-鿿]{4,40}?)(?:20\d\d)年\d{1,2}月\d{1,2}日印发", text)):
            return _Found(found.group(1), paragraph.start, paragraph.start + found.end(1), "imprint")
    return None


def _addressees(clean: Clean, front: list[Paragraph]) -> tuple[tuple[str, ...], _Found | None]:
    """主送机关: the line that ends with ： before the text."""
    for paragraph in front[:20]:
        text = clean.folded[paragraph.start : paragraph.end]
        if text.endswith("：") and len(text) > 3 and re.match(r"各|[一-鿿]{1,12}(?:政府|委|局|厅|部|办|公司|单位|会|院)", text) and "现" not in text[-8:]:
            names = [clean.said(low, high) for low, high in _listed(clean.folded, paragraph.start, paragraph.end - 1)]
            return tuple(names), _Found(text, paragraph.start, paragraph.end - 1, "addressee-line")
    return (), None


def _listed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The addressees of a list: 各省、自治区、直辖市人民政府 is one."""
    names: list[tuple[int, int]] = []
    low = start
    for found in [*re.finditer(r"[、，；](?![^（]*）)", text[start:end]), None]:
        high = start + found.start() if found else end
        if found and found.group() == "、" and names_levels(text, low, high, end):
            continue
        if high > low:
            names.append((low, high))
        low = high + 1
    return names


def _year(title: str, issued: _Found | None, number: _Found | None) -> int | None:
    if found := re.search(r"(20\d\d)(?=年|[—～\-至])", title):
        return int(found.group(1))
    if issued is not None:
        return int(issued.value[:4])
    found = re.search(r"〔(\d{4})〕", number.value) if number else None
    return int(found.group(1)) if found else None


def _normal(number: str) -> str:
    return number.replace("（", "〔").replace("）", "〕") if re.search(r"（\d{4}）", number) else number


_PROVINCE = re.compile(r"[一-鿿]{2,3}?省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|北京市|上海市|天津市|重庆市")
_CITY = re.compile(r"[一-鿿]{2,6}?(?:市|自治州|地区|盟)(?!场|政|容|民|级|直)")
_COUNTY = re.compile(r"[一-鿿]{1,8}?(?:示范区|高新技术产业开发区|经济技术开发区|经济开发区|开发区|高新区|经开区|新区|自治县|林区|矿区|自治旗|区|县|旗)(?!域|级|直|委|块)")
_TOWN = re.compile(r"[一-鿿]{1,6}?(?:镇|乡|街道)(?!级|村振)")
_STATE = re.compile(r"国务院|中共中央|中央|全国|国家|(?:人力资源社会保障|教育|科学技术|工业和信息化|公安|民政|司法|财政|自然资源|生态环境|住房城乡建设|交通运输|水利|农业农村|商务|文化和旅游|应急管理|海关总)(?:部|署)")


def read_region(text: str) -> Region:
    """The region that names itself in issuer or title, with those above it: 焦作市示范区 below 焦作市."""
    named: list[tuple[Level, str]] = []
    if _STATE.match(text):
        return Region("全国", "国家")
    position = 0
    text = re.sub(r"^(?:中共|中国共产党)", "", text)
    levels: tuple[tuple[Level, re.Pattern[str]], ...] = (("省", _PROVINCE), ("市", _CITY), ("县", _COUNTY), ("乡", _TOWN))
    for level, pattern in levels:
        found = pattern.match(text, position)
        if found:
            named.append((level, found.group()))
            position = found.end()
    if not named:
        return Region("", "国家" if _STATE.search(text) else None)
    level, name = named[-1]
    # A district of a city goes by both names, since other cities have a 示范区 or 高新区 too.
    if level in ("县", "乡") and len(named) > 1 and re.search(r"区$|镇$|乡$|街道$", name):
        name = named[-2][1] + name
    return Region(name, level, tuple(named[:-1]))
