"""Google's refusals: what a request is answered when it cannot be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
}
INVALID = int(HTTPStatus.BAD_REQUEST)
SHEETS = "sheets.googleapis.com"
NO_PERMISSION = "The caller does not have permission"
NOT_FOUND = "Requested entity was not found."
PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


@dataclass(frozen=True)
class Answer:
    """What goes back: JSON, or text of another type."""

    status: int = int(HTTPStatus.OK)
    body: Any = None
    content_type: str = "application/json; charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """A request Google does not do; nothing has changed."""

    def __init__(
        self, code: int, message: str, *, status: str | None = None, details: Any = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status or STATUS[code]
        self.details = details

    def body(self) -> dict[str, Any]:
        error = {"code": self.code, "message": self.message, "status": self.status}
        return {"error": error | ({"details": self.details} if self.details else {})}

    def in_request(self, place: str) -> RefusedError:
        """Name the request of a batch that was refused, as Google does."""
        if self.code != INVALID or self.message.startswith("Invalid "):
            return self
        return RefusedError(self.code, f"Invalid {place}: {self.message}")


class NotModelledError(RefusedError):
    """What Google can do and this one cannot: said loudly, never passed over."""

    def __init__(self, what: str) -> None:
        super().__init__(501, f"{what} is not modelled here", status="UNIMPLEMENTED")


class BothWaysRefusedError(RefusedError):
    """What stands before Drive's own code is said in both shapes."""

    def __init__(self, message: str, reason: str, domain: str, details: Any) -> None:
        super().__init__(403, message, details=details)
        self.reason = reason
        self.domain = domain

    def body(self) -> dict[str, Any]:
        told = super().body()
        error = {"message": self.message, "domain": self.domain, "reason": self.reason}
        return {"error": {**told["error"], "errors": [error]}}


class DriveRefusedError(RefusedError):
    """Drive v3 says it in another shape: a reason and a domain for each error."""

    def __init__(self, code: int, reason: str, message: str, **where: str) -> None:
        super().__init__(code, message, status="")
        self.reason = reason
        self.where = where

    def body(self) -> dict[str, Any]:
        domain = "usageLimits" if "Quota" in self.reason or "Rate" in self.reason else "global"
        error = {"message": self.message, "domain": domain, "reason": self.reason, **self.where}
        return {"error": {"errors": [error], "code": self.code, "message": self.message}}


def error_info(reason: str, service: str, **metadata: str) -> list[dict[str, Any]]:
    return [
        {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": reason,
            "domain": "googleapis.com",
            "metadata": {"service": service, **metadata},
        }
    ]


def violation(field_name: str, message: str) -> RefusedError:
    """A body whose JSON does not fit the message it stands for."""
    return violations([(field_name, message)])


def violations(found: list[tuple[str, str]]) -> RefusedError:
    detail = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": name, "description": text} for name, text in found],
    }
    return RefusedError(INVALID, "\n".join(text for _, text in found), details=[detail])
