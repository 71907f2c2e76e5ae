"""Repairs to Wagtail's API v2: what a query can hold is answered with 400, never with 500."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db import DataError
from rest_framework.request import Request
from wagtail.api.v2.utils import BadRequestError


class CheckedQueryMixin:
    """For v2 viewsets: a filter's value that its field cannot hold is the asker's fault."""

    def filter_queryset(self, queryset: Any) -> Any:
        with _refusing_bad_values():
            return super().filter_queryset(queryset)  # type: ignore[misc]

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        # Evaluated here: some values are refused by the database only.
        with _refusing_bad_values():
            return list(super().paginate_queryset(queryset))  # type: ignore[misc]

    def find_object(self, queryset: Any, request: Request) -> Any:
        with _refusing_bad_values():
            return super().find_object(queryset, request)  # type: ignore[misc]


@contextmanager
def _refusing_bad_values() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise BadRequestError(" ".join(error.messages)) from error
    except (DataError, FieldError, OverflowError, TypeError, ValueError) as error:
        raise BadRequestError(f"a value in the query cannot be used: {error}") from error
