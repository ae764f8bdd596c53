"""Errors a caller may catch: each says what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One fault in what a user gave: the field's name and a message key with its parameters.

    `message` is English and complete; `code` and `params` let the shell say it in the user's
    language.
    """

    field: str
    message: str
    code: str = ""
    params: tuple[tuple[str, str], ...] = ()


class TransportError(Exception):
    """Any refusal of the core; the text is fit to be shown to a user."""


class InvalidInputError(TransportError):
    """The request is wrong: holds every fault found, not only the first."""

    def __init__(self, faults: list[FieldFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in faults))


class NotFoundError(TransportError):
    """The thing asked for does not exist, or not for the one who asks."""


class StepNotAllowedError(TransportError):
    """The state of the case does not allow this step, or not by this role.

    `message` is English and complete; `code` and `params` let the shell say it in the user's
    language.
    """

    def __init__(self, message: str, code: str = "", **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(message)


class ConflictError(TransportError):
    """Somebody else changed the same thing first; nothing was written."""


class NoLawInForceError(TransportError):
    """No value of this legal parameter is in force on the day asked for."""


class RegulationFileError(TransportError):
    """A regulation file cannot be trusted; the message names file and key."""


class NotAvailableError(TransportError):
    """This version or installation does not offer what was asked (exit status 3)."""


class SearchStoppedError(TransportError):
    """A search was cancelled, or did not end within its time; nothing was found out."""
