"""The report a reader opens: an index, and pages a difference, a report, a sentence's life. See `site.py`."""

from __future__ import annotations

from .difference import diff_page
from .site import pages, write_report

__all__ = ["diff_page", "pages", "write_report"]
