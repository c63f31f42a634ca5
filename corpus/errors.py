"""What can go wrong with what a user gives us. Every error that litany raises on purpose is a `LitanyError`."""


class LitanyError(Exception):
    """Base of all errors raised on purpose: one line that names the file, the place and the remedy."""


class InputError(LitanyError):
    """A source cannot be read as a series: no such path, no text, no date, two reports of one date, ..."""


class NoReportError(InputError):
    """There are files, but none of them holds a report: no text, or no date."""


class UsageError(LitanyError):
    """What was asked for does not exist or does not fit: an unknown report, measure, format or setting."""


class OutputError(LitanyError):
    """A result cannot be written where it was asked for."""


class MissingExtraError(LitanyError):
    """An optional library is not installed: the message names the install command."""
