"""Give the role that the portal serves with its rights: after every migration."""

import os
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError

from portal import rights
from sla.management.sentences import SentenceCommand


class Command(SentenceCommand):
    """Set the rights anew; run as the owner of the tables, as often as one likes."""

    help = "给门户使用的数据库角色授权：记录只能增加和读取，不能改表。每次迁移后运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("role", help="门户登录数据库的角色，如 bandian_app")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many tables of each kind; the password is in the environment."""
        password = os.environ.get("POSTGRES_APP_PASSWORD", "")
        try:
            rights.grant(options["role"], password=password)
        except rights.NotGranted as problem:
            raise CommandError(str(problem)) from problem
        except DatabaseError as problem:
            reason = str(problem).splitlines()[0]
            raise CommandError(f"没有授权，什么都没有改变：{reason}") from problem
        self.stdout.write(
            f"{options['role']}：{len(rights.work_tables())} 张表可写，"
            f"{len(rights.records())} 张记录表只能增加和读取，不能改表。"
        )
