"""Who runs it, as far as the row says?"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from directory.importers.cleaning.codes import corporate_number
from directory.importers.cleaning.text import kana, line

# A department's name alone is not an organisation: 子育て支援課 exists in every city.
DEPARTMENT = re.compile(r"[^市区町村県]{1,15}(?:課|室|係|部|局|推進班)")
KINDS: tuple[tuple[str, str], ...] = (
    (r"社会福祉協議会|社協", "社協"), (r"医療法人", "医療法人"), (r"特定非営利活動法人|NPO", "NPO"),
    (r"自治会|町内会|町会", "自治会"), (r"株式会社|有限会社|合同会社|合資会社|\(株\)|\(有\)|㈱|㈲", "企業"),
    (r"学校法人|小学校|中学校|高等学校|大学", "学校"), (r"宗教法人", "宗教法人"),
    (r"(?:市|町|村|区|県)(?:役所|役場)?$|(?:市|町|村|区|県).*(?:課|室|係|部|局)$", "市"),
)
COMPILED_KINDS = tuple((re.compile(pattern), kind) for pattern, kind in KINDS)
COMPANY_FORMS = {
    "株式会社": "(株)", "有限会社": "(有)", "合同会社": "(同)", "社会福祉法人": "(福)", "医療法人社団": "(医)",
    "医療法人財団": "(医)", "医療法人": "(医)", "特定非営利活動法人": "(特非)", "NPO法人": "(特非)", "一般社団法人": "(一社)",
    "一般財団法人": "(一財)", "公益社団法人": "(公社)", "公益財団法人": "(公財)", "学校法人": "(学)", "宗教法人": "(宗)",
}
COMPANY_FORM = re.compile("|".join(COMPANY_FORMS))
LEFT_OUT = re.compile(r"[\s・･.,、]")


def organization_values(cells: Mapping[str, object], name: str, doubt: Callable) -> dict[str, object]:
    """Values of the organisation. Where the source names none, its name is the place's own and stays unmatched."""
    stated = line(cells.get("organization"))
    municipality = line(cells.get("municipality"))
    if stated and municipality and DEPARTMENT.fullmatch(stated):
        stated = f"{municipality}{stated}"
    number, problem = corporate_number(cells.get("corporate_number"))
    doubt("corporate_number", problem)
    return {
        "organization.name": stated or name, "organization.named": stated is not None,
        "organization.name_kana": kana(cells.get("organization_kana")),
        "organization.corporate_number": number, "organization.kind": organization_kind(stated) if stated else None,
    }


def organization_kind(name: str) -> str | None:
    """市, 社協, NPO … where the name says so; None otherwise."""
    plain = unicodedata.normalize("NFKC", name)
    return next((kind for pattern, kind in COMPILED_KINDS if pattern.search(plain)), None)


def normalised_name(name: str) -> str:
    """The match key of an organisation: NFKC, no spaces, one spelling of the company form."""
    text = COMPANY_FORM.sub(lambda match: COMPANY_FORMS[match.group()], unicodedata.normalize("NFKC", name))
    return LEFT_OUT.sub("", text).casefold()
