"""What several parts of a file may have wrong, in the same words for each."""

from django.utils.translation import gettext as _

from outages.services.network_files.columns import LABELS, Part


def missing(column: str) -> str:
    """Say that the file lacks a column that this row needs."""
    return _("文件缺少“%s”这一列，而这一行需要它。") % LABELS[column]


def twice(key: str, first: int) -> str:
    """Say that an earlier row is about the same part."""
    return _("“%(key)s”在第%(row)d行已经出现过。") % {"key": key, "row": first}


def absent(part: Part, code: str) -> str:
    """Say that a part is neither in the file nor in the network."""
    return _("找不到%(part)s“%(code)s”：文件里没有，现有网络里也没有。") % {
        "part": part.label,
        "code": code,
    }


def retired(code: str) -> str:
    """Say that a 台区 supplies nobody any more."""
    return _("台区“%s”已退出运行，不再供电。") % code
