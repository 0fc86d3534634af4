"""Which file is brought into the network."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NetworkFileForm(forms.Form):
    """Ask for the file; its content is judged by the service."""

    file = forms.FileField(
        label=_("网络数据文件"),
        help_text=_(
            "CSV（UTF-8 或 GB18030）或 GeoJSON，10MB以内；更大的文件用命令 "
            "manage.py import_network 导入。"
        ),
        error_messages={
            "required": _("请选择要导入的文件。"),
            "empty": _("文件是空的：请检查导出是否成功，再重新选择。"),
        },
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.txt,.json,.geojson", "class": "form-control"}
        ),
    )
