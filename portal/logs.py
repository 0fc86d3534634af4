"""How the portal writes its log: one line for each event, with request and task ids.

Whoever keeps the machines reads it, for months. So it names pages, never what people
typed into them, and no key that opens somebody's subscriptions.
"""

import re
from typing import Any

import structlog

# What follows here in an address lets in whoever has it.
_KEY = re.compile(r"/(subscriptions|calendar)/[\w-]{24,}")


def without_keys(
    _logger: Any, _method: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Take the keys out of every address that a line names."""
    for name in ("event", "request"):
        if isinstance(line.get(name), str):
            line[name] = _KEY.sub(r"/\1/…", line[name])
    return line


STEPS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    without_keys,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
]


def configured(*, level: str, for_reading: bool) -> dict[str, Any]:
    """Set structlog up, and return Django's LOGGING: lines to read, or of JSON."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *STEPS,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    lines = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processor": structlog.dev.ConsoleRenderer(colors=False)
        if for_reading
        else structlog.processors.JSONRenderer(ensure_ascii=False),
        "foreign_pre_chain": STEPS,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "lines"}
        },
        "root": {"handlers": ["console"], "level": level},
    }
